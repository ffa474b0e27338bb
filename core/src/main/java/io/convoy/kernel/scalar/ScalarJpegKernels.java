package io.convoy.kernel.scalar;

import io.convoy.kernel.JpegKernels;

/** {@link JpegKernels} one number at a time. */
public final class ScalarJpegKernels implements JpegKernels {
  private static final int RED_BY_CR = 91881;
  private static final int BLUE_BY_CB = 116130;
  private static final int GREEN_BY_CR = 46802;
  private static final int GREEN_BY_CB = 22554;
  private static final int HALF = 1 << 15;

  @Override
  public void inverseDct(int[] group, int size, byte[] samples, int start, int stride) {
    for (int block = 0; block < GROUP; block++) {
      int place = JpegKernels.place(block);
      int to = start + block * size;
      switch (size) {
        case 8 -> ScalarInverseDct.whole(group, place, samples, to, stride);
        case 4 -> ScalarInverseDct.half(group, place, samples, to, stride);
        case 2 -> ScalarInverseDct.quarter(group, place, samples, to, stride);
        case 1 -> samples[to] = ScalarInverseDct.sample((group[place] + 4) >> 3);
        default -> throw new IllegalArgumentException("a block of " + size + " samples");
      }
    }
  }

  @Override
  public void doubleColumns(byte[] s, int start, int length, byte[] to) {
    int before = s[start - 1] & 0xFF;
    int here = s[start] & 0xFF;
    for (int x = 0; x < length; x++) {
      int next = s[start + x + 1] & 0xFF;
      to[2 * x] = (byte) ((3 * here + before + 1) >> 2);
      to[2 * x + 1] = (byte) ((3 * here + next + 2) >> 2);
      before = here;
      here = next;
    }
  }

  @Override
  public void blendRows(byte[] s, int near, int far, int bias, int length, byte[] to) {
    for (int x = 0; x < length; x++) {
      to[x] = (byte) ((3 * (s[near + x] & 0xFF) + (s[far + x] & 0xFF) + bias) >> 2);
    }
  }

  @Override
  public void doubleBoth(byte[] s, int near, int far, int length, byte[] to) {
    int before = 3 * (s[near - 1] & 0xFF) + (s[far - 1] & 0xFF);
    int here = 3 * (s[near] & 0xFF) + (s[far] & 0xFF);
    for (int x = 0; x < length; x++) {
      int next = 3 * (s[near + x + 1] & 0xFF) + (s[far + x + 1] & 0xFF);
      to[2 * x] = (byte) ((3 * here + before + 8) >> 4);
      to[2 * x + 1] = (byte) ((3 * here + next + 7) >> 4);
      before = here;
      here = next;
    }
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
    for (int x = 0; x < length; x++) {
      int luma = y[yStart + x] & 0xFF;
      int blueness = (cb[cbStart + x] & 0xFF) - 128;
      int redness = (cr[crStart + x] & 0xFF) - 128;
      rgb[red + x] = clamp(luma + ((RED_BY_CR * redness + HALF) >> 16));
      rgb[red + plane + x] =
          clamp(luma + ((-GREEN_BY_CB * blueness - GREEN_BY_CR * redness + HALF) >> 16));
      rgb[red + 2 * plane + x] = clamp(luma + ((BLUE_BY_CB * blueness + HALF) >> 16));
    }
  }

  private static byte clamp(int value) {
    return (byte) Math.max(0, Math.min(255, value));
  }

  @Override
  public void interleave(byte[] planes, int start, int plane, int length, byte[] to, int toStart) {
    for (int x = 0; x < length; x++) {
      to[toStart + 3 * x] = planes[start + x];
      to[toStart + 3 * x + 1] = planes[start + plane + x];
      to[toStart + 3 * x + 2] = planes[start + 2 * plane + x];
    }
  }
}
