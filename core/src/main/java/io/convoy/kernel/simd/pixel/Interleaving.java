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
 * side by side. No method hands a vector on, as in {@link SimdInverseDct}.
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
    IntVector red = ByteVector.fromArray(BYTES, planes, at).reinterpretAsInts();
    IntVector green = ByteVector.fromArray(BYTES, planes, at + plane).reinterpretAsInts();
    IntVector blue = ByteVector.fromArray(BYTES, planes, at + 2 * plane).reinterpretAsInts();
    // red 0, green 0, blue 0, red 1
    IntVector a =
        red.and(0xFF)
            .or(green.and(0xFF).lanewise(LSHL, 8))
            .or(blue.and(0xFF).lanewise(LSHL, 16))
            .or(red.and(0xFF00).lanewise(LSHL, 16));
    // green 1, blue 1, red 2, green 2
    IntVector b =
        green
            .lanewise(LSHR, 8)
            .and(0xFF)
            .or(blue.and(0xFF00))
            .or(red.and(0xFF0000))
            .or(green.and(0xFF0000).lanewise(LSHL, 8));
    // blue 2, red 3, green 3, blue 3
    IntVector c =
        blue.lanewise(LSHR, 16)
            .and(0xFF)
            .or(red.lanewise(LSHR, 16).and(0xFF00))
            .or(green.lanewise(LSHR, 8).and(0xFF0000))
            .or(blue.and(0xFF000000));
    a.rearrange(FIRST)
        .blend(b.rearrange(FIRST), FIRST_1)
        .blend(c.rearrange(FIRST), FIRST_2)
        .reinterpretAsBytes()
        .intoArray(to, toAt);
    a.rearrange(SECOND)
        .blend(b.rearrange(SECOND), SECOND_1)
        .blend(c.rearrange(SECOND), SECOND_2)
        .reinterpretAsBytes()
        .intoArray(to, toAt + LENGTH);
    a.rearrange(THIRD)
        .blend(b.rearrange(THIRD), THIRD_1)
        .blend(c.rearrange(THIRD), THIRD_2)
        .reinterpretAsBytes()
        .intoArray(to, toAt + 2 * LENGTH);
  }
}
