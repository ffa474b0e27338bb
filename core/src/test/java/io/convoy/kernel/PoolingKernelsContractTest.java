package io.convoy.kernel;

import io.convoy.reference.Numbers;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of {@link PoolingKernels}, held against naive loops, bit for bit. */
class PoolingKernelsContractTest {
  private static final int[] CHANNELS = {1, 5, 16, 33};
  private static final int[] OFFSETS = {40, -80, 0, 7};
  private static final float[] LABELS = {3, 1, 0, 8};
  private static final int PIXELS = 9;

  static Stream<Kernels> providers() {
    return Providers.all();
  }

  /** Few values, so that there are equal ones; NaN and infinities among them. */
  private static float[] values(int seed, int length) {
    float[] few = {0f, -0f, 1f, 2f, -3f, Float.NaN, Float.NEGATIVE_INFINITY, 5f, 7f, 9f, 11f};
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = few[(int) Long.remainderUnsigned(Numbers.bits(seed, i), few.length)];
    }
    return values;
  }

  @ParameterizedTest
  @MethodSource("providers")
  void maxIsTheFirstOfTheGreatestAndNaNIsNotLost(Kernels kernels) {
    for (int channels : CHANNELS) {
      float[] x = values(1, 1200);
      float[] y = Numbers.array(2, 600);
      float[] winners = Numbers.array(3, 600);
      float[] expected = y.clone();
      float[] expectedWinners = winners.clone();
      for (int p = 0; p < PIXELS; p++) {
        for (int c = 0; c < channels; c++) {
          int best = 0;
          for (int t = 1; t < OFFSETS.length; t++) {
            float before = x[100 + p * 70 + OFFSETS[best] + c];
            float value = x[100 + p * 70 + OFFSETS[t] + c];
            best = value > before || Float.isNaN(value) ? t : best;
          }
          expected[4 + p * 41 + c] = x[100 + p * 70 + OFFSETS[best] + c];
          expectedWinners[6 + p * 37 + c] = LABELS[best];
        }
      }
      kernels
          .pooling()
          .max(OFFSETS, LABELS, x, 100, 70, y, 4, 41, winners, 6, 37, PIXELS, channels);
      KernelsContractTest.assertSameBits(expected, y, channels + " channels");
      KernelsContractTest.assertSameBits(expectedWinners, winners, channels + " channels");
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void gradientsGoToTheWinners(Kernels kernels) {
    for (int channels : CHANNELS) {
      float[] winners = values(1, 600);
      float[] dy = Numbers.array(2, 600);
      float[] dx = Numbers.array(3, 900);
      float[] expected = dx.clone();
      for (int p = 0; p < PIXELS; p++) {
        for (int c = 0; c < channels; c++) {
          if (winners[6 + p * 37 + c] == 2f) {
            expected[8 + p * 70 + c] += dy[4 + p * 41 + c];
          }
        }
      }
      kernels.pooling().maxGradient(2f, winners, 6, 37, dy, 4, 41, dx, 8, 70, PIXELS, channels);
      KernelsContractTest.assertSameBits(expected, dx, channels + " channels");
    }
  }
}
