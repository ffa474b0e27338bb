package io.convoy.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.json.Families;
import io.convoy.layer.Layer;
import io.convoy.layer.Parameter;
import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import io.convoy.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each layer's output, and the gradients of its inputs and parameters, beside those of PyTorch's
 * own operators and differentiation, in double.
 */
class LayersTest {
  private static final double TOLERANCE = 1e-4;

  private static final int[] SAMPLES = {1, 3};

  /** Random numbers lie in [-8, 8), which has all bends of activations. */
  private static final int RANGE = 8;

  private static final float FINE = 0x1p-16f;

  /** Many numbers are equal, and some lie right on a bend. */
  private static final float WHOLE = 1;

  static List<LayerCase> cases() {
    return LayerCase.all();
  }

  @Test
  void eachLayerIsCompared() {
    Set<Class<?>> compared =
        cases().stream().map(given -> given.layer().getClass()).collect(Collectors.toSet());
    assertEquals(Set.copyOf(Families.members(Layer.class).values()), compared);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void outputsAndGradientsAreThoseOfPyTorch(LayerCase given) {
    for (List<Shape> shapes : given.shapes()) {
      for (int samples : SAMPLES) {
        compare(given, shapes, samples, FINE);
        if (!given.drawn()) {
          compare(given, shapes, samples, WHOLE);
        }
      }
    }
  }

  private static void compare(LayerCase given, List<Shape> shapes, int samples, float step) {
    Map<String, float[]> operands = operands(given.layer(), shapes, samples, step);
    Map<String, float[]> ours;
    try (BoundLayer bound = new BoundLayer(given, shapes, samples)) {
      ours = bound.results(operands);
    }
    Map<String, double[]> theirs =
        TorchLayer.results(given, shapes, samples, operands, ours.get(LayerCase.OUTPUT));
    assertEquals(theirs.keySet(), ours.keySet());
    theirs.forEach(
        (name, expected) ->
            assertClose(
                expected,
                ours.get(name),
                "%s, %s times %s, numbers in steps of %s".formatted(name, samples, shapes, step)));
  }

  /** Numbers for all inputs, parameters, and for the gradient of the output. */
  private static Map<String, float[]> operands(
      Layer layer, List<Shape> shapes, int samples, float step) {
    Map<String, float[]> operands = new LinkedHashMap<>();
    for (int k = 0; k < shapes.size(); k++) {
      int length = samples * shapes.get(k).elements();
      operands.put(LayerCase.INPUTS.get(k), numbers(operands.size(), length, step));
    }
    for (Parameter parameter : layer.parameters(shapes)) {
      float[] values = numbers(operands.size(), parameter.shape().elements(), step);
      for (int i = 0; i < values.length; i++) {
        boolean variance = parameter.role() == Parameter.Role.RUNNING_VARIANCE;
        values[i] = variance ? 1 + Math.abs(values[i]) : values[i];
      }
      operands.put(parameter.name(), values);
    }
    int length = samples * layer.outputShape(shapes).elements();
    operands.put(LayerCase.gradientOf(LayerCase.OUTPUT), numbers(operands.size(), length, step));
    return operands;
  }

  private static float[] numbers(int stream, int length, float step) {
    RandomStream random = new RandomStream(1, Purpose.SYNTHETIC_DATA, stream);
    int most = (int) (RANGE / step);
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = (random.below(2 * most, i) - most) * step;
    }
    return numbers;
  }

  private static void assertClose(double[] expected, float[] actual, String place) {
    assertEquals(expected.length, actual.length, place);
    double largest = 0;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertTrue(largest > 0, () -> place + ": all is 0");
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], TOLERANCE * largest, place + ", element " + i);
    }
  }
}
