package io.convoy.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.reference.Images;
import io.convoy.reference.Numbers;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Group, instance and layer normalisation, unit length, local response, softmax. */
class NormalizationLayersTest {
  private static final Shape IMAGE = Shape.of(5, 7, 12);

  static Stream<Layer> layers() {
    return Stream.of(
        new GroupNorm(1, 1e-5f, true),
        new GroupNorm(3, 1e-5f, true),
        new GroupNorm(12, 1e-3f, true),
        new GroupNorm(4, 1e-5f, false),
        new InstanceNorm(1e-5f, true),
        new InstanceNorm(1e-5f, false),
        new LayerNorm(1e-5f, true),
        new LayerNorm(1e-3f, false),
        new L2Norm(1e-12f),
        new L2Norm(0.5f),
        new LocalResponseNorm(5, 0.7f, 0.75f, 1f),
        new LocalResponseNorm(3, 2f, 0.5f, 2f),
        new LocalResponseNorm(25, 1f, 1f, 0.5f),
        new Softmax(),
        new LogSoftmax());
  }

  @ParameterizedTest
  @MethodSource("layers")
  void outputsAreThoseOfTheFormulaAndGradientsThoseOfDifferences(Layer layer) {
    for (int halo : new int[] {0, 2}) {
      try (LayerRig rig = new LayerRig(layer, 3, List.of(IMAGE), halo, 2)) {
        Images x = rig.input(0);
        Images y = rig.forward();
        y.forEach(
            (n, c, h, w) ->
                assertEquals(
                    reference(rig, x, n, c, h, w),
                    y.get(n, c, h, w),
                    4e-6,
                    "%s at %s, %s, %s, %s".formatted(layer, n, c, h, w)));
        rig.checkGradients();
      }
    }
  }

  private static double reference(LayerRig rig, Images x, int n, int c, int h, int w) {
    double value = x.get(n, c, h, w);
    Layer layer = rig.layer;
    if (layer instanceof GroupNorm norm) {
      int size = x.channels() / norm.groups();
      List<Double> all = values(x, n, i -> i / size == c / size);
      return normalized(rig, value, c, all, norm.epsilon(), norm.affine());
    }
    if (layer instanceof InstanceNorm norm) {
      return normalized(rig, value, c, values(x, n, i -> i == c), norm.epsilon(), norm.affine());
    }
    List<Double> pixel = pixel(x, n, h, w);
    if (layer instanceof LayerNorm norm) {
      return normalized(rig, value, c, pixel, norm.epsilon(), norm.affine());
    }
    if (layer instanceof L2Norm norm) {
      double length = Math.sqrt(pixel.stream().mapToDouble(v -> v * v).sum());
      return value / Math.max(length, norm.epsilon());
    }
    if (layer instanceof LocalResponseNorm norm) {
      double squares = 0;
      int reach = (norm.size() - 1) / 2;
      for (int j = Math.max(0, c - reach); j <= Math.min(x.channels() - 1, c + reach); j++) {
        squares += pixel.get(j) * pixel.get(j);
      }
      return value / Math.pow(norm.k() + norm.alpha() / norm.size() * squares, norm.beta());
    }
    double sum = pixel.stream().mapToDouble(Math::exp).sum();
    boolean log = layer instanceof LogSoftmax;
    return log ? value - Math.log(sum) : Math.exp(value) / sum;
  }

  private static double normalized(
      LayerRig rig, double value, int c, List<Double> all, double epsilon, boolean affine) {
    double mean = all.stream().mapToDouble(v -> v).average().orElseThrow();
    double variance =
        all.stream().mapToDouble(v -> (v - mean) * (v - mean)).average().orElseThrow();
    double normal = (value - mean) / Math.sqrt(variance + epsilon);
    return affine ? normal * rig.parameter(0)[c] + rig.parameter(1)[c] : normal;
  }

  private static List<Double> values(Images x, int sample, IntPredicate channels) {
    List<Double> values = new ArrayList<>();
    x.forEach(
        (n, c, h, w) -> {
          if (n == sample && channels.test(c)) {
            values.add(x.get(n, c, h, w));
          }
        });
    return values;
  }

  private static List<Double> pixel(Images x, int n, int h, int w) {
    List<Double> pixel = new ArrayList<>();
    for (int c = 0; c < x.channels(); c++) {
      pixel.add(x.get(n, c, h, w));
    }
    return pixel;
  }

  @ParameterizedTest
  @MethodSource("layers")
  void neitherThreadsNorHalosNorNeighboursChangeABit(Layer layer) {
    try (LayerRig one = new LayerRig(layer, 1, List.of(IMAGE), 0, 1);
        LayerRig many = new LayerRig(layer, 5, List.of(IMAGE), 3, 3);
        LayerRig alike = new LayerRig(layer, 5, List.of(IMAGE), 0, 1)) {
      many.backward();
      alike.backward();
      assertArrayEquals(Images.of(alike.output, 5).data(), Images.of(many.output, 5).data());
      assertArrayEquals(
          Images.of(alike.inputGradients[0], 5).data(),
          Images.of(many.inputGradients[0], 5).data());
      assertArrayEquals(alike.gradient, many.gradient);
      int sample = IMAGE.elements();
      double[] first = java.util.Arrays.copyOf(Images.of(many.output, 5).data(), sample);
      assertArrayEquals(one.forward().data(), first);
    }
  }

