package io.convoy.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.network.Network;
import io.convoy.operation.PassKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A step followed on the memory of a plan with names instead of numbers: whoever reads must find
 * what was meant for it. It knows nothing of lives; what is overwritten too early shows.
 */
final class PlanSimulation {
  /**
   * What stands in a buffer.
   *
   * @param name of the activation, or of the one whose gradient it is
   * @param parts how many readers' parts a gradient has; 0 for an activation
   */
  private record Value(String name, int parts) {}

  private final ExecutionPlan plan;
  private final Map<Integer, Value> contents = new HashMap<>();
  private final Map<String, Integer> readers = new HashMap<>();

  private PlanSimulation(ExecutionPlan plan) {
    this.plan = plan;
    for (PlannedStep step : plan.steps()) {
      step.group().inputs().forEach(input -> readers.merge(input, 1, Integer::sum));
    }
    plan.outputs().forEach(output -> readers.merge(output.name(), 1, Integer::sum));
  }

  static void run(ExecutionPlan plan) {
    PlanSimulation simulation = new PlanSimulation(plan);
    simulation.write(ExecutionPlan.INPUT, new Value(Network.INPUT, 0));
    plan.steps().stream().filter(step -> !follows(step)).forEach(simulation::forward);
    if (plan.kind().goesBackward()) {
      plan.outputs().forEach(o -> simulation.write(o.gradient(), new Value(o.name(), 1)));
      for (int i = plan.steps().size() - 1; i >= 0; i--) {
        simulation.backward(plan.steps().get(i));
      }
    }
    if (plan.kind() == PassKind.ATTRIBUTION) {
      plan.outputs().forEach(o -> simulation.readGradient(o.gradient(), o.name()));
      simulation.readGradient(plan.inputGradient(), Network.INPUT);
    }
    // the caller's, to the end
    simulation.read(ExecutionPlan.INPUT, new Value(Network.INPUT, 0));
    plan.outputs().forEach(o -> simulation.read(o.activation(), new Value(o.name(), 0)));
  }

  private void write(int buffer, Value value) {
    PlannedBuffer written = plan.buffers().get(buffer);
    contents.keySet().removeIf(other -> plan.buffers().get(other).overlaps(written));
    contents.put(buffer, value);
  }

  private void read(int buffer, Value expected) {
    assertEquals(expected, contents.get(buffer), () -> plan.buffers().get(buffer) + "\n" + plan);
  }

  private void readGradient(int buffer, String activation) {
    read(buffer, new Value(activation, readers.get(activation)));
  }

  /** Whether a step is done, as a whole, where the one is that makes its input. */
  private static boolean follows(PlannedStep step) {
    return step.follows() != PlannedStep.NONE && step.output() == step.inputs().get(0);
  }

  /** The step, and what follows it. */
  private void forward(PlannedStep step) {
    compute(step);
    int number = plan.steps().indexOf(step);
    plan.steps().stream()
        .filter(other -> other.follows() == number && follows(other))
        .forEach(this::compute);
  }

  private void compute(PlannedStep step) {
    StepGroup group = step.group();
    for (int k = 0; k < group.inputs().size(); k++) {
      read(step.inputs().get(k), new Value(group.inputs().get(k), 0));
    }
    write(step.output(), new Value(group.output(), 0));
  }

  private void backward(PlannedStep step) {
    StepGroup group = step.group();
    for (int k = 0; k < group.inputs().size(); k++) {
      if (group.keepsInput(k)) {
        read(step.inputs().get(k), new Value(group.inputs().get(k), 0));
      }
    }
    if (group.keepsOutput()) {
      read(step.output(), new Value(group.output(), 0));
    }
    readGradient(step.outputGradient(), group.output());
    List<Integer> targets = step.inputGradients();
    for (int k = 0; k < targets.size(); k++) {
      if (targets.get(k) != PlannedStep.NONE && !step.adds().get(k)) {
        write(targets.get(k), new Value(group.inputs().get(k), 1));
      }
    }
    for (int k = 0; k < targets.size(); k++) {
      if (step.adds().get(k)) {
        add(targets.get(k), group.inputs().get(k));
      }
    }
    for (PlannedStep.Sum sum : step.sums()) {
      Value part = new Value(plan.buffers().get(sum.part()).name(), 1);
      read(sum.part(), part);
      add(sum.total(), part.name());
    }
    for (int k = 0; k < targets.size(); k++) {
      if (targets.get(k) != PlannedStep.NONE) {
        Value left = contents.get(targets.get(k)); // nothing came over it in this step
        assertEquals(group.inputs().get(k), left == null ? "nothing" : left.name());
      }
    }
  }

  private void add(int total, String activation) {
    Value before = contents.get(total);
    assertTrue(before != null && before.parts() > 0 && before.name().equals(activation));
    write(total, new Value(activation, before.parts() + 1));
  }
}
