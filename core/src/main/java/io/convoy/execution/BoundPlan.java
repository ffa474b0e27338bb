package io.convoy.execution;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.network.Network;
import io.convoy.network.Node;
import io.convoy.network.StateLayout;
import io.convoy.operation.Binding;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.operation.Operation;
import io.convoy.operation.PassCapacity;
import io.convoy.operation.elementwise.GradientSum;
import io.convoy.plan.ExecutionPlan;
import io.convoy.plan.PlannedBuffer;
import io.convoy.plan.PlannedStep;
import io.convoy.tensor.Arena;
import io.convoy.tensor.Region;
import io.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A plan's buffers in the memory that is taken for them, and its operations bound to these. */
final class BoundPlan {
  /** An operation, and what is done around it. */
  record Step(
      PlannedStep plan,
      Operation operation,
      List<Tensor> framedForward,
      List<Tensor> framedBackward,
      List<GradientSum> sums) {}

  private final ExecutionPlan plan;
  private final PassCapacity capacity;
  private final ConvolutionAlgorithm convolution;
  private final Kernels kernels;
  private final WorkPool pool;
  private final Arena arena;
  private final List<Tensor> tensors = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();

  BoundPlan(
      Network network,
      ExecutionPlan plan,
      PassCapacity capacity,
      ConvolutionAlgorithm convolution,
      Kernels kernels,
      WorkPool pool,
      Arena arena) {
    this.plan = plan;
    this.capacity = capacity;
    this.convolution = convolution;
    this.kernels = kernels;
    this.pool = pool;
    this.arena = arena;
    Region region = arena.region(plan.length(), plan.slabLength());
    for (PlannedBuffer buffer : plan.buffers()) {
      tensors.add(region.tensor(buffer.offset(), plan.capacity(), buffer.shape(), buffer.halo()));
    }
    Map<String, Integer> offsets = new HashMap<>();
    for (StateLayout.Entry entry : network.layout().entries()) {
      offsets.put(entry.name(), entry.offset());
    }
    for (int i = 0; i < plan.steps().size(); i++) {
      PlannedStep step = plan.steps().get(i);
      steps.add(
          new Step(
              step,
              operation(step, offsets),
              framedAt(i),
              framedAt(plan.backwardTime(i)),
              step.sums().stream().map(this::sum).toList()));
    }
    for (Step step : steps) {
      if (step.plan().follows() != PlannedStep.NONE) {
        steps.get(step.plan().follows()).operation().end(step.operation().epilogue());
      }
    }
    arena.takeScratch();
  }

  /** What to run, forward in this order. */
  List<Step> steps() {
    return steps;
  }

  /** A planned buffer; null for {@link PlannedStep#NONE}. */
  Tensor tensor(int buffer) {
    return buffer == PlannedStep.NONE ? null : tensors.get(buffer);
  }

  private Operation operation(PlannedStep step, Map<String, Integer> offsets) {
    Node node = step.group().leading();
    int[] places =
        node.layer().parameters(node.inputShapes()).stream()
            .mapToInt(p -> offsets.get(node.name() + "." + p.name()))
            .toArray();
    boolean[] adds = new boolean[step.adds().size()];
    for (int k = 0; k < adds.length; k++) {
      adds[k] = step.adds().get(k);
    }
    return node.layer()
        .bind(
            new Binding(
                plan.kind(),
                capacity,
                step.group().index(),
                step.group().fusion(),
                step.inputs().stream().map(tensors::get).toList(),
                tensors.get(step.output()),
                plan.kind().goesBackward()
                    ? step.inputGradients().stream().map(this::tensor).toArray(Tensor[]::new)
                    : null,
                adds,
                tensor(step.outputGradient()),
                places,
                convolution,
                kernels,
                pool,
                arena));
  }

  private GradientSum sum(PlannedStep.Sum sum) {
    return new GradientSum(tensors.get(sum.part()), tensors.get(sum.total()), kernels, pool);
  }

  /** The tensors that begin at a time on memory where others stood. */
  private List<Tensor> framedAt(int time) {
    List<Tensor> framed = new ArrayList<>();
    for (int b = 0; b < tensors.size(); b++) {
      PlannedBuffer buffer = plan.buffers().get(b);
      if (buffer.clears() && buffer.first() == time) {
        framed.add(tensors.get(b));
      }
    }
    return framed;
  }
}
