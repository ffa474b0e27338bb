package io.convoy.kernel.simd.pixel;

import static io.convoy.kernel.JpegKernels.GROUP;
import static io.convoy.kernel.simd.pixel.JpegSpecies.INTS;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import io.convoy.kernel.JpegKernels;
import io.convoy.kernel.simd.constant.Species;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;

/**
 * The inverse DCT of a group of blocks, a block in each lane. No method hands a vector on: C2 does
 * not inline all of them here, and then each vector becomes an object.
 */
final class SimdInverseDct {
  private static final int FRACTION = 13;
  private static final int BETWEEN = 2;

  /** From one row of coefficients to the next. */
  private static final int ROW = 8 * GROUP;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long LOW_INT = 0xFFFFFFFFL;

  private SimdInverseDct() {}

  static void whole(int[] c, byte[] samples, int start, int stride) {
    for (int column = 0; column < ROW; column += Species.LANES) {
      eight(c, column, ROW, FRACTION - BETWEEN);
    }
    for (int row = 0; row < 8; row++) {
      for (int lane = 0; lane < GROUP; lane += Species.LANES) {
        eight(c, row * ROW + lane, GROUP, FRACTION + BETWEEN + 3);
        writeEight(c, row * ROW + lane, samples, start + row * stride + 4 * lane);
      }
    }
  }

  static void half(int[] c, byte[] samples, int start, int stride) {
    for (int column = 0; column < 8; column++) {
      // the fifth column is not needed
      for (int lane = 0; column != 4 && lane < GROUP; lane += Species.LANES) {
        four(c, column * GROUP + lane, ROW, FRACTION - BETWEEN + 1);
      }
    }
    for (int row = 0; row < 4; row++) {
      int at = row * ROW;
      for (int lane = 0; lane < GROUP; lane += Species.LANES) {
        four(c, at + lane, GROUP, FRACTION + BETWEEN + 3 + 1);
        packFour(c, at + lane);
      }
      for (int block = 0; block < GROUP; block++) {
        INT.set(samples, start + row * stride + 4 * block, c[at + JpegKernels.place(block)]);
      }
    }
  }

  static void quarter(int[] c, byte[] samples, int start, int stride) {
    for (int column = 0; column < 8; column++) {
      // of the even columns only the first is needed
      for (int lane = 0; (column == 0 || column % 2 == 1) && lane < GROUP; lane += Species.LANES) {
        two(c, column * GROUP + lane, ROW, FRACTION - BETWEEN + 2);
      }
    }
    for (int row = 0; row < 2; row++) {
      int at = row * ROW;
      for (int lane = 0; lane < GROUP; lane += Species.LANES) {
        two(c, at + lane, GROUP, FRACTION + BETWEEN + 3 + 2);
        packTwo(c, at + lane);
      }
      for (int block = 0; block < GROUP; block += 4) {
        int from = at + JpegKernels.place(block);
        long left = c[from] | c[from + 2] << 16;
        long right = c[from + 4] | c[from + 6] << 16;
        LONG.set(samples, start + row * stride + 2 * block, (left & LOW_INT) | right << 32);
      }
    }
  }

