package io.convoy.kernel.simd.pixel;

import static io.convoy.kernel.simd.constant.Species.FLOATS;
import static io.convoy.kernel.simd.constant.Species.LANES;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

final class LineTransposition {
  static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);

  /** A byte for each lane; of 4 lanes the lower half, as there is no vector of 4 bytes. */
  static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, LANES * Byte.SIZE)));

  static final VarHandle INT_OF =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VectorShuffle<Integer> CROSS_8 = cross(8);
  private static final VectorShuffle<Integer> CROSS_4 = cross(4);
  private static final VectorShuffle<Integer> DEAL =
      VectorShuffle.fromOp(INTS, lane -> lane % (LANES / 4) * 4 + lane / (LANES / 4));
  private static final VectorMask<Integer> UPPER_8 = upper(8);
  private static final VectorMask<Integer> UPPER_4 = upper(4);

  private LineTransposition() {}

  private static VectorShuffle<Integer> cross(int distance) {
    return VectorShuffle.fromOp(INTS, lane -> (lane ^ distance) % LANES);
  }

  private static VectorMask<Integer> upper(int distance) {
    boolean[] lanes = new boolean[LANES];
    for (int lane = 0; lane < LANES; lane++) {
      lanes[lane] = (lane & distance) != 0;
    }
    return VectorMask.fromArray(INTS, lanes, 0);
  }

  static int room(int pixels) {
    return (pixels + LANES) * LANES + BYTES.length();
  }

  static int pixels(int room) {
    return (room - BYTES.length()) / LANES - LANES;
  }

  /** LANES lines of so many pixels. */
  static void transpose(byte[] x, int start, int step, int pixels, byte[] to) {
    int last = start + (LANES - 1) * step;
    int whole = Math.min(pixels, x.length - last - BYTES.length() + 1);
    int p = 0;
    if (LANES == 16) {
      for (; p < whole; p += LANES) {
        sixteen(x, start + p, step, to, p * LANES);
      }
    } else if (LANES == 8) {
      for (; p < whole; p += LANES) {
        eight(x, start + p, step, to, p * LANES);
      }
    } else {
      for (; p < whole; p += LANES) {
        four(x, start + p, step, to, p * LANES);
      }
    }
    for (; p < pixels; p++) {
      for (int line = 0; line < LANES; line++) {
        to[p * LANES + line] = x[start + line * step + p];
      }
    }
  }

  private static void four(byte[] x, int start, int step, byte[] to, int at) {
    IntVector a =
        ints(x, start)
            .or(ints(x, start + step).lanewise(VectorOperators.LSHL, 8))
            .or(ints(x, start + 2 * step).lanewise(VectorOperators.LSHL, 16))
            .or(ints(x, start + 3 * step).lanewise(VectorOperators.LSHL, 24));
    a.reinterpretAsBytes().intoArray(to, at);
  }

  private static void eight(byte[] x, int start, int step, byte[] to, int at) {
    IntVector a0 =
        ints(x, start)
            .or(ints(x, start + step).lanewise(VectorOperators.LSHL, 8))
            .or(ints(x, start + 2 * step).lanewise(VectorOperators.LSHL, 16))
            .or(ints(x, start + 3 * step).lanewise(VectorOperators.LSHL, 24));
    start += 4 * step;
    IntVector a1 =
        ints(x, start)
            .or(ints(x, start + step).lanewise(VectorOperators.LSHL, 8))
            .or(ints(x, start + 2 * step).lanewise(VectorOperators.LSHL, 16))
            .or(ints(x, start + 3 * step).lanewise(VectorOperators.LSHL, 24));
    IntVector b0 = a0.blend(a1.rearrange(CROSS_4), UPPER_4);
    IntVector b1 = a0.rearrange(CROSS_4).blend(a1, UPPER_4);
    b0.rearrange(DEAL).reinterpretAsBytes().intoArray(to, at);
    b1.rearrange(DEAL).reinterpretAsBytes().intoArray(to, at + 32);
  }

  private static void sixteen(byte[] x, int start, int step, byte[] to, int at) {
    IntVector a0 =
        ints(x, start)
            .or(ints(x, start + step).lanewise(VectorOperators.LSHL, 8))
            .or(ints(x, start + 2 * step).lanewise(VectorOperators.LSHL, 16))
            .or(ints(x, start + 3 * step).lanewise(VectorOperators.LSHL, 24));
    start += 4 * step;
    IntVector a1 =
        ints(x, start)
            .or(ints(x, start + step).lanewise(VectorOperators.LSHL, 8))
            .or(ints(x, start + 2 * step).lanewise(VectorOperators.LSHL, 16))
            .or(ints(x, start + 3 * step).lanewise(VectorOperators.LSHL, 24));
    start += 4 * step;
    IntVector a2 =
        ints(x, start)
            .or(ints(x, start + step).lanewise(VectorOperators.LSHL, 8))
            .or(ints(x, start + 2 * step).lanewise(VectorOperators.LSHL, 16))
            .or(ints(x, start + 3 * step).lanewise(VectorOperators.LSHL, 24));
    start += 4 * step;
    IntVector a3 =
        ints(x, start)
            .or(ints(x, start + step).lanewise(VectorOperators.LSHL, 8))
            .or(ints(x, start + 2 * step).lanewise(VectorOperators.LSHL, 16))
            .or(ints(x, start + 3 * step).lanewise(VectorOperators.LSHL, 24));
    IntVector b0 = a0.blend(a2.rearrange(CROSS_8), UPPER_8);
    IntVector b2 = a0.rearrange(CROSS_8).blend(a2, UPPER_8);
    IntVector b1 = a1.blend(a3.rearrange(CROSS_8), UPPER_8);
    IntVector b3 = a1.rearrange(CROSS_8).blend(a3, UPPER_8);
    IntVector c0 = b0.blend(b1.rearrange(CROSS_4), UPPER_4);
    IntVector c1 = b0.rearrange(CROSS_4).blend(b1, UPPER_4);
    IntVector c2 = b2.blend(b3.rearrange(CROSS_4), UPPER_4);
    IntVector c3 = b2.rearrange(CROSS_4).blend(b3, UPPER_4);
    c0.rearrange(DEAL).reinterpretAsBytes().intoArray(to, at);
    c1.rearrange(DEAL).reinterpretAsBytes().intoArray(to, at + 64);
    c2.rearrange(DEAL).reinterpretAsBytes().intoArray(to, at + 128);
    c3.rearrange(DEAL).reinterpretAsBytes().intoArray(to, at + 192);
  }

  private static IntVector ints(byte[] x, int at) {
    return ((IntVector)
            ByteVector.fromArray(BYTES, x, at).convertShape(VectorOperators.B2I, INTS, 0))
        .and(0xFF);
  }
}
