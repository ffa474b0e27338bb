package io.convoy.execution;

import io.convoy.kernel.Kernels;
import io.convoy.layer.Layer;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.operation.Fusion;
import io.convoy.operation.PassCapacity;
import io.convoy.plan.ExecutionPlan;
import io.convoy.plan.StepGroup;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Small passes before the first step, so that it finds its kernels compiled: the JVM interprets
 * what it has not run some thousand times, and vectors are objects to an interpreter. Operations
 * that this JVM has warmed once are warm for all networks that have them.
 *
 * <p>Register tiles do not wait for this: they are compiled by short sums of their own as an
 * operation is bound, since in the middle of a long one they would be compiled badly.
 */
public final class WarmUp {
  private static final int PASSES = 20;
  private static final int LEAST_PASSES = 2;
  private static final int SHARD_SAMPLES = 4;

  /** Multiply-adds of all forward passes together, beyond the least number of passes. */
  private static final long WORK = 4_000_000_000L;

  /** What decides which kernels an operation calls, but for the passes' capacity. */
  private record Operation(
      String kernels,
      Layer layer,
      List<Shape> inputs,
      Fusion fusion,
      ConvolutionAlgorithm convolution,
      int shardSamples,
      int batchSamples) {}

  private static final Set<Operation> WARM = ConcurrentHashMap.newKeySet();

  private final Set<Operation> operations;
  private final long sampleWork;
  private boolean done;

  WarmUp(
      ExecutionPlan plan,
      PassCapacity capacity,
      ConvolutionAlgorithm convolution,
      Kernels kernels) {
    operations =
        plan.steps().stream()
            .map(step -> operation(step.group(), capacity, convolution, kernels))
            .collect(Collectors.toSet());
    sampleWork =
        plan.steps().stream()
            .flatMap(step -> step.group().nodes().stream())
            .mapToLong(n -> n.layer().multiplyAdds(n.inputShapes()))
            .sum();
  }

  private static Operation operation(
      StepGroup group, PassCapacity capacity, ConvolutionAlgorithm convolution, Kernels kernels) {
    return new Operation(
        kernels.name(),
        group.leading().layer(),
        group.leading().inputShapes(),
        group.fusion(),
        convolution,
        capacity.shardSamples(),
        capacity.batchSamples());
  }

  /** Whether all operations were warmed before, in whichever networks. */
  public boolean done() {
    done = done || WARM.containsAll(operations);
    return done;
  }

  /** Samples that each shard of such a pass should have: more where they cost little. */
  public int shardSamples(int shards) {
    long affordable = WORK / Math.max(1, sampleWork * shards * PASSES);
    return (int) Math.max(1, Math.min(SHARD_SAMPLES, affordable));
  }

  /** How often such a pass has to be run over so many samples. */
  public int passes(int samples) {
    long affordable = WORK / Math.max(1, sampleWork * samples);
    return (int) Math.max(LEAST_PASSES, Math.min(PASSES, affordable));
  }

  /** The passes were run, forward and backward. */
  public void finish() {
    WARM.addAll(operations);
  }
}
