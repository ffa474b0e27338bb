package io.convoy.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.network.SampleLayout;
import io.convoy.network.StateLayout;
import io.convoy.run.DriverIdentity;
import io.convoy.run.RunDescription;
import io.convoy.run.Versions;
import io.convoy.train.TrainingState;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Runs and states to save. */
public final class Samples {
  public static final StateLayout LAYOUT = SampleLayout.of(45);
  public static final List<String> SLOTS = List.of("exp_avg", "exp_avg_sq");

  private Samples() {}

  public static RunDescription description() {
    return new RunDescription(
        object("recipe", "sample"), 42, "ab12", new Versions("0.1", 1, "17", "4.2", "none", "x"));
  }

  public static DriverIdentity driver(String host) {
    return new DriverIdentity(host, "2026-01-01T00:00:00Z", "app-" + host);
  }

  /** A checkpoint whose numbers follow from its step. */
  public static Checkpoint checkpoint(long step) {
    return checkpoint(step, LAYOUT, SLOTS);
  }

  public static Checkpoint checkpoint(long step, StateLayout layout, List<String> slots) {
    Random random = new Random(step);
    float[] weights = new float[layout.length()];
    fill(weights, random);
    List<float[]> arrays = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      float[] slot = new float[layout.length()];
      for (StateLayout.Entry entry : layout.trained()) {
        for (int j = 0; j < entry.length(); j++) {
          slot[entry.offset() + j] = (float) random.nextGaussian();
        }
      }
      arrays.add(slot);
    }
    return new Checkpoint(
        object("network", "n"),
        new TrainingState(step, weights, arrays),
        new CheckpointMetadata(step, step / 10, step % 10, slots, 42, 1, "0.1"));
  }

  private static void fill(float[] values, Random random) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
  }

  private static ObjectNode object(String key, String value) {
    return JsonNodeFactory.instance.objectNode().put(key, value);
  }

  public static void assertSame(Checkpoint expected, Checkpoint actual) {
    assertEquals(expected.metadata(), actual.metadata());
    assertEquals(expected.network(), actual.network());
    assertArrayEquals(expected.state().weights(), actual.state().weights());
    assertEquals(expected.state().slots().size(), actual.state().slots().size());
    for (int i = 0; i < expected.state().slots().size(); i++) {
      assertArrayEquals(expected.state().slots().get(i), actual.state().slots().get(i));
    }
  }
}
