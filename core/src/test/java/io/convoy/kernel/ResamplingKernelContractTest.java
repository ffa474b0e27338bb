package io.convoy.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.convoy.reference.Numbers;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contract of {@link ResamplingKernel}, held against a sum of longs for each output, for taps
 * of any width and weights of both signs: sums leave 0..255 at both ends.
 */
class ResamplingKernelContractTest {
  private static final int[] LINES = {1, 3, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 130};
  private static final int[] LENGTHS = {1, 2, 5, 16, 31, 64, 100, 1201};
  private static final int[] MOST_TAPS = {1, 2, 3, 9, 40, 1201};
  private static final int X_START = 5;
  private static final int Y_START = 3;

  static Stream<Kernels> providers() {
    return Providers.all();
  }

  /** Taps for {@code outputs} that wander from the line's first pixels to its last. */
  private record Taps(int[] first, int[] start, int[] weights) {
    static Taps of(int seed, int outputs, int length, int mostTaps) {
      int most = Math.min(length, mostTaps);
      int[] first = new int[outputs];
      int[] start = new int[outputs + 1];
      int[] weights = new int[outputs * most];
      for (int o = 0; o < outputs; o++) {
        first[o] = outputs == 1 ? 0 : o * (length - most) / (outputs - 1);
        // an output's last pixel never lies before that of the output before it
        start[o + 1] = start[o] + (o == 0 || o == outputs - 1 ? most : Math.max(1, most - o % 2));
        for (int t = start[o]; t < start[o + 1]; t++) {
          weights[t] = (int) (Numbers.bits(seed, t) % ((1L << 23) / most));
        }
      }
      return new Taps(first, start, weights);
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void everyOutputIsItsClippedSum(Kernels kernels) {
    for (int lines : LINES) {
      for (int length : LENGTHS) {
        for (int mostTaps : MOST_TAPS) {
          check(kernels.resampling(), lines, length, 13, mostTaps);
        }
      }
    }
  }

  /** So many pixels that no cache, or not even the memory to work in, holds those of an output. */
  @ParameterizedTest
  @MethodSource("providers")
  void longLinesAreSummedInParts(Kernels kernels) {
    check(kernels.resampling(), 35, 20_011, 333, 120);
    check(kernels.resampling(), 17, 1_999, 7, 1_500);
    check(kernels.resampling(), 17, 20_011, 7, 17_000);
  }

  private static void check(
      ResamplingKernel kernel, int lines, int length, int outputs, int mostTaps) {
    Taps taps = Taps.of(lines, outputs, length, mostTaps);
    int xStep = length + lines % 3;
    int yStep = lines + length % 3;
    // no byte to spare behind the last pixel and the last output
    byte[] x = bytes(1, X_START + (lines - 1) * xStep + length);
    byte[] y = bytes(2, Y_START + (outputs - 1) * yStep + lines);
    byte[] expected = y.clone();
    for (int o = 0; o < outputs; o++) {
      for (int line = 0; line < lines; line++) {
        expected[Y_START + o * yStep + line] = output(taps, o, x, X_START + line * xStep);
      }
    }
    kernel.resample(
        x,
        X_START,
        xStep,
        lines,
        taps.first,
        taps.start,
        taps.weights,
        outputs,
        y,
        Y_START,
        yStep,
        new byte[ResamplingKernel.WORK]);
    assertArrayEquals(
        expected,
        y,
        () -> "%s lines of %s pixels, at most %s taps".formatted(lines, length, mostTaps));
  }

  private static byte output(Taps taps, int o, byte[] x, int line) {
    long sum = 1L << 21;
    for (int t = taps.start[o]; t < taps.start[o + 1]; t++) {
      int pixel = taps.first[o] + t - taps.start[o];
      sum += (long) taps.weights[t] * Byte.toUnsignedInt(x[line + pixel]);
    }
    long pixel = Math.floorDiv(sum, 1L << 22);
    return (byte) (pixel < 0 ? 0 : pixel > 255 ? 255 : pixel);
  }

  private static byte[] bytes(int seed, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) Numbers.bits(seed, i);
    }
    return bytes;
  }
}
