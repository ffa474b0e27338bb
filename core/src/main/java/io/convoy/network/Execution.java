package io.convoy.network;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.layer.Binding;
import io.convoy.layer.Operation;
import io.convoy.layer.Pass;
import io.convoy.tensor.Arena;
import io.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network on planned memory: all buffers are taken here, once; passes allocate nothing that
 * grows. One thread at a time; its kernels run on the pool's threads.
 */
public final class Execution {
  private static final class Step {
    Node node;
    Operation operation;
    List<Sum> sums = List.of();
  }

  /** Where a node feeds several layers: what the later one adds to the gradient of the first. */
  private record Sum(Tensor part, Tensor total) {}

  private final Kernels kernels;
  private final Arena arena;
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, Tensor> activations = new HashMap<>();
  private final Map<String, Tensor> gradients = new HashMap<>();
  private final Network network;

  private Execution(
      Network network,
      int capacity,
      boolean training,
      Kernels kernels,
      WorkPool pool,
      Arena arena) {
    this.network = network;
    this.kernels = kernels;
    this.arena = arena;
    planBuffers(capacity, training);
    Map<String, Tensor[]> inputGradients = training ? planGradients(capacity) : Map.of();
    Map<String, Integer> offsets = new HashMap<>();
    for (StateLayout.Entry entry : network.layout().entries()) {
      offsets.put(entry.name(), entry.offset());
    }
    for (int i = 0; i < network.nodes().size(); i++) {
      Step step = steps.get(i);
      Node node = step.node;
      int[] places =
          node.layer().parameters(node.inputShapes()).stream()
              .mapToInt(p -> offsets.get(node.name() + "." + p.name()))
              .toArray();
      step.operation =
          node.layer()
              .bind(
                  new Binding(
                      i,
                      node.inputs().stream().map(activations::get).toList(),
                      activations.get(node.name()),
                      inputGradients.get(node.name()),
                      gradients.get(node.name()),
                      places,
                      kernels,
                      pool,
                      arena));
    }
  }

  /** For forward and backward passes over up to {@code capacity} samples. */
  public static Execution training(Network network, int capacity, Kernels kernels, WorkPool pool) {
    return new Execution(network, capacity, true, kernels, pool, new Arena());
  }

  /** For forward passes in inference. */
  public static Execution inference(Network network, int capacity, Kernels kernels, WorkPool pool) {
    return new Execution(network, capacity, false, kernels, pool, new Arena());
  }

  /**
   * What {@link #training} would take, without taking it: the same plan, over an arena that only
   * counts.
   *
   * @param capacity samples of a shard at the most
   * @param kernels those that would compute: their panels' width counts
   * @param pool the pool that would work: its number of threads counts
   */
  public static BufferPlan planTraining(
      Network network, int capacity, Kernels kernels, WorkPool pool) {
    Execution planned = new Execution(network, capacity, true, kernels, pool, Arena.planning());
    Map<String, Long> activations = new LinkedHashMap<>();
    activations.put(Network.INPUT, planned.activations.get(Network.INPUT).bytes());
    for (Node node : network.nodes()) {
      activations.put(node.name(), planned.activations.get(node.name()).bytes());
    }
    return new BufferPlan(planned.bytes(), activations);
  }

  /** An activation's halo is the widest that its readers ask for. */
  private void planBuffers(int capacity, boolean training) {
    Map<String, Integer> halos = new HashMap<>();
    for (Node node : network.nodes()) {
      int halo = node.layer().inputHalo(node.inputShapes());
      node.inputs().forEach(input -> halos.merge(input, halo, Math::max));
    }
    int inputHalo = halos.getOrDefault(Network.INPUT, 0);
    activations.put(Network.INPUT, arena.tensor(capacity, network.inputShape(), inputHalo));
    for (Node node : network.nodes()) {
      Step step = new Step();
      step.node = node;
      steps.add(step);
      int halo = halos.getOrDefault(node.name(), 0);
      activations.put(node.name(), arena.tensor(capacity, node.shape(), halo));
      if (training) {
        int gradientHalo = node.layer().outputGradientHalo(node.inputShapes());
        gradients.put(node.name(), arena.tensor(capacity, node.shape(), gradientHalo));
      }
    }
  }

  /**
   * Decides, going backward, who writes an activation's gradient (the first to reach it) and who
   * adds to it through a part of its own (the others, in this order).
   */
  private Map<String, Tensor[]> planGradients(int capacity) {
    Map<String, Tensor[]> targets = new HashMap<>();
    Map<String, Boolean> written = new HashMap<>();
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      Tensor[] mine = new Tensor[step.node.inputs().size()];
      List<Sum> sums = new ArrayList<>();
      for (int k = 0; k < mine.length; k++) {
        String input = step.node.inputs().get(k);
        Tensor total = gradients.get(input);
        if (total == null) {
          continue; // nobody asks for the gradient of the network's input
        }
        if (written.putIfAbsent(input, true) == null) {
          mine[k] = total;
        } else {
          mine[k] = arena.tensor(capacity, total.shape(), 0);
          sums.add(new Sum(mine[k], total));
        }
      }
      step.sums = sums;
      targets.put(step.node.name(), mine);
    }
    return targets;
  }

  /** Takes the weights and moving averages of a state vector; it must not change until the next. */
  public void load(float[] state) {
    for (Step step : steps) {
      step.operation.load(state);
    }
  }

  /** The input: fill the interior of the first samples before a pass. */
  public Tensor input() {
    return activations.get(Network.INPUT);
  }

  /** The output of the last node. */
  public Tensor output() {
    return activations.get(lastName());
  }

  /** The gradient of the output: fill it before a backward pass. */
  public Tensor outputGradient() {
    return gradients.get(lastName());
  }

  private String lastName() {
    return steps.get(steps.size() - 1).node.name();
  }

  /** Bytes of all buffers, those of the operations included. */
  public long bytes() {
    return arena.bytes();
  }

  public void forward(Pass pass) {
    for (Step step : steps) {
      step.operation.forward(pass);
    }
  }

  /** Writes the gradients of the parameters, and the batch's moments, in the state's layout. */
  public void backward(Pass pass, float[] gradient) {
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      step.operation.backward(pass, gradient);
      for (Sum sum : step.sums) {
        add(sum, pass.samples());
      }
    }
  }

  private void add(Sum sum, int samples) {
    Tensor part = sum.part();
    Tensor total = sum.total();
    int length = part.shape().width() * part.shape().channels();
    for (int n = 0; n < samples; n++) {
      for (int h = 0; h < part.shape().height(); h++) {
        kernels.rows().add(part.data(), part.at(n, h, 0), total.data(), total.at(n, h, 0), length);
      }
    }
  }

  /** The first layer, in the graph's order, whose output holds a NaN or infinity; null if none. */
  public String firstNonFinite(Pass pass) {
    for (Step step : steps) {
      Tensor y = activations.get(step.node.name());
      for (int n = 0; n < pass.samples(); n++) {
        for (int h = 0; h < y.shape().height(); h++) {
          int start = y.at(n, h, 0);
          for (int i = start; i < start + y.shape().width() * y.shape().channels(); i++) {
            if (!Float.isFinite(y.data()[i])) {
              return step.node.name();
            }
          }
        }
      }
    }
    return null;
  }
}
