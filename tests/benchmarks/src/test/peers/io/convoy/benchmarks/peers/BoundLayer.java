package io.convoy.benchmarks.peers;

import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.Layer;
import io.convoy.layer.Parameter;
import io.convoy.operation.Binding;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.operation.Fusion;
import io.convoy.operation.Operation;
import io.convoy.operation.Pass;
import io.convoy.operation.PassCapacity;
import io.convoy.operation.PassKind;
import io.convoy.tensor.Arena;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The layer of a {@link LayerCase} alone, in training. Arrays go in and out as NCHW. */
final class BoundLayer implements AutoCloseable {
  private static final int THREADS = 2;

  /** By which stochastic depth drops the last of three samples alone. */
  private static final long SEED = 4;

  private final int samples;
  private final List<Tensor> inputs = new ArrayList<>();
  private final Tensor[] inputGradients;
  private final Tensor output;
  private final Tensor outputGradient;
  private final List<Parameter> parameters;
  private final int[] offsets;
  private final float[] state;
  private final float[] gradient;
  private final WorkPool pool = new WorkPool(THREADS);
  private final Operation operation;

  /**
   * @param shapes of a sample of each input
   */
  BoundLayer(LayerCase given, List<Shape> shapes, int samples) {
    Layer layer = given.layer();
    this.samples = samples;
    Arena arena = new Arena();
    int halo = layer.inputHalo(shapes);
    shapes.forEach(shape -> inputs.add(arena.tensor(samples, shape, halo)));
    inputGradients =
        shapes.stream().map(shape -> arena.tensor(samples, shape, 0)).toArray(Tensor[]::new);
    Shape shape = layer.outputShape(shapes);
    output = arena.tensor(samples, shape, 0);
    outputGradient = arena.tensor(samples, shape, layer.outputGradientHalo(shapes));
    parameters = layer.parameters(shapes);
    offsets = new int[parameters.size()];
    int length = 0;
    for (int p = 0; p < offsets.length; p++) {
      offsets[p] = length;
      length += parameters.get(p).shape().elements();
    }
    state = new float[length];
    gradient = new float[length];
    operation =
        layer.bind(
            new Binding(
                PassKind.TRAINING,
                PassCapacity.of(samples),
                0,
                Fusion.NONE,
                inputs,
                output,
                inputGradients,
                new boolean[shapes.size()],
                outputGradient,
                offsets,
                ConvolutionAlgorithm.AUTO,
                KernelProvider.kernels(),
                pool,
                arena));
    if (given.frozen()) {
      operation.freezeStatistics(1);
    }
  }

  /**
   * The output of a forward pass, and the gradients of inputs and trained parameters.
   *
   * @param operands by their names: inputs, parameters, and the gradient of the output
   */
  Map<String, float[]> results(Map<String, float[]> operands) {
    for (int k = 0; k < inputs.size(); k++) {
      write(operands.get(LayerCase.INPUTS.get(k)), inputs.get(k));
    }
    for (int p = 0; p < offsets.length; p++) {
      float[] values = operands.get(parameters.get(p).name());
      System.arraycopy(values, 0, state, offsets[p], values.length);
    }
    write(operands.get(LayerCase.gradientOf(LayerCase.OUTPUT)), outputGradient);
    int[] ids = new int[samples];
    Arrays.setAll(ids, n -> n);
    Pass pass = new Pass(samples).training(samples, SEED, 0, ids, 0);
    operation.load(state);
    operation.forward(pass);
    operation.backward(pass, gradient);
    return results();
  }

  private Map<String, float[]> results() {
    Map<String, float[]> results = new LinkedHashMap<>();
    results.put(LayerCase.OUTPUT, read(output));
    for (int k = 0; k < inputs.size(); k++) {
      results.put(LayerCase.gradientOf(LayerCase.INPUTS.get(k)), read(inputGradients[k]));
    }
    for (int p = 0; p < offsets.length; p++) {
      Parameter parameter = parameters.get(p);
      if (parameter.role().trained()) {
        int end = offsets[p] + parameter.shape().elements();
        float[] values = Arrays.copyOfRange(gradient, offsets[p], end);
        results.put(LayerCase.gradientOf(parameter.name()), values);
      }
    }
    return results;
  }

  private void write(float[] values, Tensor tensor) {
    visit(tensor, (place, i) -> tensor.data()[place] = values[i]);
  }

  private float[] read(Tensor tensor) {
    float[] values = new float[samples * tensor.shape().elements()];
    visit(tensor, (place, i) -> values[i] = tensor.data()[place]);
    return values;
  }

  private interface Visit {
    void element(int place, int nchw);
  }

  private void visit(Tensor tensor, Visit visit) {
    Shape shape = tensor.shape();
    int i = 0;
    for (int n = 0; n < samples; n++) {
      for (int c = 0; c < shape.channels(); c++) {
        for (int h = 0; h < shape.height(); h++) {
          for (int w = 0; w < shape.width(); w++) {
            visit.element(tensor.at(n, h, w) + c, i++);
          }
        }
      }
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
