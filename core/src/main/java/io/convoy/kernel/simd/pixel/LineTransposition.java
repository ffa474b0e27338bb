package io.convoy.kernel.simd.pixel;

import static io.convoy.kernel.simd.constant.Species.FLOATS;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Turns as many lines as a vector has bytes, such that what they have in the same column is one
 * vector: {@code to[column * LINES + line]}.
 *
 * <p>Eight columns of a line are moved as a long. Then each lane of longs exchanges 8 lines with 8
 * columns by itself, by halves, quarters and neighbours (Warren, Hacker's Delight, section 7-3):
 * without shuffles of lanes, whose indices JDK 17 checks each time, and in vectors of one shape.
 */
final class LineTransposition {
  static final VectorSpecies<Byte> BYTES = FLOATS.withLanes(byte.class);

  /** Lines that are turned together. */
  static final int LINES = BYTES.length();

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int EIGHT = Long.BYTES;
  private static final long LOWER_HALF = 0x00000000_FFFFFFFFL;
  private static final long LOWER_QUARTERS = 0x0000FFFF_0000FFFFL;
  private static final long LOWER_BYTES = 0x00FF00FF_00FF00FFL;

  private LineTransposition() {}

  /** The columns for which so many bytes have room. */
  static int columns(int room) {
    return room / LINES / EIGHT * EIGHT;
  }

  /**
   * Turns lines.
   *
   * @param start the first line's first byte in x
   * @param step from a line to the next
   * @param lines at most {@link #LINES}; where they are fewer, any bytes stand for the others
   * @param columns what each line has
   * @param to has room for these {@link #columns}
   */
  static void turn(byte[] x, int start, int step, int lines, int columns, byte[] to) {
    int eights = (columns + EIGHT - 1) / EIGHT;
    for (int line = 0; line < lines; line++) {
      // to where exchange() looks for this line's first eight columns
      spread(x, start + line * step, eights, to, line % EIGHT * LINES + line / EIGHT * EIGHT);
    }
    for (int i = 0; i < eights; i++) {
      exchange(to, i * EIGHT * LINES);
    }
  }

  /** Moves a line, eight columns at a time; may read on behind it, but not behind the array. */
  private static void spread(byte[] x, int from, int eights, byte[] to, int at) {
    int whole = Math.min(eights, (x.length - from) / EIGHT);
    for (int i = 0; i < whole; i++) {
      LONG.set(to, at + i * EIGHT * LINES, (long) LONG.get(x, from + i * EIGHT));
    }
    if (whole < eights) {
      long rest = 0;
      for (int i = x.length - 1; i >= from + whole * EIGHT; i--) {
        rest = rest << Byte.SIZE | (x[i] & 0xFF);
      }
      LONG.set(to, at + whole * EIGHT * LINES, rest);
    }
  }

  /**
   * Turns eight vectors in their place. Long i of vector k was eight columns of line 8 i + k, and
   * becomes the lines from 8 i on of column k.
   */
  private static void exchange(byte[] to, int at) {
    LongVector a0 = ByteVector.fromArray(BYTES, to, at).reinterpretAsLongs();
    LongVector a1 = ByteVector.fromArray(BYTES, to, at + LINES).reinterpretAsLongs();
    LongVector a2 = ByteVector.fromArray(BYTES, to, at + 2 * LINES).reinterpretAsLongs();
    LongVector a3 = ByteVector.fromArray(BYTES, to, at + 3 * LINES).reinterpretAsLongs();
    LongVector a4 = ByteVector.fromArray(BYTES, to, at + 4 * LINES).reinterpretAsLongs();
    LongVector a5 = ByteVector.fromArray(BYTES, to, at + 5 * LINES).reinterpretAsLongs();
    LongVector a6 = ByteVector.fromArray(BYTES, to, at + 6 * LINES).reinterpretAsLongs();
    LongVector a7 = ByteVector.fromArray(BYTES, to, at + 7 * LINES).reinterpretAsLongs();
    LongVector tb0 = a0.lanewise(LSHR, 32).lanewise(XOR, a4).and(LOWER_HALF);
    LongVector b0 = a0.lanewise(XOR, tb0.lanewise(LSHL, 32));
    LongVector b4 = a4.lanewise(XOR, tb0);
    LongVector tb1 = a1.lanewise(LSHR, 32).lanewise(XOR, a5).and(LOWER_HALF);
    LongVector b1 = a1.lanewise(XOR, tb1.lanewise(LSHL, 32));
    LongVector b5 = a5.lanewise(XOR, tb1);
    LongVector tb2 = a2.lanewise(LSHR, 32).lanewise(XOR, a6).and(LOWER_HALF);
    LongVector b2 = a2.lanewise(XOR, tb2.lanewise(LSHL, 32));
    LongVector b6 = a6.lanewise(XOR, tb2);
    LongVector tb3 = a3.lanewise(LSHR, 32).lanewise(XOR, a7).and(LOWER_HALF);
    LongVector b3 = a3.lanewise(XOR, tb3.lanewise(LSHL, 32));
    LongVector b7 = a7.lanewise(XOR, tb3);
    LongVector tc0 = b0.lanewise(LSHR, 16).lanewise(XOR, b2).and(LOWER_QUARTERS);
    LongVector c0 = b0.lanewise(XOR, tc0.lanewise(LSHL, 16));
    LongVector c2 = b2.lanewise(XOR, tc0);
    LongVector tc1 = b1.lanewise(LSHR, 16).lanewise(XOR, b3).and(LOWER_QUARTERS);
    LongVector c1 = b1.lanewise(XOR, tc1.lanewise(LSHL, 16));
    LongVector c3 = b3.lanewise(XOR, tc1);
    LongVector tc4 = b4.lanewise(LSHR, 16).lanewise(XOR, b6).and(LOWER_QUARTERS);
    LongVector c4 = b4.lanewise(XOR, tc4.lanewise(LSHL, 16));
    LongVector c6 = b6.lanewise(XOR, tc4);
    LongVector tc5 = b5.lanewise(LSHR, 16).lanewise(XOR, b7).and(LOWER_QUARTERS);
    LongVector c5 = b5.lanewise(XOR, tc5.lanewise(LSHL, 16));
    LongVector c7 = b7.lanewise(XOR, tc5);
    LongVector td0 = c0.lanewise(LSHR, 8).lanewise(XOR, c1).and(LOWER_BYTES);
    LongVector d0 = c0.lanewise(XOR, td0.lanewise(LSHL, 8));
    LongVector d1 = c1.lanewise(XOR, td0);
    LongVector td2 = c2.lanewise(LSHR, 8).lanewise(XOR, c3).and(LOWER_BYTES);
    LongVector d2 = c2.lanewise(XOR, td2.lanewise(LSHL, 8));
    LongVector d3 = c3.lanewise(XOR, td2);
    LongVector td4 = c4.lanewise(LSHR, 8).lanewise(XOR, c5).and(LOWER_BYTES);
    LongVector d4 = c4.lanewise(XOR, td4.lanewise(LSHL, 8));
    LongVector d5 = c5.lanewise(XOR, td4);
    LongVector td6 = c6.lanewise(LSHR, 8).lanewise(XOR, c7).and(LOWER_BYTES);
    LongVector d6 = c6.lanewise(XOR, td6.lanewise(LSHL, 8));
    LongVector d7 = c7.lanewise(XOR, td6);
    d0.reinterpretAsBytes().intoArray(to, at);
    d1.reinterpretAsBytes().intoArray(to, at + LINES);
    d2.reinterpretAsBytes().intoArray(to, at + 2 * LINES);
    d3.reinterpretAsBytes().intoArray(to, at + 3 * LINES);
    d4.reinterpretAsBytes().intoArray(to, at + 4 * LINES);
    d5.reinterpretAsBytes().intoArray(to, at + 5 * LINES);
    d6.reinterpretAsBytes().intoArray(to, at + 6 * LINES);
    d7.reinterpretAsBytes().intoArray(to, at + 7 * LINES);
  }
}
