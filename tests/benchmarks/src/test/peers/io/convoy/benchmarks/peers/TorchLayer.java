package io.convoy.benchmarks.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.convoy.layer.Parameter;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** A {@link LayerCase} in PyTorch, in double. */
final class TorchLayer {
  private final NDManager manager;
  private final Map<String, float[]> operands;
  private final Map<String, PtNDArray> leaves = new LinkedHashMap<>();
  private final List<String> trained = new ArrayList<>();

  private TorchLayer(NDManager manager, Map<String, float[]> operands) {
    this.manager = manager;
    this.operands = operands;
  }

  /**
   * The output, and the gradients of inputs and parameters, NCHW.
   *
   * @param operands by their names
   * @param output ours: says which elements were passed on
   */
  static Map<String, double[]> results(
      LayerCase given,
      List<Shape> shapes,
      int samples,
      Map<String, float[]> operands,
      float[] output) {
    try (NDManager manager = Torch.manager(1)) {
      TorchLayer layer = new TorchLayer(manager, operands);
      for (int k = 0; k < shapes.size(); k++) {
        layer.add(LayerCase.INPUTS.get(k), batch(samples, shapes.get(k)), true);
      }
      for (Parameter parameter : given.layer().parameters(shapes)) {
        layer.add(parameter.name(), extents(parameter.shape()), parameter.role().trained());
      }
      Shape shape = given.layer().outputShape(shapes);
      return layer.results(given, batch(samples, shape), output);
    }
  }

  private void add(String name, ai.djl.ndarray.types.Shape shape, boolean learns) {
    PtNDArray leaf = array(operands.get(name), shape);
    leaf.setRequiresGradient(learns);
    leaves.put(name, leaf);
    if (learns) {
      trained.add(name);
    }
  }

  private Map<String, double[]> results(
      LayerCase given, ai.djl.ndarray.types.Shape shape, float[] output) {
    float[] passed = new float[output.length];
    for (int i = 0; i < passed.length; i++) {
      passed[i] = output[i] == 0 ? 0 : 1;
    }
    leaves.put(LayerCase.PASSED, array(passed, shape));
    Map<String, double[]> results = new LinkedHashMap<>();
    JniUtils.setGradMode(true);
    try (TorchScript script = new TorchScript(manager, leaves.keySet(), given.expression())) {
      PtNDArray value = script.apply(leaves.values());
      results.put(LayerCase.OUTPUT, value.toDoubleArray());
      PtNDArray slopes = array(operands.get(LayerCase.gradientOf(LayerCase.OUTPUT)), shape);
      JniUtils.backward(value, slopes, false, false);
    }
    JniUtils.setGradMode(false);
    for (String name : trained) {
      results.put(LayerCase.gradientOf(name), leaves.get(name).getGradient().toDoubleArray());
    }
    return results;
  }

  private PtNDArray array(float[] values, ai.djl.ndarray.types.Shape shape) {
    NDArray array = manager.create(values, shape);
    return (PtNDArray) array.toType(DataType.FLOAT64, false);
  }

  /** NCHW, or [n, features]. */
  private static ai.djl.ndarray.types.Shape batch(int samples, Shape shape) {
    return shape.isVector()
        ? new ai.djl.ndarray.types.Shape(samples, shape.channels())
        : new ai.djl.ndarray.types.Shape(samples, shape.channels(), shape.height(), shape.width());
  }

  private static ai.djl.ndarray.types.Shape extents(Shape shape) {
    LongStream extents = Arrays.stream(shape.toArray()).asLongStream();
    return new ai.djl.ndarray.types.Shape(extents.toArray());
  }
}
