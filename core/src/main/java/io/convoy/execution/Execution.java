package io.convoy.execution;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.layer.Parameter;
import io.convoy.network.Network;
import io.convoy.network.Node;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.operation.Pass;
import io.convoy.operation.PassCapacity;
import io.convoy.operation.PassKind;
import io.convoy.plan.ExecutionPlan;
import io.convoy.plan.PlanRules;
import io.convoy.plan.PlannedStep;
import io.convoy.tensor.Arena;
import io.convoy.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * A network at work, as an {@link ExecutionPlan} says: all memory is taken at the start; passes
 * allocate nothing. One thread at a time; its kernels run on the pool's threads.
 */
public final class Execution {
  private final ExecutionPlan plan;
  private final WarmUp warmUp;
  private final WorkPool pool;
  private final Arena arena;
  private final BoundPlan bound;
  private final List<BoundPlan.Step> steps;

  /** For each step, in how many epochs nothing up to it is trained. */
  private final int[] frozenEpochs;

  private final WorkPool.Block clearBlock = this::clearHalo;
  private Tensor framed;

  private Execution(
      Network network,
      ExecutionPlan plan,
      PassCapacity capacity,
      ConvolutionAlgorithm convolution,
      Kernels kernels,
      WorkPool pool,
      Arena arena) {
    this.plan = plan;
    this.warmUp = new WarmUp(plan, capacity, convolution, kernels);
    this.pool = pool;
    this.arena = arena;
    this.bound = new BoundPlan(network, plan, capacity, convolution, kernels, pool, arena);
    this.steps = bound.steps();
    this.frozenEpochs = new int[steps.size()];
  }

  /** For forward and backward passes. */
  public static Execution training(
      Network network,
      PassCapacity capacity,
      ConvolutionAlgorithm convolution,
      Kernels kernels,
      WorkPool pool) {
    return of(PassKind.TRAINING, network, capacity, convolution, kernels, pool);
  }

  /** The same over one shard of up to so many samples, with the convolutions of their shapes. */
  public static Execution training(Network network, int samples, Kernels kernels, WorkPool pool) {
    PassCapacity one = PassCapacity.of(samples);
    return training(network, one, ConvolutionAlgorithm.AUTO, kernels, pool);
  }

  /** For forward passes in inference. */
  public static Execution inference(
      Network network,
      PassCapacity capacity,
      ConvolutionAlgorithm convolution,
      Kernels kernels,
      WorkPool pool) {
    return of(PassKind.INFERENCE, network, capacity, convolution, kernels, pool);
  }

  /** The same, where a pass is a batch. */
  public static Execution inference(
      Network network,
      int capacity,
      ConvolutionAlgorithm convolution,
      Kernels kernels,
      WorkPool pool) {
    return inference(network, PassCapacity.of(capacity), convolution, kernels, pool);
  }

  /** The same, with the convolutions that follow from shapes. */
  public static Execution inference(Network network, int capacity, Kernels kernels, WorkPool pool) {
    return inference(network, capacity, ConvolutionAlgorithm.AUTO, kernels, pool);
  }

  /**
   * For passes of inference that go backward as well: from the gradients of the outputs to that of
   * the input, and to those of outputs that other layers read. Parameters get none.
   */
  public static Execution attribution(
      Network network,
      PassCapacity capacity,
      ConvolutionAlgorithm convolution,
      Kernels kernels,
      WorkPool pool) {
    return of(PassKind.ATTRIBUTION, network, capacity, convolution, kernels, pool);
  }

  private static Execution of(
      PassKind kind,
      Network network,
      PassCapacity capacity,
      ConvolutionAlgorithm convolution,
      Kernels kernels,
      WorkPool pool) {
    ExecutionPlan plan = ExecutionPlan.of(network, capacity.samples(), kind, PlanRules.ALL);
    return new Execution(network, plan, capacity, convolution, kernels, pool, new Arena());
  }

