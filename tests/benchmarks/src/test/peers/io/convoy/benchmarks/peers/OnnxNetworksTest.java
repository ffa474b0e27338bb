package io.convoy.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.benchmarks.networks.Mode;
import io.convoy.benchmarks.networks.NetworkContender;
import io.convoy.benchmarks.networks.NetworkProblem;
import io.convoy.benchmarks.networks.Step;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Convoy exports is to ONNX Runtime what PyTorch makes of the network itself. */
class OnnxNetworksTest {
  private static final double TOLERANCE = 1e-4;

  @ParameterizedTest
  @CsvSource({"lenet, 3, 1", "resnet-20, 2, 2", "mobilenet-v1, 1, 2"})
  void logitsAreThoseOfPyTorch(String name, int batch, int threads) {
    NetworkProblem problem = NetworkProblem.named(name, batch);
    float[] expected = logits(new TorchNetworks(), problem, threads);
    float[] actual = logits(new OnnxNetworks(), problem, threads);
    assertEquals(batch * problem.network().outputShape().channels(), actual.length);
    double largest = 0;
    for (float logit : expected) {
      largest = Math.max(largest, Math.abs(logit));
    }
    assertTrue(largest > 0, "all logits are 0");
    for (int i = 0; i < actual.length; i++) {
      assertEquals(expected[i], actual[i], TOLERANCE * largest, "logit " + i);
    }
  }

  private static float[] logits(NetworkContender contender, NetworkProblem problem, int threads) {
    List<String> ways = contender.ways(Mode.INFERENCE);
    try (Step step = contender.prepare(problem, Mode.INFERENCE, ways.get(0), threads)) {
      step.run();
      return step.logits();
    }
  }
}
