package io.convoy.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;

/**
 * A step followed on the memory of a plan with names instead of numbers: whoever reads must find
 * what was meant for it. It knows nothing of lives; what is overwritten too early shows.
 */
final class PlanSimulation {
  private final ExecutionPlan plan;
  private final Map<Integer, String> contents = new HashMap<>();
  private final Map<String, Integer> readers = new HashMap<>();

  private PlanSimulation(ExecutionPlan plan) {
    this.plan = plan;
    for (PlannedStep step : plan.steps()) {
      step.group().inputs().forEach(input -> readers.merge(input, 1, Integer::sum));
    }
    readers.put(plan.lastStep().group().output(), 1);
  }

  static void run(ExecutionPlan plan) {
    PlanSimulation simulation = new PlanSimulation(plan);
    simulation.write(ExecutionPlan.INPUT, Network.INPUT);
    plan.steps().forEach(simulation::forward);
    PlannedStep last = plan.lastStep();
    simulation.read(last.output(), last.group().output());
    if (plan.training()) {
      simulation.write(last.outputGradient(), gradient(last.group().output(), 1));
      for (int i = plan.steps().size() - 1; i >= 0; i--) {
        simulation.backward(plan.steps().get(i));
      }
    }
    simulation.read(ExecutionPlan.INPUT, Network.INPUT);
    simulation.read(last.output(), last.group().output());
  }

  private static String gradient(String activation, int parts) {
    return "gradient of " + activation + " by " + parts;
  }

  private void write(int buffer, String value) {
    PlannedBuffer written = plan.buffers().get(buffer);
    contents.keySet().removeIf(other -> plan.buffers().get(other).overlaps(written));
    contents.put(buffer, value);
  }

  private void read(int buffer, String value) {
    assertEquals(value, contents.get(buffer), () -> plan.buffers().get(buffer) + "\n" + plan);
  }

  private void forward(PlannedStep step) {
    StepGroup group = step.group();
    for (int k = 0; k < group.inputs().size(); k++) {
      read(step.inputs().get(k), group.inputs().get(k));
    }
    write(step.output(), group.output());
  }

  private void backward(PlannedStep step) {
    StepGroup group = step.group();
    if (group.keepsInput(0)) {
      read(step.inputs().get(0), group.inputs().get(0));
    }
    if (group.keepsOutput()) {
      read(step.output(), group.output());
    }
    read(step.outputGradient(), gradient(group.output(), readers.get(group.output())));
    Map<Integer, Integer> parts = new HashMap<>();
    for (int k = 0; k < group.inputs().size(); k++) {
      int target = step.inputGradients().get(k);
      if (target != PlannedStep.NONE && !step.adds().get(k)) {
        write(target, gradient(group.inputs().get(k), parts.merge(target, 1, Integer::sum)));
      }
    }
    for (int k = 0; k < group.inputs().size(); k++) {
      if (step.adds().get(k)) {
        addPart(step.inputGradients().get(k), group.inputs().get(k));
      }
    }
    for (PlannedStep.Sum sum : step.sums()) {
      String name = plan.buffers().get(sum.part()).name();
      read(sum.part(), gradient(name, 1));
      addPart(sum.total(), name);
    }
    // what comes later in this step must not have hit what came first
    for (int k = 0; k < group.inputs().size(); k++) {
      int target = step.inputGradients().get(k);
      if (target != PlannedStep.NONE && step.sums().stream().noneMatch(s -> s.part() == target)) {
        read(target, contents.getOrDefault(target, "nothing"));
      }
    }
  }

  private void addPart(int total, String activation) {
    String before = contents.get(total);
    for (int parts = 1; parts < readers.get(activation); parts++) {
      if (gradient(activation, parts).equals(before)) {
        write(total, gradient(activation, parts + 1));
        return;
      }
    }
    read(total, gradient(activation, readers.get(activation) - 1));
  }
}
