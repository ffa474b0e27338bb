package io.convoy.benchmarks.networks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteStepTest {
  private static final Jdk THIS = Jdk.at(Path.of(System.getProperty("java.home")));
  private static final NetworkProblem PROBLEM = NetworkProblem.named("lenet", 3);

  @Test
  @Tag("slow")
  void anotherProcessGivesTheSameBits() {
    ConvoyNetworks contender = new ConvoyNetworks(List.of(THIS));
    List<String> ways = contender.ways(Mode.INFERENCE);
    assertEquals(List.of("forward", "forward, JDK " + THIS.version()), ways);
    try (Step here = contender.prepare(PROBLEM, Mode.INFERENCE, ways.get(0), 1);
        Step elsewhere = contender.prepare(PROBLEM, Mode.INFERENCE, ways.get(1), 1)) {
      here.run();
      elsewhere.run();
      assertArrayEquals(here.logits(), elsewhere.logits());
    }
  }

  @Test
  void aProcessThatEndsIsAnError() {
    List<String> command =
        JavaCommand.of(
            THIS.java(),
            List.of(),
            StepServer.class,
            List.of("lenette", "3", "INFERENCE", "forward", "1"));
    ConvoyException refused =
        assertThrows(ConvoyException.class, () -> new RemoteStep("other", command));
    assertEquals("the process of other ended; what it said stands above", refused.getMessage());
  }

  @Test
  void aFolderWithoutAJdkIsRefused(@TempDir Path empty) {
    ConvoyException refused = assertThrows(ConvoyException.class, () -> Jdk.at(empty));
    assertTrue(refused.getMessage().startsWith("--jdks must be homes of JDKs"));
  }

  @Test
  void floatsKeepTheirBits() {
    float[] values = {1.5f, -0f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY};
    assertArrayEquals(values, StepServer.decode(StepServer.encode(values)));
    assertEquals(0, StepServer.decode(StepServer.encode(new float[0])).length);
  }
}