  /** By a plan for this network. */
  static Execution of(Network network, ExecutionPlan plan, Kernels kernels, WorkPool pool) {
    PassCapacity one = PassCapacity.of(plan.capacity());
    return new Execution(network, plan, one, ConvolutionAlgorithm.AUTO, kernels, pool, new Arena());
  }

  /**
   * What {@link #training} would take, without taking it: the same plan, over an arena that only
   * counts.
   *
   * @param kernels those that would compute: their panels' width counts
   * @param pool the pool that would work: its number of threads counts
   */
  public static BufferPlan planTraining(
      Network network,
      PassCapacity capacity,
      ConvolutionAlgorithm convolution,
      Kernels kernels,
      WorkPool pool) {
    ExecutionPlan plan =
        ExecutionPlan.of(network, capacity.samples(), PassKind.TRAINING, PlanRules.ALL);
    return bufferPlan(network, plan, capacity, convolution, kernels, pool);
  }

  /** Bytes that activations and gradients take in a training pass over so many samples. */
  public static long activationBytes(Network network, int samples) {
    return ExecutionPlan.of(network, samples, PassKind.TRAINING, PlanRules.ALL).length()
        * Float.BYTES;
  }

  /** What {@link #inference} would take, likewise. */
  public static BufferPlan planInference(
      Network network,
      int capacity,
      ConvolutionAlgorithm convolution,
      Kernels kernels,
      WorkPool pool) {
    ExecutionPlan plan = ExecutionPlan.of(network, capacity, PassKind.INFERENCE, PlanRules.ALL);
    return bufferPlan(network, plan, PassCapacity.of(capacity), convolution, kernels, pool);
  }

  static BufferPlan bufferPlan(
      Network network,
      ExecutionPlan plan,
      PassCapacity capacity,
      ConvolutionAlgorithm convolution,
      Kernels kernels,
      WorkPool pool) {
    Execution planned =
        new Execution(network, plan, capacity, convolution, kernels, pool, Arena.planning());
    Map<String, Long> activations = new LinkedHashMap<>();
    activations.put(Network.INPUT, planned.input().bytes());
    for (Node node : network.nodes()) {
      activations.put(node.name(), planned.activationBytes(node.name()));
    }
    return new BufferPlan(planned.bytes(), activations);
  }

  private long activationBytes(String layer) {
    Tensor activation = tensor(plan.activation(layer));
    return activation == null ? 0 : activation.bytes();
  }

  /** A planned buffer; null for {@link PlannedStep#NONE}. */
  Tensor tensor(int buffer) {
    return bound.tensor(buffer);
  }

  /**
   * Freezes arrays for some epochs: batch norms then normalise by their moving averages in training
   * too, and a backward pass ends before layers of which, and before which, nothing is trained.
   * What it would have written for these means nothing.
   *
   * @param epochs for the name of an array, in how many epochs, from the first on
   */
  public void freeze(ToIntFunction<String> epochs) {
    int before = Integer.MAX_VALUE;
    for (int i = 0; i < steps.size(); i++) {
      Node node = steps.get(i).plan().group().leading();
      int averages = 0;
      for (Parameter parameter : node.layer().parameters(node.inputShapes())) {
        int frozen = epochs.applyAsInt(node.name() + "." + parameter.name());
        before = Math.min(before, frozen);
        averages = parameter.role().trained() ? averages : Math.max(averages, frozen);
      }
      frozenEpochs[i] = before;
      steps.get(i).operation().freezeStatistics(averages);
    }
  }

  /** Takes the weights and moving averages of a state vector; it must not change until the next. */
  public void load(float[] state) {
    for (BoundPlan.Step step : steps) {
      step.operation().load(state);
    }
  }

  /** The input: fill the interior of the first samples before a pass; passes leave it. */
  public Tensor input() {
    return tensor(ExecutionPlan.INPUT);
  }

  /** The network's first output. */
  public Tensor output() {
    return output(0);
  }

  /** Output {@code k}, in the network's order; in training, the auxiliary ones come behind. */
  public Tensor output(int k) {
    return tensor(plan.outputs().get(k).activation());
  }

