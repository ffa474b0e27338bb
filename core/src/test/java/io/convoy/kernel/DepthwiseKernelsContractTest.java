package io.convoy.kernel;

import io.convoy.reference.Numbers;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of {@link DepthwiseKernels}, held against naive loops, bit for bit. */
class DepthwiseKernelsContractTest {
  private static final int[] CHANNELS = {1, 5, 16, 33};
  private static final int[] TAPS = {1, 4, 9, 25};
  private static final int PIXELS = 7;
  private static final int X_STEP = 80;
  private static final int Y_STEP = 41;

  static Stream<Kernels> providers() {
    return Providers.all();
  }

  @ParameterizedTest
  @MethodSource("providers")
  void correlate(Kernels kernels) {
    for (int channels : CHANNELS) {
      for (int taps : TAPS) {
        int[] offsets = offsets(taps);
        float[] x = Numbers.array(1, 2000);
        float[] weights = Numbers.array(2, taps * channels);
        float[] bias = Numbers.array(3, 5 + channels);
        float[] y = Numbers.array(4, 3 + PIXELS * Y_STEP + 40);
        float[] expected = y.clone();
        for (int p = 0; p < PIXELS; p++) {
          for (int c = 0; c < channels; c++) {
            float sum = 0f;
            for (int t = 0; t < taps; t++) {
              float pixel = x[300 + p * X_STEP + offsets[t] + c];
              sum = Math.fma(pixel, weights[t * channels + c], sum);
            }
            expected[3 + p * Y_STEP + c] = bias[5 + c] + sum;
          }
        }
        kernels
            .depthwise()
            .correlate(offsets, x, 300, X_STEP, weights, bias, 5, y, 3, Y_STEP, PIXELS, channels);
        KernelsContractTest.assertSameBits(expected, y, taps + " taps, " + channels);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void gradient(Kernels kernels) {
    for (int channels : CHANNELS) {
      for (int taps : TAPS) {
        int[] offsets = offsets(taps);
        float[] x = Numbers.array(1, 2000);
        float[] dy = Numbers.array(2, 3 + PIXELS * Y_STEP + 40);
        float[] sums = Numbers.array(3, taps * channels + 9);
        float[] expected = sums.clone();
        for (int t = 0; t < taps; t++) {
          for (int c = 0; c < channels; c++) {
            float sum = 0f;
            for (int p = 0; p < PIXELS; p++) {
              float pixel = x[300 + p * X_STEP + offsets[t] + c];
              sum = Math.fma(pixel, dy[3 + p * Y_STEP + c], sum);
            }
            expected[t * channels + c] += sum;
          }
        }
        kernels
            .depthwise()
            .gradient(offsets, x, 300, X_STEP, dy, 3, Y_STEP, sums, PIXELS, channels);
        KernelsContractTest.assertSameBits(expected, sums, taps + " taps, " + channels);
      }
    }
  }

  /** In no order, before and behind the window's start. */
  private static int[] offsets(int taps) {
    int[] offsets = new int[taps];
    for (int t = 0; t < taps; t++) {
      offsets[t] = t * 37 % 101 * 5 - 200;
    }
    return offsets;
  }
}
