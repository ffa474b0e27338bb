package io.convoy.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.Add;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Relu;
import io.convoy.network.LayerFigures;
import io.convoy.network.Network;
import io.convoy.network.Node;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.operation.Padding;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerTimesTest {
  private static Network network() {
    return Network.input(9, 7, 3)
        .then("stem", Conv2d.of(5, 3).withPadding(Padding.SAME).withoutBias())
        .then("relu", new Relu())
        .then("conv", Conv2d.of(5, 3).withPadding(Padding.SAME).withoutBias())
        .then("norm", BatchNorm2d.standard())
        .join("sum", new Add(), "norm", "relu")
        .then("relu2", new Relu())
        .then("pool", MaxPool2d.of(2))
        .then("flat", new Flatten())
        .then("logits", Linear.of(4))
        .build();
  }

  private static LayerTimes times(Network network, int most) {
    try (WorkPool pool = new WorkPool(2)) {
      return LayerTimes.of(
          network, ConvolutionAlgorithm.AUTO, most, 64, KernelProvider.kernels(), pool);
    }
  }

  @Test
  void everyLayerIsTimedOnce() {
    Network network = network();
    LayerTimes times = times(network, 6);
    assertEquals(6, times.samples());
    List<String> timed =
        times.layers().stream().flatMap(t -> t.layers().stream()).sorted().toList();
    assertEquals(network.nodes().stream().map(Node::name).sorted().toList(), timed);
    for (LayerTime time : times.layers()) {
      assertTrue(time.forward().seconds() > 0 && time.forward().seconds() < 10, time.toString());
      assertTrue(time.backward().seconds() > 0 && time.backward().seconds() < 10, time.toString());
    }
    long operations = times.layers().stream().mapToLong(t -> t.forward().operations()).sum();
    long multiplyAdds =
        LayerFigures.of(network).stream().mapToLong(LayerFigures::multiplyAdds).sum();
    assertEquals(2 * multiplyAdds * 6, operations);
  }

  @Test
  void whatAConvolutionReadsAndWrites() {
    LayerTime stem = of(times(network(), 6), "stem");
    int pixels = 9 * 7;
    int weights = 5 * 3 * 9;
    assertEquals(2L * 6 * pixels * weights, stem.forward().operations());
    assertEquals(
        2L * 6 * pixels * weights, stem.backward().operations(), "images have no gradient");
    assertEquals(4L * (6 * pixels * (3 + 5) + weights), stem.forward().bytes());
    assertEquals(
        4L * (6 * pixels * (5 + 3) + 2 * weights),
        stem.backward().bytes(),
        "gradients of outputs, images; weights, and their gradients");
    LayerTime second = of(times(network(), 6), "conv");
    assertEquals(2 * second.forward().operations(), second.backward().operations());
  }

  @Test
  void layersThatAreComputedTogetherReadWhatIsOutsideAlone() {
    LayerTime norm = of(times(network(), 6), "norm");
    assertEquals(List.of("norm", "sum", "relu2"), norm.layers());
    int activation = 6 * 9 * 7 * 5;
    assertEquals(4L * (3 * activation + 4 * 5), norm.forward().bytes());
  }

  @Test
  void fewerSamplesWhereAStepWouldTakeLong() {
    Network large =
        Network.input(224, 224, 64)
            .then("conv", Conv2d.of(16, 3).withPadding(Padding.SAME))
            .then("pool", MaxPool2d.of(224))
            .then("flat", new Flatten())
            .then("logits", Linear.of(2))
            .build();
    int samples = LayerTimes.samples(large, 100_000);
    assertTrue(samples >= 1 && samples < 100, "samples " + samples);
    assertEquals(1, LayerTimes.samples(large, 1));
    assertEquals(100_000, LayerTimes.samples(network(), 100_000));
  }

  @Test
  void aMachineHasLimits() {
    try (WorkPool pool = new WorkPool(2)) {
      MachineLimits limits = MachineLimits.of(KernelProvider.kernels(), pool);
      assertTrue(limits.operations() > 1e8 && limits.operations() < 1e15, limits.toString());
      assertTrue(limits.bytes() > 1e8 && limits.bytes() < 1e14, limits.toString());
    }
  }

  private static LayerTime of(LayerTimes times, String layer) {
    return times.layers().stream()
        .filter(time -> time.layers().contains(layer))
        .findFirst()
        .orElseThrow();
  }
}
