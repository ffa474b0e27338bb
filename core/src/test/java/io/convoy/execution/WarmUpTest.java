package io.convoy.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.kernel.scalar.ScalarKernels;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.operation.Padding;
import io.convoy.operation.PassCapacity;
import io.convoy.operation.PassKind;
import io.convoy.plan.ExecutionPlan;
import io.convoy.plan.PlanRules;
import org.junit.jupiter.api.Test;

/** How many passes are made, and for which operations. */
class WarmUpTest {
  private static Network network(int pixels, int channels, int last) {
    return Network.input(pixels, pixels, channels)
        .then("first", Conv2d.of(channels, 3).withPadding(Padding.SAME))
        .then("relu", new Relu())
        .then("last", Conv2d.of(last, 3).withPadding(Padding.SAME))
        .build();
  }

  private static WarmUp warmUp(Network network) {
    return warmUp(network, new PassCapacity(2, 1, 2, 4));
  }

  private static WarmUp warmUp(Network network, PassCapacity capacity) {
    ExecutionPlan plan =
        ExecutionPlan.of(network, capacity.samples(), PassKind.TRAINING, PlanRules.ALL);
    return new WarmUp(plan, capacity, ConvolutionAlgorithm.AUTO, new ScalarKernels());
  }

  @Test
  void largeNetworksTakeFewSamplesAndPasses() {
    WarmUp small = warmUp(network(9, 5, 5));
    assertEquals(4, small.shardSamples(2));
    assertEquals(20, small.passes(8));
    WarmUp middle = warmUp(network(32, 64, 64)); // 75.5 million multiply-adds a sample
    assertEquals(2, middle.shardSamples(1));
    assertEquals(1, middle.shardSamples(2));
    assertEquals(20, middle.passes(2));
    assertEquals(13, middle.passes(4));
    WarmUp large = warmUp(network(224, 256, 256)); // 59 thousand million
    assertEquals(1, large.shardSamples(1));
    assertEquals(2, large.passes(1));
  }

  @Test
  void anOperationIsWarmedOnceForAllNetworks() {
    WarmUp first = warmUp(network(9, 5, 5));
    assertFalse(first.done());
    first.finish();
    assertTrue(first.done());
    assertTrue(warmUp(network(9, 5, 5)).done());
    assertTrue(warmUp(network(9, 5, 5), new PassCapacity(4, 2, 2, 4)).done(), "larger passes");
    assertFalse(warmUp(network(9, 5, 5), new PassCapacity(2, 1, 2, 6)).done(), "a larger batch");
    assertFalse(warmUp(network(9, 5, 6)).done(), "its last convolution is another one");
    assertFalse(warmUp(network(10, 5, 5)).done(), "its shapes are others");
  }
}
