package io.convoy.kernel.simd.jpeg;

import static io.convoy.kernel.simd.jpeg.JpegSpecies.BYTES;
import static io.convoy.kernel.simd.jpeg.JpegSpecies.INTS;
import static io.convoy.kernel.simd.jpeg.JpegSpecies.LENGTH;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import io.convoy.kernel.JpegKernels;
import io.convoy.kernel.scalar.ScalarJpegKernels;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * {@link JpegKernels} a vector at a time. A vector of bytes is taken for one of shorts or ints,
 * whose bytes are neighbouring samples: so nothing has to be moved from lane to lane.
 */
public final class SimdJpegKernels implements JpegKernels {
  private static final int RED_BY_CR = 91881;
  private static final int BLUE_BY_CB = 116130;
  private static final int GREEN_BY_CR = 46802;
  private static final int GREEN_BY_CB = 22554;
  private static final int HALF = 1 << 15;

  private final JpegKernels scalar = new ScalarJpegKernels();

  @Override
  public void inverseDct(int[] group, int size, byte[] samples, int start, int stride) {
    switch (size) {
      case 8 -> SimdInverseDct.whole(group, samples, start, stride);
      case 4 -> SimdInverseDct.half(group, samples, start, stride);
      default -> scalar.inverseDct(group, size, samples, start, stride);
    }
  }

  @Override
  public void doubleColumns(byte[] s, int start, int length, byte[] to) {
    for (int x = 0; x < length; x += LENGTH) {
      ShortVector here = shorts(s, start + x);
      ShortVector even = low(here);
      ShortVector odd = high(here);
      ShortVector three = even.add(even).add(even);
      ShortVector threeOdd = odd.add(odd).add(odd);
      ShortVector before = low(shorts(s, start + x - 1));
      ShortVector next = high(shorts(s, start + x + 1));
      ShortVector first = quarter(three.add(before), 1);
      ShortVector second = quarter(three.add(odd), 2);
      ShortVector third = quarter(threeOdd.add(even), 1);
      ShortVector fourth = quarter(threeOdd.add(next), 2);
      zip(first, second, third, fourth, to, 2 * x);
    }
  }

  @Override
  public void blendRows(byte[] s, int near, int far, int bias, int length, byte[] to) {
    for (int x = 0; x < length; x += LENGTH) {
      ShortVector a = shorts(s, near + x);
      ShortVector b = shorts(s, far + x);
      ShortVector even = low(a).mul((short) 3).add(low(b)).add((short) bias);
      ShortVector odd = high(a).mul((short) 3).add(high(b)).add((short) bias);
      even.lanewise(LSHR, 2)
          .or(odd.lanewise(LSHR, 2).lanewise(LSHL, 8))
          .reinterpretAsBytes()
          .intoArray(to, x);
    }
  }

  @Override
  public void doubleBoth(byte[] s, int near, int far, int length, byte[] to) {
    for (int x = 0; x < length; x += LENGTH) {
      ShortVector a = shorts(s, near + x);
      ShortVector b = shorts(s, far + x);
      ShortVector even = sum(low(a), low(b));
      ShortVector odd = sum(high(a), high(b));
      ShortVector before = sum(low(shorts(s, near + x - 1)), low(shorts(s, far + x - 1)));
      ShortVector next = sum(high(shorts(s, near + x + 1)), high(shorts(s, far + x + 1)));
      ShortVector three = even.add(even).add(even);
      ShortVector threeOdd = odd.add(odd).add(odd);
      ShortVector first = sixteenth(three.add(before), 8);
      ShortVector second = sixteenth(three.add(odd), 7);
      ShortVector third = sixteenth(threeOdd.add(even), 8);
      ShortVector fourth = sixteenth(threeOdd.add(next), 7);
      zip(first, second, third, fourth, to, 2 * x);
    }
  }

  private static ShortVector shorts(byte[] s, int at) {
    return ByteVector.fromArray(BYTES, s, at).reinterpretAsShorts();
  }

  private static ShortVector low(ShortVector pairs) {
    return pairs.and((short) 0xFF);
  }

  private static ShortVector high(ShortVector pairs) {
    return pairs.lanewise(LSHR, 8);
  }

  private static ShortVector sum(ShortVector near, ShortVector far) {
    return near.add(near).add(near).add(far);
  }

  private static ShortVector quarter(ShortVector sum, int bias) {
    return sum.add((short) bias).lanewise(LSHR, 2);
  }

