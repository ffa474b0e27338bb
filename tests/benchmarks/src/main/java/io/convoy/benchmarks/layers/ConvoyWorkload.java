package io.convoy.benchmarks.layers;

import io.convoy.benchmarks.timing.Tensors;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.Layer;
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
import java.util.List;

/**
 * One layer bound as a network binds it. A backward pass computes both gradients at once; so the
 * layer is bound twice over the same tensors, once without a gradient of its input, as a network's
 * first layer is. The time of that one's backward pass is that of the weights' gradient; what the
 * other takes longer is that of the input's gradient.
 *
 * <p>What packing takes follows by the same difference: the first layer packs its weights for the
 * forward pass alone, the other for the backward pass for data, too.
 */
final class ConvoyWorkload implements Workload {
  private final Tensor input;
  private final Tensor output;
  private final Tensor inputGradient;
  private final Operation first;
  private final Operation inner;
  private final Pass pass;
  private final float[] state;
  private final float[] gradient;

  ConvoyWorkload(Problem problem, Operands operands, WorkPool pool) {
    this.state = operands.weights();
    this.gradient = new float[state.length];
    int batch = problem.batch();
    Layer layer = ConvoyContender.layer(problem.shape());
    Shape shape = ConvoyContender.inputShape(problem.shape());
    List<Shape> inputs = List.of(shape);
    Shape outputShape = layer.outputShape(inputs);
    Arena arena = new Arena();
    input = arena.tensor(batch, shape, layer.inputHalo(inputs));
    output = arena.tensor(batch, outputShape, 0);
    Tensor outputGradient = arena.tensor(batch, outputShape, layer.outputGradientHalo(inputs));
    boolean asked = problem.directions().contains(Direction.BACKWARD_DATA);
    inputGradient = asked ? arena.tensor(batch, shape, 0) : null;
    Tensors.write(operands.input(), input);
    Tensors.write(operands.outputGradient(), outputGradient);
    first = layer.bind(binding(null, outputGradient, pool, arena));
    inner =
        asked
            ? layer.bind(binding(new Tensor[] {inputGradient}, outputGradient, pool, arena))
            : first;
    pass = new Pass(batch).training(batch, 1, 0, new int[batch], 0);
    for (Operation operation : List.of(first, inner)) {
      operation.load(state);
      operation.forward(pass);
    }
  }

  private Binding binding(
      Tensor[] inputGradients, Tensor outputGradient, WorkPool pool, Arena arena) {
    return new Binding(
        PassKind.TRAINING,
        PassCapacity.of(input.capacity()),
        0,
        Fusion.NONE,
        List.of(input),
        output,
        inputGradients,
        new boolean[1],
        outputGradient,
        new int[] {0},
        ConvolutionAlgorithm.AUTO,
        KernelProvider.kernels(),
        pool,
        arena);
  }

  @Override
  public long nanos(Direction direction) {
    return switch (direction) {
      case FORWARD -> forward();
      case BACKWARD_DATA -> backward(inner) - backward(first);
      case BACKWARD_WEIGHTS -> backward(first);
    };
  }

  @Override
  public long packingNanos(Direction direction) {
    return switch (direction) {
      case FORWARD -> load(first);
      case BACKWARD_DATA -> load(inner) - load(first);
      case BACKWARD_WEIGHTS -> 0;
    };
  }

  private long forward() {
    long start = System.nanoTime();
    first.forward(pass);
    return System.nanoTime() - start;
  }

  private long load(Operation operation) {
    long start = System.nanoTime();
    operation.load(state);
    return System.nanoTime() - start;
  }

  private long backward(Operation operation) {
    long start = System.nanoTime();
    operation.backward(pass, gradient);
    return System.nanoTime() - start;
  }

  @Override
  public float[] result(Direction direction) {
    return switch (direction) {
      case FORWARD -> Tensors.read(output);
      case BACKWARD_DATA -> Tensors.read(inputGradient);
      case BACKWARD_WEIGHTS -> gradient.clone();
    };
  }
}