  /** Eight numbers in place, in each lane; as the scalar one. */
  private static void eight(int[] c, int at, int step, int bits) {
    int rounding = 1 << (bits - 1);
    IntVector z2 = IntVector.fromArray(INTS, c, at + 2 * step);
    IntVector z3 = IntVector.fromArray(INTS, c, at + 6 * step);
    IntVector z1 = z2.add(z3).mul(4433);
    IntVector even2 = z1.sub(z3.mul(15137));
    IntVector even3 = z1.add(z2.mul(6270));
    IntVector c0 = IntVector.fromArray(INTS, c, at);
    IntVector c4 = IntVector.fromArray(INTS, c, at + 4 * step);
    IntVector even0 = c0.add(c4).lanewise(LSHL, FRACTION).add(rounding);
    IntVector even1 = c0.sub(c4).lanewise(LSHL, FRACTION).add(rounding);
    IntVector sum0 = even0.add(even3);
    IntVector sum3 = even0.sub(even3);
    IntVector sum1 = even1.add(even2);
    IntVector sum2 = even1.sub(even2);

    IntVector odd0 = IntVector.fromArray(INTS, c, at + 7 * step);
    IntVector odd1 = IntVector.fromArray(INTS, c, at + 5 * step);
    IntVector odd2 = IntVector.fromArray(INTS, c, at + 3 * step);
    IntVector odd3 = IntVector.fromArray(INTS, c, at + step);
    IntVector z4 = odd1.add(odd3);
    IntVector z5 = odd0.add(odd2);
    IntVector y5 = z4.add(z5).mul(9633);
    IntVector y1 = odd0.add(odd3).mul(-7373);
    IntVector y2 = odd1.add(odd2).mul(-20995);
    IntVector y3 = z5.mul(-16069).add(y5);
    IntVector y4 = z4.mul(-3196).add(y5);
    odd0 = odd0.mul(2446).add(y1).add(y3);
    odd1 = odd1.mul(16819).add(y2).add(y4);
    odd2 = odd2.mul(25172).add(y2).add(y3);
    odd3 = odd3.mul(12299).add(y1).add(y4);

    sum0.add(odd3).lanewise(ASHR, bits).intoArray(c, at);
    sum0.sub(odd3).lanewise(ASHR, bits).intoArray(c, at + 7 * step);
    sum1.add(odd2).lanewise(ASHR, bits).intoArray(c, at + step);
    sum1.sub(odd2).lanewise(ASHR, bits).intoArray(c, at + 6 * step);
    sum2.add(odd1).lanewise(ASHR, bits).intoArray(c, at + 2 * step);
    sum2.sub(odd1).lanewise(ASHR, bits).intoArray(c, at + 5 * step);
    sum3.add(odd0).lanewise(ASHR, bits).intoArray(c, at + 3 * step);
    sum3.sub(odd0).lanewise(ASHR, bits).intoArray(c, at + 4 * step);
  }

  /** Four numbers out of eight, in the first four places, in each lane; as the scalar one. */
  private static void four(int[] c, int at, int step, int bits) {
    int rounding = 1 << (bits - 1);
    IntVector even0 = IntVector.fromArray(INTS, c, at).lanewise(LSHL, FRACTION + 1).add(rounding);
    IntVector even2 =
        IntVector.fromArray(INTS, c, at + 2 * step)
            .mul(15137)
            .sub(IntVector.fromArray(INTS, c, at + 6 * step).mul(6270));
    IntVector sum0 = even0.add(even2);
    IntVector sum1 = even0.sub(even2);
    IntVector z1 = IntVector.fromArray(INTS, c, at + 7 * step);
    IntVector z2 = IntVector.fromArray(INTS, c, at + 5 * step);
    IntVector z3 = IntVector.fromArray(INTS, c, at + 3 * step);
    IntVector z4 = IntVector.fromArray(INTS, c, at + step);
    IntVector odd0 = z1.mul(-1730).add(z2.mul(11893)).add(z3.mul(-17799)).add(z4.mul(8697));
    IntVector odd2 = z1.mul(-4176).add(z2.mul(-4926)).add(z3.mul(7373)).add(z4.mul(20995));
    sum0.add(odd2).lanewise(ASHR, bits).intoArray(c, at);
    sum0.sub(odd2).lanewise(ASHR, bits).intoArray(c, at + 3 * step);
    sum1.add(odd0).lanewise(ASHR, bits).intoArray(c, at + step);
    sum1.sub(odd0).lanewise(ASHR, bits).intoArray(c, at + 2 * step);
  }

