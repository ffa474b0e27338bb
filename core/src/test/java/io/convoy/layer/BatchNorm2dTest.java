package io.convoy.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.error.ConvoyException;
import io.convoy.reference.Images;
import io.convoy.reference.Numbers;
import io.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchNorm2dTest {
  private static final BatchNorm2d LAYER = new BatchNorm2d(1e-3f, 0.1f);

  /** Mean and sum of squared deviations of one channel, in two passes. */
  private record Statistics(double mean, double squares, long count) {
    static Statistics of(Images x, int channel) {
      double[] sums = new double[2];
      x.forEach((n, c, h, w) -> sums[0] += c == channel ? x.get(n, c, h, w) : 0);
      long count = (long) x.count() * x.height() * x.width();
      double mean = sums[0] / count;
      x.forEach((n, c, h, w) -> sums[1] += c == channel ? sq(x.get(n, c, h, w) - mean) : 0);
      return new Statistics(mean, sums[1], count);
    }

    private static double sq(double value) {
      return value * value;
    }
  }

  /** Around 100 with a spread of 1: E[x²] - E[x]² in fp32 would lose all but two digits. */
  @ParameterizedTest
  @CsvSource({
    "1,5,7,3,0",
    "3,7,5,10,0",
    "2,9,11,20,100",
    "5,1,1,6,0",
    "7,13,9,1,-100",
    "2,3,3,100,1"
  })
  void trainingNormalisesByTheBatch(int samples, int height, int width, int channels, float shift) {
    try (LayerRig rig = LayerRig.of(LAYER, samples, height, width, channels)) {
      float[] values = Numbers.array(8, samples * height * width * channels);
      for (int i = 0; i < values.length; i++) {
        values[i] += shift;
      }
      rig.fillInput(0, values);
      Images x = rig.input(0);
      rig.backward();
      Images y = Images.of(rig.output, samples);
      for (int c = 0; c < channels; c++) {
        int channel = c;
        Statistics batch = Statistics.of(x, c);
        double scale = 1 / Math.sqrt(batch.squares() / batch.count() + LAYER.epsilon());
        double weight = rig.parameter(0)[c];
        double bias = rig.parameter(1)[c];
        // what is subtracted is rounded to a float of the size of the mean
        double bound = 4 * 0x1p-24 * (Math.abs(batch.mean()) + 8) * (scale + 1);
        y.forEach(
            (n, k, h, w) -> {
              if (k == channel) {
                double expected = (x.get(n, k, h, w) - batch.mean()) * scale * weight + bias;
                assertEquals(expected, y.get(n, k, h, w), bound);
              }
            });
        assertEquals(batch.mean(), rig.gradient[rig.offsets[2] + c], bound);
        assertEquals(
            batch.squares(),
            rig.gradient[rig.offsets[3] + c],
            1e-5 * batch.squares() + 1e-9 * shift * shift * batch.count());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,5,7,3", "3,7,5,10", "2,3,5,20", "5,1,1,6", "13,3,5,1", "1,1,1,3"})
  void gradientsAreThoseOfCentralDifferences(int samples, int height, int width, int channels) {
    try (LayerRig rig =
        LayerRig.of(new BatchNorm2d(0.05f, 0.1f), samples, height, width, channels)) {
      rig.checkGradients();
    }
  }

  @Test
  void inferenceUsesTheMovingAverages() {
    try (LayerRig rig = LayerRig.of(LAYER, 3, 5, 7, 10)) {
      float[] variance = Numbers.array(9, 10);
      for (int c = 0; c < 10; c++) {
        variance[c] += 1.5f;
      }
      rig.setParameter(3, variance);
      Images x = rig.input(0);
      Images y = rig.infer().forward();
      y.forEach(
          (n, c, h, w) -> {
            double mean = rig.parameter(2)[c];
            double scale = 1 / Math.sqrt((double) variance[c] + LAYER.epsilon());
            double expected =
                (x.get(n, c, h, w) - mean) * scale * rig.parameter(0)[c] + rig.parameter(1)[c];
            assertEquals(expected, y.get(n, c, h, w), 8 * 0x1p-24 * 4 * (scale + 1));
          });
    }
  }

  /** Then mean and variance are constants: a pass is that of inference, backward a factor. */
  @ParameterizedTest
  @CsvSource({"1,5,7,3", "3,7,5,10", "1,1,1,3"})
  void frozenItUsesTheMovingAveragesInTrainingToo(
      int samples, int height, int width, int channels) {
    try (LayerRig rig = LayerRig.of(LAYER, samples, height, width, channels)) {
      float[] variance = Numbers.array(9, channels);
      for (int c = 0; c < channels; c++) {
        variance[c] += 1.5f;
      }
      rig.setParameter(3, variance);
      double[] inferred = rig.infer().forward().data();
      double[] byBatch = rig.train().freezeStatistics(2).forward().data(); // of epochs 0 and 1
      assertFalse(Arrays.equals(inferred, byBatch));
      assertArrayEquals(inferred, rig.freezeStatistics(3).forward().data());
      rig.checkGradients();
    }
  }

  @Test
  void neitherHalosNorThreadsChangeABit() {
    List<Shape> shapes = List.of(Shape.of(9, 11, 20));
    try (LayerRig plain = new LayerRig(LAYER, 5, shapes, 0, 1);
        LayerRig wide = new LayerRig(LAYER, 5, shapes, 3, 3)) {
      plain.backward();
      wide.backward();
      assertArrayEquals(Images.of(plain.output, 5).data(), Images.of(wide.output, 5).data());
      assertArrayEquals(
          Images.of(plain.inputGradients[0], 5).data(),
          Images.of(wide.inputGradients[0], 5).data());
      assertArrayEquals(plain.gradient, wide.gradient);
    }
  }

  @Test
  void optionsAreChecked() {
    check("batchNorm2d: epsilon must lie in (0, 1); got 0.0", 0f, 0.1f);
    check("batchNorm2d: epsilon must lie in (0, 1); got NaN", Float.NaN, 0.1f);
    check("batchNorm2d: momentum must lie in (0, 1]; got 0.0", 1e-5f, 0f);
    check("batchNorm2d: momentum must lie in (0, 1]; got 1.5", 1e-5f, 1.5f);
  }

  private static void check(String message, float epsilon, float momentum) {
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> new BatchNorm2d(epsilon, momentum));
    assertEquals(message, error.getMessage());
  }
}
