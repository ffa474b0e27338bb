package io.convoy.kernel.simd.pixel;

import static io.convoy.kernel.simd.pixel.JpegSpecies.BYTES;
import static io.convoy.kernel.simd.pixel.JpegSpecies.INTS;
import static io.convoy.kernel.simd.pixel.JpegSpecies.LENGTH;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import io.convoy.kernel.JpegKernels;
import io.convoy.kernel.scalar.ScalarJpegKernels;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;

/**
 * {@link JpegKernels} a vector at a time. A vector of bytes is taken for one of shorts or ints,
 * whose bytes are neighbouring samples: so nothing has to be moved from lane to lane.
 */
public final class SimdJpegKernels implements JpegKernels {
  private static final int RED_BY_CR = 91881;
  private static final int BLUE_BY_CB = 116130;
  private static final int GREEN_BY_CR = 46802;
  private static final int GREEN_BY_CB = 22554;

  // half of 2^16, and what the differences' 128 makes of each product
  private static final int FOR_RED = (1 << 15) - 128 * RED_BY_CR;
  private static final int FOR_BLUE = (1 << 15) - 128 * BLUE_BY_CB;
  private static final int FOR_GREEN = (1 << 15) + 128 * (GREEN_BY_CB + GREEN_BY_CR);

  private final JpegKernels scalar = new ScalarJpegKernels();

  @Override
  public void inverseDct(int[] group, int size, byte[] samples, int start, int stride) {
    switch (size) {
      case 8 -> SimdInverseDct.whole(group, samples, start, stride);
      case 4 -> SimdInverseDct.half(group, samples, start, stride);
      case 2 -> SimdInverseDct.quarter(group, samples, start, stride);
      default -> scalar.inverseDct(group, size, samples, start, stride);
    }
  }

  @Override
  public void doubleColumns(byte[] s, int start, int length, byte[] to) {
    RowDoubling.columns(s, start, length, to);
  }

  @Override
  public void blendRows(byte[] s, int near, int far, int bias, int length, byte[] to) {
    RowDoubling.rows(s, near, far, bias, length, to);
  }

  @Override
  public void doubleBoth(byte[] s, int near, int far, int length, byte[] to) {
    RowDoubling.both(s, near, far, length, to);
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
      int firstRed,
      int plane) {
    if (length < LENGTH) {
      scalar.toRgb(y, yStart, cb, cbStart, cr, crStart, length, rgb, firstRed, plane);
      return;
    }
    for (int step = 0; step < length; step += LENGTH) {
      // the last vector overlaps the one before it
      int x = Math.min(step, length - LENGTH);
      IntVector luma = ByteVector.fromArray(BYTES, y, yStart + x).reinterpretAsInts();
      IntVector blueness = ByteVector.fromArray(BYTES, cb, cbStart + x).reinterpretAsInts();
      IntVector redness = ByteVector.fromArray(BYTES, cr, crStart + x).reinterpretAsInts();
      IntVector reds = IntVector.zero(INTS);
      IntVector greens = IntVector.zero(INTS);
      IntVector blues = IntVector.zero(INTS);
      for (int shift = 0; shift < 32; shift += 8) {
        IntVector one = luma.lanewise(LSHR, shift).and(0xFF);
        IntVector b = blueness.lanewise(LSHR, shift).and(0xFF);
        IntVector r = redness.lanewise(LSHR, shift).and(0xFF);
        IntVector red = r.mul(RED_BY_CR).add(FOR_RED).lanewise(ASHR, 16).add(one);
        IntVector blue = b.mul(BLUE_BY_CB).add(FOR_BLUE).lanewise(ASHR, 16).add(one);
        IntVector green =
            b.mul(-GREEN_BY_CB).add(r.mul(-GREEN_BY_CR)).add(FOR_GREEN).lanewise(ASHR, 16).add(one);
        reds = reds.or(red.max(0).min(255).lanewise(LSHL, shift));
        greens = greens.or(green.max(0).min(255).lanewise(LSHL, shift));
        blues = blues.or(blue.max(0).min(255).lanewise(LSHL, shift));
      }
      reds.reinterpretAsBytes().intoArray(rgb, firstRed + x);
      greens.reinterpretAsBytes().intoArray(rgb, firstRed + plane + x);
      blues.reinterpretAsBytes().intoArray(rgb, firstRed + 2 * plane + x);
    }
  }

  @Override
  public void interleave(byte[] planes, int start, int plane, int length, byte[] to, int toStart) {
    Interleaving.three(planes, start, plane, length, to, toStart);
  }
}
