package io.convoy.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.convoy.kernel.scalar.ScalarKernels;
import io.convoy.reference.Numbers;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contract of {@link JpegKernels}: formulas of one line are held against naive loops; the
 * inverse DCT against the scalar one, whose pixels {@code JpegPixelsTest} compares with
 * libjpeg-turbo's.
 */
class JpegKernelsContractTest {
  private static final int[] LENGTHS = {1, 2, 3, 15, 16, 17, 63, 64, 65, 129, 200};
  private static final int START = 70;

  static Stream<Kernels> providers() {
    return Providers.all();
  }

  private static byte[] bytes(int seed, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      long bits = Numbers.bits(seed, i);
      // extremes more often than others
      bytes[i] = (byte) (bits % 4 == 0 ? bits >> 40 & 1 : bits % 4 == 1 ? -1 : bits >> 32);
    }
    return bytes;
  }

  private static int at(byte[] bytes, int index) {
    return bytes[index] & 0xFF;
  }

  @ParameterizedTest
  @MethodSource("providers")
  void inverseDctIsTheSameInAllProviders(Kernels kernels) {
    JpegKernels reference = new ScalarKernels().jpeg();
    for (int size : new int[] {8, 4, 2, 1}) {
      for (int range : new int[] {1, 40, 2000, 1 << 15}) {
        int[] group = new int[JpegKernels.BLOCK * JpegKernels.GROUP];
        for (int i = 0; i < group.length; i++) {
          group[i] = (int) (Numbers.bits(range + size, i) >> 20) % range;
        }
        byte[] expected = new byte[10 * 16 * size + 200];
        byte[] got = new byte[expected.length];
        reference.inverseDct(group.clone(), size, expected, 7, 16 * size + 9);
        kernels.jpeg().inverseDct(group.clone(), size, got, 7, 16 * size + 9);
        assertArrayEquals(expected, got, "blocks of %s, up to %s".formatted(size, range));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void rowsAreEnlarged(Kernels kernels) {
    byte[] s = bytes(1, 900);
    int far = 500;
    for (int length : LENGTHS) {
      byte[] columns = new byte[2 * length + 2 * JpegKernels.SPARE_BYTES];
      byte[] both = columns.clone();
      byte[] rows = columns.clone();
      kernels.jpeg().doubleColumns(s, START, length, columns);
      kernels.jpeg().doubleBoth(s, START, far, length, both);
      kernels.jpeg().blendRows(s, START, far, 2, length, rows);
      byte[] expectedColumns = columns.clone();
      byte[] expectedBoth = both.clone();
      byte[] expectedRows = rows.clone();
      for (int x = 0; x < length; x++) {
        for (int side = 0; side < 2; side++) {
          int beside = side == 0 ? -1 : 1;
          expectedColumns[2 * x + side] =
              (byte) ((3 * at(s, START + x) + at(s, START + x + beside) + 1 + side) / 4);
          int here = 3 * at(s, START + x) + at(s, far + x);
          int there = 3 * at(s, START + x + beside) + at(s, far + x + beside);
          expectedBoth[2 * x + side] = (byte) ((3 * here + there + 8 - side) / 16);
        }
        expectedRows[x] = (byte) ((3 * at(s, START + x) + at(s, far + x) + 2) / 4);
      }
      assertArrayEquals(expectedColumns, columns, length + " columns");
      assertArrayEquals(expectedBoth, both, length + " of both");
      assertArrayEquals(expectedRows, rows, length + " of rows");
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void coloursAreConverted(Kernels kernels) {
    for (int length : LENGTHS) {
      byte[] y = bytes(2, 400);
      byte[] cb = bytes(3, 400);
      byte[] cr = bytes(4, 400);
      byte[] rgb = bytes(5, 3 * 210 + 3);
      byte[] expected = rgb.clone();
      for (int x = 0; x < length; x++) {
        int blueness = at(cb, 11 + x) - 128;
        int redness = at(cr, 13 + x) - 128;
        double[] colour = {
          at(y, 9 + x) + Math.floor(91881 / 65536.0 * redness + 0.5),
          at(y, 9 + x) + Math.floor((-22554 * blueness - 46802 * redness) / 65536.0 + 0.5),
          at(y, 9 + x) + Math.floor(116130 / 65536.0 * blueness + 0.5)
        };
        for (int c = 0; c < 3; c++) {
          expected[1 + c * 210 + x] = (byte) Math.max(0, Math.min(255, colour[c]));
        }
      }
      kernels.jpeg().toRgb(y, 9, cb, 11, cr, 13, length, rgb, 1, 210);
      assertArrayEquals(expected, rgb, length + " pixels");
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void planesAreInterleaved(Kernels kernels) {
    for (int length : LENGTHS) {
      byte[] planes = bytes(6, 5 + 3 * 203);
      byte[] to = bytes(7, 8 + 3 * length + 1);
      byte[] expected = to.clone();
      for (int i = 0; i < 3 * length; i++) {
        expected[8 + i] = planes[5 + i % 3 * 203 + i / 3];
      }
      kernels.jpeg().interleave(planes, 5, 203, length, to, 8);
      assertArrayEquals(expected, to, length + " pixels");
    }
  }
}