  /** Two numbers out of eight, in the first two places, in each lane; as the scalar one. */
  private static void two(int[] c, int at, int step, int bits) {
    IntVector even =
        IntVector.fromArray(INTS, c, at).lanewise(LSHL, FRACTION + 2).add(1 << (bits - 1));
    IntVector z1 = IntVector.fromArray(INTS, c, at + 7 * step);
    IntVector z2 = IntVector.fromArray(INTS, c, at + 5 * step);
    IntVector z3 = IntVector.fromArray(INTS, c, at + 3 * step);
    IntVector z4 = IntVector.fromArray(INTS, c, at + step);
    IntVector odd = z1.mul(-5906).add(z2.mul(6967)).add(z3.mul(-10426)).add(z4.mul(29692));
    even.add(odd).lanewise(ASHR, bits).intoArray(c, at);
    even.sub(odd).lanewise(ASHR, bits).intoArray(c, at + step);
  }

  /** A row of two samples of each lane, as the low bytes of an int in the first place. */
  private static void packTwo(int[] c, int at) {
    IntVector s0 = IntVector.fromArray(INTS, c, at).add(128).max(0).min(255);
    IntVector s1 = IntVector.fromArray(INTS, c, at + GROUP).add(128).max(0).min(255);
    s0.or(s1.lanewise(LSHL, 8)).intoArray(c, at);
  }

  /** A row of four samples of each lane, as the bytes of an int in the first place. */
  private static void packFour(int[] c, int at) {
    IntVector s0 = IntVector.fromArray(INTS, c, at).add(128).max(0).min(255);
    IntVector s1 = IntVector.fromArray(INTS, c, at + GROUP).add(128).max(0).min(255);
    IntVector s2 = IntVector.fromArray(INTS, c, at + 2 * GROUP).add(128).max(0).min(255);
    IntVector s3 = IntVector.fromArray(INTS, c, at + 3 * GROUP).add(128).max(0).min(255);
    s0.or(s1.lanewise(LSHL, 8))
        .or(s2.lanewise(LSHL, 16))
        .or(s3.lanewise(LSHL, 24))
        .intoArray(c, at);
  }

  /** A row of eight samples of each lane: blocks on even lanes, then those on odd ones. */
  private static void writeEight(int[] c, int at, byte[] samples, int to) {
    IntVector s0 = IntVector.fromArray(INTS, c, at).add(128).max(0).min(255);
    IntVector s1 = IntVector.fromArray(INTS, c, at + GROUP).add(128).max(0).min(255);
    IntVector s2 = IntVector.fromArray(INTS, c, at + 2 * GROUP).add(128).max(0).min(255);
    IntVector s3 = IntVector.fromArray(INTS, c, at + 3 * GROUP).add(128).max(0).min(255);
    LongVector left =
        s0.or(s1.lanewise(LSHL, 8))
            .or(s2.lanewise(LSHL, 16))
            .or(s3.lanewise(LSHL, 24))
            .reinterpretAsLongs();
    IntVector s4 = IntVector.fromArray(INTS, c, at + 4 * GROUP).add(128).max(0).min(255);
    IntVector s5 = IntVector.fromArray(INTS, c, at + 5 * GROUP).add(128).max(0).min(255);
    IntVector s6 = IntVector.fromArray(INTS, c, at + 6 * GROUP).add(128).max(0).min(255);
    IntVector s7 = IntVector.fromArray(INTS, c, at + 7 * GROUP).add(128).max(0).min(255);
    LongVector right =
        s4.or(s5.lanewise(LSHL, 8))
            .or(s6.lanewise(LSHL, 16))
            .or(s7.lanewise(LSHL, 24))
            .reinterpretAsLongs();
    left.and(LOW_INT).or(right.lanewise(LSHL, 32)).reinterpretAsBytes().intoArray(samples, to);
    left.lanewise(LSHR, 32)
        .or(right.and(~LOW_INT))
        .reinterpretAsBytes()
        .intoArray(samples, to + 4 * GROUP);
  }
}
