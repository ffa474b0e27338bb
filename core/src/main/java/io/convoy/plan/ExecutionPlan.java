package io.convoy.plan;

import io.convoy.network.Network;
import io.convoy.operation.PassKind;
import java.util.List;

/**
 * Which layers are computed together, and which memory each activation and gradient has: pure data,
 * a function of the network, the number of samples and the {@link PlanRules} alone. Layers that no
 * output needs have no part in it: in inference, those before auxiliary outputs alone.
 *
 * <p>Time runs over a step. With S operations, operation i goes forward at time i and backward at
 * time 2S - i; at time S the caller reads the outputs and writes their gradients.
 *
 * @param capacity samples at the most
 * @param kind which passes are planned
 * @param steps the operations, in the order of the forward pass
 * @param outputs in the network's order; in training, the auxiliary ones behind them
 * @param inputGradient the number of the buffer that backward leaves the gradient of the network's
 *     input in; {@link PlannedStep#NONE} where nobody asks for it
 * @param buffers of all tensors, by number
 * @param length floats of the region that they take by turns
 * @param slabLength no buffer lies across a multiple of it
 */
public record ExecutionPlan(
    int capacity,
    PassKind kind,
    List<PlannedStep> steps,
    List<PlannedOutput> outputs,
    int inputGradient,
    List<PlannedBuffer> buffers,
    long length,
    int slabLength) {

  /** The number of the buffer that the network's input has. */
  public static final int INPUT = 0;

  public ExecutionPlan {
    steps = List.copyOf(steps);
    outputs = List.copyOf(outputs);
    buffers = List.copyOf(buffers);
  }

  public static ExecutionPlan of(Network network, int capacity, PassKind kind, PlanRules rules) {
    return new PlanBuilder(network, capacity, kind, rules).build();
  }

  /** When operation i goes backward. */
  public int backwardTime(int i) {
    return 2 * steps.size() - i;
  }

  /**
   * The number of the buffer that was planned for a layer's output; {@link PlannedStep#NONE} where
   * the layer has none of its own, since it works in place, or is fused with the one behind it.
   */
  public int activation(String layer) {
    return steps.stream()
        .mapToInt(PlannedStep::output)
        .filter(output -> buffers.get(output).name().equals(layer))
        .findFirst()
        .orElse(PlannedStep.NONE);
  }
}
