package io.convoy.data.image.webp;

/** The inverse transforms of RFC 6386, section 14, in whole numbers. */
final class Transform {
  private Transform() {}

  /** Walsh-Hadamard: the means of 16 blocks, to the first coefficient of each. */
  static void spreadMeans(short[] means, short[] to) {
    int[] part = new int[16];
    for (int i = 0; i < 4; i++) {
      int a = means[i] + means[12 + i];
      int b = means[4 + i] + means[8 + i];
      int c = means[4 + i] - means[8 + i];
      int d = means[i] - means[12 + i];
      part[i] = a + b;
      part[4 + i] = d + c;
      part[8 + i] = a - b;
      part[12 + i] = d - c;
    }
    for (int i = 0; i < 4; i++) {
      int first = part[4 * i] + 3;
      int a = first + part[4 * i + 3];
      int b = part[4 * i + 1] + part[4 * i + 2];
      int c = part[4 * i + 1] - part[4 * i + 2];
      int d = first - part[4 * i + 3];
      to[64 * i] = (short) ((a + b) >> 3);
      to[64 * i + 16] = (short) ((d + c) >> 3);
      to[64 * i + 32] = (short) ((a - b) >> 3);
      to[64 * i + 48] = (short) ((d - c) >> 3);
    }
  }

  /** The inverse cosine transform of a block of 4 x 4, added to the pixels. */
  static void add(short[] from, int at, byte[] plane, int offset, int stride) {
    int[] part = new int[16];
    for (int i = 0; i < 4; i++) {
      int a = from[at + i] + from[at + 8 + i];
      int b = from[at + i] - from[at + 8 + i];
      int c = sine(from[at + 4 + i]) - cosine(from[at + 12 + i]);
      int d = cosine(from[at + 4 + i]) + sine(from[at + 12 + i]);
      part[4 * i] = a + d;
      part[4 * i + 1] = b + c;
      part[4 * i + 2] = b - c;
      part[4 * i + 3] = a - d;
    }
    for (int y = 0; y < 4; y++) {
      int first = part[y] + 4;
      int a = first + part[8 + y];
      int b = first - part[8 + y];
      int c = sine(part[4 + y]) - cosine(part[12 + y]);
      int d = cosine(part[4 + y]) + sine(part[12 + y]);
      int to = offset + y * stride;
      plane[to] = sum(plane[to], a + d);
      plane[to + 1] = sum(plane[to + 1], b + c);
      plane[to + 2] = sum(plane[to + 2], b - c);
      plane[to + 3] = sum(plane[to + 3], a - d);
    }
  }

  /** Times the square root of 2 and the sine of 22.5 degrees. */
  private static int sine(int value) {
    return (value * 35468) >> 16;
  }

  /** Times the square root of 2 and the cosine of 22.5 degrees. */
  private static int cosine(int value) {
    return ((value * 20091) >> 16) + value;
  }

  private static byte sum(byte pixel, int difference) {
    return (byte) Math.max(0, Math.min(255, (pixel & 0xFF) + (difference >> 3)));
  }
}