  private static ShortVector sixteenth(ShortVector sum, int bias) {
    return sum.add((short) bias).lanewise(LSHR, 4);
  }

  private static final VectorShuffle<Integer> ZIP_FIRST =
      VectorShuffle.fromOp(INTS, lane -> lane / 2);
  private static final VectorShuffle<Integer> ZIP_SECOND =
      VectorShuffle.fromOp(INTS, lane -> INTS.length() / 2 + lane / 2);
  private static final VectorMask<Integer> ODD = odd();

  private static VectorMask<Integer> odd() {
    boolean[] odd = new boolean[INTS.length()];
    for (int lane = 1; lane < odd.length; lane += 2) {
      odd[lane] = true;
    }
    return VectorMask.fromArray(INTS, odd, 0);
  }

  /** Four samples of each short lane, side by side. */
  private static void zip(
      ShortVector first,
      ShortVector second,
      ShortVector third,
      ShortVector fourth,
      byte[] to,
      int at) {
    IntVector left = first.or(second.lanewise(LSHL, 8)).reinterpretAsInts();
    IntVector right = third.or(fourth.lanewise(LSHL, 8)).reinterpretAsInts();
    IntVector even = left.and(0xFFFF).or(right.lanewise(LSHL, 16));
    IntVector odd = left.lanewise(LSHR, 16).or(right.and(0xFFFF0000));
    even.rearrange(ZIP_FIRST)
        .blend(odd.rearrange(ZIP_FIRST), ODD)
        .reinterpretAsBytes()
        .intoArray(to, at);
    even.rearrange(ZIP_SECOND)
        .blend(odd.rearrange(ZIP_SECOND), ODD)
        .reinterpretAsBytes()
        .intoArray(to, at + LENGTH);
  }

  @Override
  public void toRgb(
      byte[] y,
      int yStart,
      byte[] cb,
      int cbStart,
      byte[] cr,
      int crStart,
      int length,
      byte[] rgb,
      int red,
      int plane) {
    if (length < LENGTH) {
      scalar.toRgb(y, yStart, cb, cbStart, cr, crStart, length, rgb, red, plane);
      return;
    }
    for (int step = 0; step < length; step += LENGTH) {
      // the last vector overlaps the one before it
      int x = Math.min(step, length - LENGTH);
      IntVector luma = ints(y, yStart + x);
      IntVector blueness = ints(cb, cbStart + x);
      IntVector redness = ints(cr, crStart + x);
      IntVector reds = IntVector.zero(INTS);
      IntVector greens = IntVector.zero(INTS);
      IntVector blues = IntVector.zero(INTS);
      for (int shift = 0; shift < 32; shift += 8) {
        IntVector one = luma.lanewise(LSHR, shift).and(0xFF);
        IntVector b = blueness.lanewise(LSHR, shift).and(0xFF);
        IntVector r = redness.lanewise(LSHR, shift).and(0xFF);
        reds = reds.or(clamp(one.add(red(r))).lanewise(LSHL, shift));
        greens = greens.or(clamp(one.add(green(b, r))).lanewise(LSHL, shift));
        blues = blues.or(clamp(one.add(blue(b))).lanewise(LSHL, shift));
      }
      reds.reinterpretAsBytes().intoArray(rgb, red + x);
      greens.reinterpretAsBytes().intoArray(rgb, red + plane + x);
      blues.reinterpretAsBytes().intoArray(rgb, red + 2 * plane + x);
    }
  }

  private static IntVector ints(byte[] s, int at) {
    return ByteVector.fromArray(BYTES, s, at).reinterpretAsInts();
  }

  private static IntVector red(IntVector cr) {
    return cr.mul(RED_BY_CR).add(HALF - 128 * RED_BY_CR).lanewise(ASHR, 16);
  }

  private static IntVector green(IntVector cb, IntVector cr) {
    return cb.mul(-GREEN_BY_CB)
        .add(cr.mul(-GREEN_BY_CR))
        .add(HALF + 128 * (GREEN_BY_CB + GREEN_BY_CR))
        .lanewise(ASHR, 16);
  }

  private static IntVector blue(IntVector cb) {
    return cb.mul(BLUE_BY_CB).add(HALF - 128 * BLUE_BY_CB).lanewise(ASHR, 16);
  }

  private static IntVector clamp(IntVector value) {
    return value.max(0).min(255);
  }

  @Override
  public void interleave(byte[] planes, int start, int plane, int length, byte[] to, int toStart) {
    Interleaving.three(planes, start, plane, length, to, toStart);
  }
}