  /** The gradient of the first output. */
  public Tensor outputGradient() {
    return outputGradient(0);
  }

  /**
   * The gradient of output {@code k}: fill it before a backward pass, which may write over it. In
   * attribution, the pass adds the gradients by layers that read the output: it is whole then. Null
   * for inference.
   */
  public Tensor outputGradient(int k) {
    return tensor(plan.outputs().get(k).gradient());
  }

  /** In attribution, what a backward pass leaves: the input's gradient; else null. */
  public Tensor inputGradient() {
    return tensor(plan.inputGradient());
  }

  /** What its kernels need before the first step that is to be fast. */
  public WarmUp warmUp() {
    return warmUp;
  }

  /** Bytes of all buffers, those of the operations included. */
  public long bytes() {
    return arena.bytes();
  }

  public void forward(Pass pass) {
    for (BoundPlan.Step step : steps) {
      forward(step, pass);
    }
  }

  /** The same, watched layer by layer. */
  public void forward(Pass pass, PassObserver observer) {
    for (BoundPlan.Step step : steps) {
      forward(step, pass);
      observer.computed(step.plan().group().nodes(), tensor(step.plan().output()));
    }
  }

  private void forward(BoundPlan.Step step, Pass pass) {
    clearHalos(step.framedForward(), pass.samples());
    step.operation().forward(pass);
  }

  /**
   * Writes the gradients of the parameters, and the batch's moments, in the state's layout.
   *
   * @param gradient null in attribution, which has no such gradients
   */
  public void backward(Pass pass, float[] gradient) {
    backward(pass, gradient, (layers, output) -> {});
  }

  /** The same, watched layer by layer: of each, what it has read, the gradient of its output. */
  public void backward(Pass pass, float[] gradient, PassObserver observer) {
    for (int i = steps.size() - 1; i >= 0 && pass.epoch() >= frozenEpochs[i]; i--) {
      BoundPlan.Step step = steps.get(i);
      clearHalos(step.framedBackward(), pass.samples());
      step.operation().backward(pass, gradient);
      for (int s = 0; s < step.sums().size(); s++) {
        step.sums().get(s).run(pass.samples());
      }
      observer.computed(step.plan().group().nodes(), tensor(step.plan().outputGradient()));
    }
  }

  /**
   * Writes the batch's moments, after a forward pass in training, where {@link #backward} would:
   * instead of it, for weights that are not trained.
   */
  public void moments(Pass pass, float[] moments) {
    for (BoundPlan.Step step : steps) {
      step.operation().moments(pass, moments);
    }
  }

  private void clearHalos(List<Tensor> tensors, int samples) {
    for (int i = 0; i < tensors.size(); i++) {
      framed = tensors.get(i);
      pool.run(samples, clearBlock);
    }
  }

  private void clearHalo(int n, int thread) {
    framed.clearHalo(n);
  }

  /**
   * For each shard the first layer, in the graph's order, whose output holds a NaN or infinity;
   * null if none. Of layers that are computed together it names the first. Activations do not
   * outlive their use, so this goes forward again, by the same bits, over the same input.
   */
  public String[] firstNonFinite(Pass pass) {
    String[] first = new String[pass.shards()];
    for (BoundPlan.Step step : steps) {
      forward(step, pass); // to the end, so that a backward pass may follow
      Tensor output = tensor(step.plan().output());
      for (int shard = 0; shard < first.length; shard++) {
        if (first[shard] == null && !finite(output, pass.start(shard), pass.start(shard + 1))) {
          first[shard] = step.plan().group().leading().name();
        }
      }
    }
    return first;
  }

  /** Whether all values of samples [from, until) are numbers. */
  private static boolean finite(Tensor y, int from, int until) {
    int length = y.shape().width() * y.shape().channels();
    for (int n = from; n < until; n++) {
      for (int h = 0; h < y.shape().height(); h++) {
        int start = y.at(n, h, 0);
        for (int i = start; i < start + length; i++) {
          if (!Float.isFinite(y.data()[i])) {
            return false;
          }
        }
      }
    }
    return true;
  }
}
