package io.convoy.benchmarks.networks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.benchmarks.Benchmarks;
import org.junit.jupiter.api.Test;

class ExecutorNetworksTest {
  @Test
  void takesItsTurnBesideOneMachine() {
    int code =
        Benchmarks.execute(
            "networks",
            "lenet",
            "--batch",
            "8",
            "--modes",
            "training",
            "--executor",
            "--peers",
            "none",
            "--threads",
            "2",
            "--warm-up",
            "0",
            "--seconds",
            "0",
            "--rounds",
            "1");
    assertEquals(0, code);
  }

  @Test
  void memoryIsNotMeasuredWithIt() {
    assertEquals(2, Benchmarks.execute("networks", "lenet", "--executor", "--memory"));
  }
}
