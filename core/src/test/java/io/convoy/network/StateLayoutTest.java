package io.convoy.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.network.StateLayout.Chunk;
import io.convoy.network.StateLayout.Entry;
import io.convoy.network.StateLayout.Kind;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateLayoutTest {
  private static final Network NETWORK =
      Network.input(5, 7, 3)
          .then("conv", Conv2d.of(100, 3))
          .then("norm", new BatchNorm2d(1e-5f, 0.25f))
          .then("wide", Conv2d.of(9000, 1).withoutBias())
          .then("norm2", BatchNorm2d.standard())
          .then("flatten", new Flatten())
          .then("logits", Linear.of(2))
          .build();

  private static final StateLayout LAYOUT = NETWORK.layout();

  @Test
  void entriesStandInTheGraphsOrderWithoutGaps() {
    assertEquals(
        List.of(
            "conv.weight",
            "conv.bias",
            "norm.weight",
            "norm.bias",
            "norm.running_mean",
            "norm.running_var",
            "wide.weight",
            "norm2.weight",
            "norm2.bias",
            "norm2.running_mean",
            "norm2.running_var",
            "logits.weight",
            "logits.bias"),
        LAYOUT.entries().stream().map(Entry::name).toList());
    int next = 0;
    for (Entry entry : LAYOUT.entries()) {
      assertEquals(next, entry.offset(), entry.name());
      next += entry.length();
    }
    assertEquals(next, LAYOUT.length());
    assertEquals(LAYOUT.length() - 2 * 100 - 2 * 9000, LAYOUT.trainedParameters());
  }

  @Test
  void chunksCoverTheStateAndNeverCrossAParameter() {
    int next = 0;
    for (Chunk chunk : LAYOUT.chunks()) {
      assertEquals(next, chunk.from());
      assertTrue(chunk.length() > 0);
      next = chunk.to();
      Entry entry = entryAt(chunk.from());
      if (chunk.kind() == Kind.GRADIENT) {
        assertTrue(chunk.length() <= 8192, "length " + chunk.length());
        assertTrue(chunk.to() <= entry.offset() + entry.length(), entry.name());
        assertEquals(entry.name().matches("(conv|wide|logits)\\.weight"), chunk.decays());
        assertEquals(0, chunk.positions());
      } else {
        assertTrue(entry.name().endsWith("running_mean"), entry.name());
        assertEquals(2 * entry.length(), chunk.length(), "mean and variance stay together");
        assertFalse(chunk.decays());
        assertEquals(3 * 5, chunk.positions(), "pixels of a sample");
        assertEquals(entry.name().startsWith("norm.") ? 0.25f : 0.1f, chunk.momentum());
      }
    }
    assertEquals(LAYOUT.length(), next);
  }

  private static Entry entryAt(int index) {
    return LAYOUT.entries().stream()
        .filter(e -> e.offset() <= index && index < e.offset() + e.length())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theInitialStateIsAFunctionOfTheSeed() {
    float[] state = LAYOUT.initialState(3);
    assertArrayEquals(state, LAYOUT.initialState(3));
    assertFalse(Arrays.equals(state, LAYOUT.initialState(4)));
    for (Entry entry : LAYOUT.entries()) {
      float[] values = Arrays.copyOfRange(state, entry.offset(), entry.offset() + entry.length());
      if (entry.name().matches("(conv|wide|logits)\\.weight")) {
        double squares = 0;
        for (float value : values) {
          squares += (double) value * value;
        }
        double variance = 2.0 / entry.parameter().fanIn();
        double error = 5 * variance * Math.sqrt(2.0 / values.length);
        assertEquals(variance, squares / values.length, error, entry.name());
      } else {
        float constant = entry.name().matches("norm2?\\.(weight|running_var)") ? 1 : 0;
        for (float value : values) {
          assertEquals(constant, value, entry.name());
        }
      }
    }
  }
}
