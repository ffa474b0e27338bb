package io.convoy.plan;

import java.util.List;

/**
 * An operation in its place, with the numbers of its buffers in the plan.
 *
 * @param group the layers that it computes
 * @param inputs the activations that it reads
 * @param output the activation that it writes; one of the inputs where it works in place
 * @param inputGradients what backward writes, one for each input, {@link #NONE} where nobody needs
 *     it; empty for inference
 * @param adds for each input, whether its gradient is added to what stands there
 * @param outputGradient what backward reads; {@link #NONE} for inference
 * @param follows the step that does the first part of this one with each piece of its output;
 *     {@link #NONE} where this one does all itself
 * @param sums what is added up behind backward, in this order
 */
public record PlannedStep(
    StepGroup group,
    List<Integer> inputs,
    int output,
    List<Integer> inputGradients,
    List<Boolean> adds,
    int outputGradient,
    int follows,
    List<Sum> sums) {
  public static final int NONE = -1;

  /** Buffers of a gradient's part, and of the gradient that it is added to. */
  public record Sum(int part, int total) {}

  public PlannedStep {
    inputs = List.copyOf(inputs);
    inputGradients = List.copyOf(inputGradients);
    adds = List.copyOf(adds);
    sums = List.copyOf(sums);
  }
}