  @ParameterizedTest
  @MethodSource("layers")
  void aVectorIsAnImageOfOnePixel(Layer layer) {
    if (layer instanceof GroupNorm || layer instanceof InstanceNorm) {
      ConvoyException error =
          assertThrows(ConvoyException.class, () -> layer.outputShape(List.of(Shape.of(12))));
      assertTrue(error.getMessage().contains("takes an image"), error.getMessage());
      return;
    }
    try (LayerRig vector = LayerRig.of(layer, 3, 12);
        LayerRig image = LayerRig.of(layer, 3, 1, 1, 12)) {
      assertArrayEquals(image.forward().data(), vector.forward().data());
      vector.checkGradients();
    }
  }

  /** Of numbers whose squares a float would lose beside the mean's. */
  @Test
  void aLargeMeanCostsNoDigits() {
    for (Layer layer : List.of(new GroupNorm(1, 1e-5f, false), new LayerNorm(1e-5f, false))) {
      try (LayerRig rig = LayerRig.of(layer, 1, 1, 1, 16)) {
        float[] x = new float[16];
        for (int i = 0; i < 16; i++) {
          x[i] = 4096 + i;
        }
        rig.fillInput(0, x);
        Images y = rig.forward();
        double deviation = Math.sqrt((16 * 16 - 1) / 12.0);
        for (int i = 0; i < 16; i++) {
          assertEquals((i - 7.5) / deviation, y.data()[i], 1e-5, layer + " " + i);
        }
      }
    }
  }

  @Test
  void softmaxOfLargeLogitsIsFinite() {
    float[] x = {1000, 999, -1000};
    try (LayerRig soft = LayerRig.of(new Softmax(), 1, 3);
        LayerRig log = LayerRig.of(new LogSoftmax(), 1, 3)) {
      soft.fillInput(0, x);
      log.fillInput(0, x);
      double first = 1 / (1 + Math.exp(-1));
      assertArrayEquals(new double[] {first, 1 - first, 0}, soft.forward().data(), 1e-6);
      assertArrayEquals(
          new double[] {Math.log(first), Math.log(1 - first), -2000 + Math.log(first)},
          log.forward().data(),
          1e-3);
    }
  }

  /** The gradient of a length of zero is finite. */
  @Test
  void unitLengthOfZeroIsZero() {
    try (LayerRig rig = LayerRig.of(new L2Norm(1e-12f), 1, 5)) {
      rig.fillInput(0, new float[5]);
      rig.backward();
      assertArrayEquals(new double[5], Images.of(rig.output, 1).data());
      for (double slope : Images.of(rig.inputGradients[0], 1).data()) {
        assertTrue(Double.isFinite(slope));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'groupNorm', groups: 5| groupNorm: groups must divide the input's channels; got groups 5,"
            + " input 9x7x3",
        "'groupNorm', groups: 0| groupNorm: groups must be at least 1; got 0",
        "'layerNorm', epsilon: 0| layerNorm: epsilon must lie in (0, 1); got 0.0",
        "'instanceNorm', epsilon: 2| instanceNorm: epsilon must lie in (0, 1); got 2.0",
        "'l2Norm', epsilon: -1| l2Norm: epsilon must lie in (0, 1); got -1.0",
        "'localResponseNorm', size: 4| localResponseNorm: size must be odd and at least 1, since"
            + " tools differ on the middle of an even one; got 4",
        "'localResponseNorm', k: 0| localResponseNorm: alpha and beta must be at least 0, k above"
            + " 0; got alpha 1.0E-4, beta 0.75, k 0.0",
      })
  void whatDoesNotFitIsRefused(String options, String message) {
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> Problem.parse("1 | 9, 7, 3 | type: " + options));
    String text = error.getMessage();
    assertEquals(message, text.substring(text.indexOf(": ") + 2));
  }

  @Test
  void inputsOfAllSizesStayFinite() {
    float[] x = Numbers.array(3, IMAGE.elements());
    for (float scale : new float[] {1e-6f, 1f, 1e6f}) {
      float[] scaled = x.clone();
      for (int i = 0; i < scaled.length; i++) {
        scaled[i] *= scale;
      }
      layers()
          .forEach(
              layer -> {
                try (LayerRig rig = new LayerRig(layer, 1, List.of(IMAGE), 0, 1)) {
                  rig.fillInput(0, scaled);
                  rig.backward();
                  for (double value : Images.of(rig.inputGradients[0], 1).data()) {
                    assertTrue(Double.isFinite(value), layer + " at " + scale);
                  }
                }
              });
    }
  }
}
