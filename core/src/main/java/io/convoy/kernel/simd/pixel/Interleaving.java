package io.convoy.kernel.simd.pixel;

import static io.convoy.kernel.simd.pixel.JpegSpecies.BYTES;
import static io.convoy.kernel.simd.pixel.JpegSpecies.INTS;
import static io.convoy.kernel.simd.pixel.JpegSpecies.LENGTH;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Interleaves three planes. Four neighbouring pixels, twelve bytes, are three ints: the first of
 * each four of them come as one vector, so do the second and the third; a permutation brings them
 * side by side.
 */
final class Interleaving {
  private static final int LANES = INTS.length();
  private static final VectorShuffle<Integer> FIRST = third(0);
  private static final VectorShuffle<Integer> SECOND = third(1);
  private static final VectorShuffle<Integer> THIRD = third(2);
  private static final VectorMask<Integer> FIRST_1 = ints(0, 1);
  private static final VectorMask<Integer> FIRST_2 = ints(0, 2);
  private static final VectorMask<Integer> SECOND_1 = ints(1, 1);
  private static final VectorMask<Integer> SECOND_2 = ints(1, 2);
  private static final VectorMask<Integer> THIRD_1 = ints(2, 1);
  private static final VectorMask<Integer> THIRD_2 = ints(2, 2);

  private Interleaving() {}

  /** Of the lanes of a vector of the result: where in a vector of first ints they come from. */
  private static VectorShuffle<Integer> third(int vector) {
    return VectorShuffle.fromOp(INTS, lane -> (vector * LANES + lane) / 3);
  }

  /** The lanes of a vector of the result that are an int of this kind, 0 to 2. */
  private static VectorMask<Integer> ints(int vector, int kind) {
    boolean[] lanes = new boolean[LANES];
    for (int lane = 0; lane < LANES; lane++) {
      lanes[lane] = (vector * LANES + lane) % 3 == kind;
    }
    return VectorMask.fromArray(INTS, lanes, 0);
  }

  static void three(byte[] planes, int start, int plane, int length, byte[] to, int toStart) {
    int x = 0;
    for (; x <= length - LENGTH; x += LENGTH) {
      vector(planes, start + x, plane, to, toStart + 3 * x);
    }
    if (x < length && length >= LENGTH) {
      // the last vector overlaps the one before it
      x = length - LENGTH;
      vector(planes, start + x, plane, to, toStart + 3 * x);
      return;
    }
    for (; x < length; x++) {
      for (int channel = 0; channel < 3; channel++) {
        to[toStart + 3 * x + channel] = planes[start + channel * plane + x];
      }
    }
  }

  private static void vector(byte[] planes, int at, int plane, byte[] to, int toAt) {
    IntVector red = ints(planes, at);
    IntVector green = ints(planes, at + plane);
    IntVector blue = ints(planes, at + 2 * plane);
    IntVector p0 = pixel(red, green, blue, 0);
    IntVector p1 = pixel(red, green, blue, 8);
    IntVector p2 = pixel(red, green, blue, 16);
    IntVector p3 = pixel(red, green, blue, 24);
    IntVector a = p0.or(p1.lanewise(LSHL, 24));
    IntVector b = p1.lanewise(LSHR, 8).or(p2.lanewise(LSHL, 16));
    IntVector c = p2.lanewise(LSHR, 16).or(p3.lanewise(LSHL, 8));
    store(a, b, c, FIRST, FIRST_1, FIRST_2, to, toAt);
    store(a, b, c, SECOND, SECOND_1, SECOND_2, to, toAt + LENGTH);
    store(a, b, c, THIRD, THIRD_1, THIRD_2, to, toAt + 2 * LENGTH);
  }

  private static IntVector ints(byte[] planes, int at) {
    return ByteVector.fromArray(BYTES, planes, at).reinterpretAsInts();
  }

  private static IntVector pixel(IntVector red, IntVector green, IntVector blue, int shift) {
    return red.lanewise(LSHR, shift)
        .and(0xFF)
        .or(green.lanewise(LSHR, shift).and(0xFF).lanewise(LSHL, 8))
        .or(blue.lanewise(LSHR, shift).and(0xFF).lanewise(LSHL, 16));
  }

  private static void store(
      IntVector a,
      IntVector b,
      IntVector c,
      VectorShuffle<Integer> from,
      VectorMask<Integer> second,
      VectorMask<Integer> third,
      byte[] to,
      int at) {
    a.rearrange(from)
        .blend(b.rearrange(from), second)
        .blend(c.rearrange(from), third)
        .reinterpretAsBytes()
        .intoArray(to, at);
  }
}
