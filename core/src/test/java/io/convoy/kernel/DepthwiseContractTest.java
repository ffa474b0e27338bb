package io.convoy.kernel;

import io.convoy.reference.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contracts of {@link DepthwiseCorrelation} and {@link DepthwiseGradient}, held against naive
 * loops, bit for bit.
 */
class DepthwiseContractTest {
  private static final int X_START = 300;
  private static final int Y_START = 5;
  private static final int BIAS_START = 3;
  private static final int SUMS_START = 2;
  private static final int X_WIDTH = 34;

  /** A case: rows of windows at these distances. */
  private record Problem(DepthwiseWindows windows, int rows) {
    int xEnd() {
      int reach = 0;
      for (int offset : windows.offsets()) {
        reach = Math.max(reach, offset);
      }
      return X_START
          + (rows - 1) * windows.xRowStep()
          + (windows.pixels() - 1) * windows.xStep()
          + reach
          + windows.channels();
    }

    int yEnd() {
      return Y_START
          + (rows - 1) * windows.yRowStep()
          + (windows.pixels() - 1) * windows.yStep()
          + windows.channels();
    }
  }

  static Stream<Kernels> providers() {
    return Providers.all();
  }

  private static List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    for (int channels : new int[] {1, 5, 16, 33, 64}) {
      for (int pixels : new int[] {1, 2, 3, 4, 5, 7, 8, 14, 16}) {
        for (int rows : new int[] {1, 2, 5}) {
          problems.add(grid(3, 3, 1, 1, 1, rows, pixels, channels));
          problems.add(grid(3, 3, 1, 2, 1, rows, pixels, channels));
        }
        problems.add(grid(3, 3, 2, 1, 1, 3, pixels, channels)); // rows of taps further apart
        problems.add(grid(3, 3, 1, 3, 1, 2, pixels, channels));
        problems.add(grid(3, 3, 1, 1, 2, 2, pixels, channels));
        problems.add(grid(1, 1, 1, 1, 2, 2, pixels, channels));
        problems.add(grid(1, 2, 1, 1, 2, 2, pixels, channels));
        problems.add(grid(2, 1, 1, 1, 2, 2, pixels, channels));
        problems.add(grid(2, 2, 1, 1, 2, 2, pixels, channels));
        problems.add(grid(2, 2, 1, 1, 1, 2, pixels, channels));
        problems.add(grid(5, 5, 1, 1, 1, 2, pixels, channels));
        problems.add(scattered(0, pixels, channels));
        problems.add(scattered(4, pixels, channels));
        problems.add(scattered(9, pixels, channels));
      }
    }
    return problems;
  }

  /** Taps side by side; the strides are those of windows and of outputs, in pixels. */
  private static Problem grid(
      int height,
      int width,
      int dilation,
      int stride,
      int spread,
      int rows,
      int pixels,
      int channels) {
    int row = X_WIDTH * 2 * channels;
    int[] offsets = new int[height * width];
    for (int tap = 0; tap < offsets.length; tap++) {
      offsets[tap] = tap / width * dilation * row + tap % width * channels - 7;
    }
    int yRow = (pixels * spread + 1) * channels + 4;
    DepthwiseWindows windows =
        new DepthwiseWindows(
            offsets, stride * channels, stride * row, spread * channels, yRow, pixels, channels);
    return new Problem(windows, rows);
  }

  /** Taps in no order, before and behind the window's start. */
  private static Problem scattered(int taps, int pixels, int channels) {
    int[] offsets = new int[taps];
    for (int tap = 0; tap < taps; tap++) {
      offsets[tap] = tap * 37 % 101 * 5 - 200;
    }
    return new Problem(
        new DepthwiseWindows(offsets, 80, 1000, channels + 3, 1500, pixels, channels), 2);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void correlate(Kernels kernels) {
    for (Problem problem : problems()) {
      DepthwiseWindows windows = problem.windows;
      float[] x = Numbers.array(1, problem.xEnd());
      float[] weights = Numbers.array(2, windows.taps() * windows.pitch());
      float[] bias = Numbers.array(3, BIAS_START + windows.channels());
      float[] y = Numbers.array(4, problem.yEnd());
      float[] expected = y.clone();
      for (int h = 0; h < problem.rows; h++) {
        for (int p = 0; p < windows.pixels(); p++) {
          for (int c = 0; c < windows.channels(); c++) {
            float sum = 0f;
            int window = X_START + h * windows.xRowStep() + p * windows.xStep();
            for (int t = 0; t < windows.taps(); t++) {
              float pixel = x[window + windows.offsets()[t] + c];
              sum = Math.fma(pixel, weights[t * windows.pitch() + c], sum);
            }
            int to = Y_START + h * windows.yRowStep() + p * windows.yStep() + c;
            expected[to] = bias[BIAS_START + c] + sum;
          }
        }
      }
      kernels
          .depthwise(windows)
          .correlate(x, X_START, weights, bias, BIAS_START, y, Y_START, problem.rows);
      KernelsContractTest.assertSameBits(expected, y, problem.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void gradient(Kernels kernels) {
    for (Problem problem : problems()) {
      DepthwiseWindows windows = problem.windows;
      float[] x = Numbers.array(1, problem.xEnd() + DepthwiseGradient.SPARE);
      float[] dy = Numbers.array(2, problem.yEnd() + DepthwiseGradient.SPARE);
      int channels = windows.channels();
      int floats = DepthwiseGradient.sumFloats(windows.taps(), channels);
      float[] sums = Numbers.array(3, SUMS_START + floats);
      float[] expected = sums.clone();
      for (int t = 0; t < windows.taps(); t++) {
        for (int c = 0; c < channels; c++) {
          int at = SUMS_START + (c / 16 * windows.taps() + t) * 16 + c % 16;
          expected[at] = naiveSum(problem, x, windows.offsets()[t] + c, dy, c, expected[at]);
        }
      }
      // by blocks of channels, in no order
      DepthwiseGradient gradient = kernels.depthwiseGradient(windows);
      int border = channels / 2 / 16 * 16;
      int second = SUMS_START + border * windows.taps();
      gradient.accumulate(x, X_START, dy, Y_START, sums, second, problem.rows, border, channels);
      gradient.accumulate(x, X_START, dy, Y_START, sums, SUMS_START, problem.rows, 0, border);
      for (int t = 0; t < windows.taps(); t++) {
        for (int c = channels; c < (channels + 15) / 16 * 16; c++) {
          int at = SUMS_START + (c / 16 * windows.taps() + t) * 16 + c % 16;
          sums[at] = expected[at]; // means nothing
        }
      }
      KernelsContractTest.assertSameBits(expected, sums, problem.toString());
    }
  }

  private static float naiveSum(
      Problem problem, float[] x, int xOffset, float[] dy, int dyOffset, float start) {
    DepthwiseWindows windows = problem.windows;
    float sum = start;
    for (int h = 0; h < problem.rows; h++) {
      float run = 0f;
      for (int p = 0; p < windows.pixels(); p++) {
        float pixel = x[X_START + h * windows.xRowStep() + p * windows.xStep() + xOffset];
        float gradient = dy[Y_START + h * windows.yRowStep() + p * windows.yStep() + dyOffset];
        if (p >= windows.pixels() / 7 * 7) {
          sum = Math.fma(pixel, gradient, sum);
          continue;
        }
        run = Math.fma(pixel, gradient, run);
        if (p % 7 == 6) {
          sum += run;
          run = 0f;
        }
      }
    }
    return sum;
  }
}
