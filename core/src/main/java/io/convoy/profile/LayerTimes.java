package io.convoy.profile;

import io.convoy.error.ConvoyException;
import io.convoy.execution.Execution;
import io.convoy.execution.Noise;
import io.convoy.execution.PassObserver;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.Subnormals;
import io.convoy.kernel.WorkPool;
import io.convoy.network.Network;
import io.convoy.network.Node;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.operation.Pass;
import io.convoy.operation.PassCapacity;
import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A training step, timed layer by layer: forward and backward over random images, after steps that
 * warm it up. The exchange and the update are no part of it.
 *
 * @param samples of the step
 * @param layers in the order of the forward pass
 */
public record LayerTimes(int samples, List<LayerTime> layers) {
  /** Steps that are timed; of each layer, the median counts. */
  private static final int STEPS = 10;

  private static final int LEAST_WARM_UP = 3;
  private static final int MOST_WARM_UP = 200;
  private static final long WARM_UP_NANOS = 500_000_000L;

  /** Multiply-adds that all steps may take together: some seconds. */
  private static final double LIMIT = 1e12;

  public LayerTimes {
    layers = List.copyOf(layers);
  }

  /**
   * Measures.
   *
   * @param most samples at the most, at least 1; fewer are taken where steps would take long, or
   *     more than half of the heap that is free
   * @param batch samples of a batch: it decides with them how layers are computed
   * @throws ConvoyException of kind RESOURCE where subnormal numbers are lost, or a sample needs
   *     more than half of the free heap
   */
  public static LayerTimes of(
      Network network,
      ConvolutionAlgorithm convolution,
      int most,
      int batch,
      Kernels kernels,
      WorkPool pool) {
    Subnormals.require(kernels, pool);
    int samples = samples(network, most);
    long vectors = 2L * Float.BYTES * network.layout().length(); // weights and gradient
    long free = FreeHeap.bytes() / 2;
    PassCapacity capacity = new PassCapacity(samples, 1, samples, batch);
    long needed =
        vectors + Execution.planTraining(network, capacity, convolution, kernels, pool).bytes();
    while (needed > free && samples > 1) {
      samples /= 2;
      capacity = new PassCapacity(samples, 1, samples, batch);
      needed =
          vectors + Execution.planTraining(network, capacity, convolution, kernels, pool).bytes();
    }
    if (needed > free) {
      throw ConvoyException.resource(
          "layers are timed with half of the free heap at the most, %s MB; a sample needs %s MB:"
              + " give a larger heap",
          free >> 20, needed >> 20);
    }
    Execution execution = Execution.training(network, capacity, convolution, kernels, pool);
    RandomStream random = new RandomStream(1, Purpose.INITIALISATION);
    Noise.fill(execution.input(), random);
    execution.load(network.layout().initialState(1));
    Clock clock = new Clock();
    float[] gradient = new float[network.layout().length()];
    Pass pass = new Pass(samples).training(samples, 1, 0, new int[samples], 0);
    int outputs = network.trainingOutputs().size();
    long start = System.nanoTime();
    for (int warm = 0; warm < MOST_WARM_UP; warm++) {
      if (warm >= LEAST_WARM_UP && System.nanoTime() - start > WARM_UP_NANOS) {
        break;
      }
      clock.step(execution, pass, outputs, random, gradient);
    }
    clock.forget();
    for (int step = 0; step < STEPS; step++) {
      clock.step(execution, pass, outputs, random, gradient);
    }
    return new LayerTimes(samples, clock.times(samples));
  }

  /** As many as can be timed in some seconds, at least 1. */
  static int samples(Network network, int most) {
    double each =
        network.trainingNodes().stream()
            .mapToDouble(node -> node.layer().multiplyAdds(node.inputShapes()))
            .sum();
    double steps = 3.0 * (STEPS + LEAST_WARM_UP); // forward, and two gradients
    return (int) Math.max(1, Math.min(most, LIMIT / (steps * Math.max(1, each))));
  }

  /** Takes the time between layers. */
  private static final class Clock {
    private final Map<List<Node>, List<Double>> forward = new LinkedHashMap<>();
    private final Map<List<Node>, List<Double>> backward = new LinkedHashMap<>();
    private long last;

    void step(Execution execution, Pass pass, int outputs, RandomStream random, float[] gradient) {
      last = System.nanoTime();
      execution.forward(pass, watching(forward));
      for (int k = 0; k < outputs; k++) {
        Noise.fill(execution.outputGradient(k), random); // a backward pass writes over it
      }
      last = System.nanoTime();
      execution.backward(pass, gradient, watching(backward));
    }

    private PassObserver watching(Map<List<Node>, List<Double>> times) {
      return (layers, output) -> {
        long now = System.nanoTime();
        times.computeIfAbsent(layers, l -> new ArrayList<>()).add((now - last) / 1e9);
        last = System.nanoTime();
      };
    }

    void forget() {
      forward.clear();
      backward.clear();
    }

    List<LayerTime> times(int samples) {
      List<LayerTime> all = new ArrayList<>();
      forward.forEach(
          (layers, seconds) -> {
            Work work = Work.of(layers);
            double back = backward.containsKey(layers) ? median(backward.get(layers)) : 0;
            all.add(
                new LayerTime(
                    layers.stream().map(Node::name).toList(),
                    work.forward(samples, median(seconds)),
                    work.backward(samples, back)));
          });
      return all;
    }

    private static double median(List<Double> seconds) {
      double[] sorted = seconds.stream().mapToDouble(Double::doubleValue).toArray();
      Arrays.sort(sorted);
      return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
  }
}
