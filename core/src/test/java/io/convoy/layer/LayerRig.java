package io.convoy.layer;

import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.operation.Binding;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.operation.Fusion;
import io.convoy.operation.Operation;
import io.convoy.operation.Pass;
import io.convoy.operation.PassCapacity;
import io.convoy.operation.PassKind;
import io.convoy.reference.GradientCheck;
import io.convoy.reference.Images;
import io.convoy.reference.Numbers;
import io.convoy.tensor.Arena;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** One layer alone, on buffers with halos of at least what it asks for, with room to spare. */
final class LayerRig implements AutoCloseable {
  static final int SPARE_SAMPLES = 1;

  final Layer layer;
  final int samples;
  final List<Tensor> inputs = new ArrayList<>();
  final Tensor[] inputGradients;
  final Tensor output;
  final Tensor outputGradient;
  final float[] state;
  final float[] gradient;
  final float[] projection;
  final int[] offsets;
  final List<Parameter> parameters;
  private final WorkPool pool;
  private final Operation operation;
  private final Pass pass;

  /**
   * @param extraHalo zero pixels that others ask for beyond this layer's own
   */
  LayerRig(Layer layer, int samples, List<Shape> shapes, int extraHalo, int threads) {
    this.layer = layer;
    this.samples = samples;
    Arena arena = new Arena();
    int capacity = samples + SPARE_SAMPLES;
    inputGradients = new Tensor[shapes.size()];
    for (int k = 0; k < shapes.size(); k++) {
      inputs.add(arena.tensor(capacity, shapes.get(k), layer.inputHalo(shapes) + extraHalo));
      inputGradients[k] = arena.tensor(capacity, shapes.get(k), extraHalo);
      fillInput(k, Numbers.array(10 + k, samples * shapes.get(k).elements()));
    }
    Shape shape = layer.outputShape(shapes);
    output = arena.tensor(capacity, shape, extraHalo);
    outputGradient = arena.tensor(capacity, shape, layer.outputGradientHalo(shapes) + extraHalo);
    parameters = layer.parameters(shapes);
    offsets = new int[parameters.size()];
    int length = 3; // the layer's parameters do not start the state
    for (int p = 0; p < offsets.length; p++) {
      offsets[p] = length;
      length += parameters.get(p).shape().elements();
    }
    state = Numbers.array(20, length + 2);
    gradient = new float[state.length];
    projection = Numbers.array(30, samples * shape.elements());
    pool = new WorkPool(threads);
    pass = new Pass(capacity);
    operation =
        layer.bind(
            new Binding(
                PassKind.TRAINING,
                PassCapacity.of(capacity),
                4,
                Fusion.NONE,
                inputs,
                output,
                inputGradients,
                new boolean[inputs.size()],
                outputGradient,
                offsets,
                ConvolutionAlgorithm.AUTO,
                KernelProvider.kernels(),
                pool,
                arena));
    train();
  }

  static LayerRig of(Layer layer, int samples, int... shape) {
    return new LayerRig(layer, samples, List.of(Shape.of(shape)), 0, 1);
  }

  /** Turns to a training pass with a fixed seed, epoch and samples. */
  LayerRig train() {
    int[] ids = new int[samples];
    for (int n = 0; n < samples; n++) {
      ids[n] = 1000 + 7 * n;
    }
    pass.training(samples, 5, 2, ids, 0);
    return this;
  }

  /** For so many epochs; passes are of the third. */
  LayerRig freezeStatistics(int epochs) {
    operation.freezeStatistics(epochs);
    return this;
  }

  LayerRig infer() {
    pass.inference(samples);
    return this;
  }

  void fillInput(int k, float[] values) {
    GradientCheck.fill(inputs.get(k), samples, values);
  }

  Images input(int k) {
    return Images.of(inputs.get(k), samples);
  }

  Images forward() {
    GradientCheck.spoil(output, samples);
    operation.load(state);
    operation.forward(pass);
    return Images.of(output, samples);
  }

  /** A forward and a backward pass with the projection as the output's gradient. */
  void backward() {
    forward();
    java.util.Arrays.fill(gradient, Float.NaN);
    for (Tensor tensor : inputGradients) {
      GradientCheck.spoil(tensor, samples);
    }
    GradientCheck.fill(outputGradient, samples, projection);
    operation.backward(pass, gradient);
  }

  double loss() {
    operation.load(state);
    operation.forward(pass);
    return GradientCheck.project(output, samples, projection);
  }

  double[] parameter(int p) {
    double[] values = new double[parameters.get(p).shape().elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = state[offsets[p] + i];
    }
    return values;
  }

  void setParameter(int p, float[] values) {
    System.arraycopy(values, 0, state, offsets[p], values.length);
  }

  /** Checks the gradients of all inputs and of all trained parameters. */
  void checkGradients() {
    backward();
    float[] analytic = gradient.clone();
    GradientCheck check = new GradientCheck(this::loss);
    for (int p = 0; p < offsets.length; p++) {
      Parameter parameter = parameters.get(p);
      if (parameter.role().trained()) {
        int length = parameter.shape().elements();
        check.check(layer + " " + parameter.name(), state, analytic, offsets[p], length);
      }
    }
    for (int k = 0; k < inputs.size(); k++) {
      check.check(layer + " input " + k, inputs.get(k), inputGradients[k], samples);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
