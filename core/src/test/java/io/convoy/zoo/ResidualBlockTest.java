package io.convoy.zoo;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.execution.Execution;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.network.Network;
import io.convoy.network.StateLayout.Entry;
import io.convoy.operation.Pass;
import io.convoy.reference.GradientCheck;
import io.convoy.reference.Numbers;
import io.convoy.tensor.Shape;
import io.convoy.zoo.ResidualBuilder.Block;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gradients through whole blocks: two branches, batch normalisation, the sum and what follows. */
class ResidualBlockTest {
  private static final int SAMPLES = 3;

  /** Two blocks each: the second one's shortcut is the identity. */
  @ParameterizedTest
  @CsvSource({"1, 1, 1, 5, 1", "1, 1, 1, 6, 2", "4, 1, 1, 7, 1", "4, 1, 1, 7, 2", "4, 3, 2, 6, 2"})
  void gradientsAreThoseOfCentralDifferences(
      int expansion, int groups, int width, int channels, int stride) {
    Block block = new Block(expansion, groups, width);
    Network network =
        new ResidualBuilder(Shape.of(9, 7, 3))
            .stem(5, 3, 1)
            .stage("layer1", block, 2, channels, stride)
            .classifier(3);
    boolean projected = stride > 1 || expansion > 1;
    assertTrue(
        projected == network.nodes().stream().anyMatch(node -> node.name().contains("downsample")));
    float[] state = state(network);
    float[] projection = Numbers.array(3, SAMPLES * 3);
    try (WorkPool pool = new WorkPool(2)) {
      Execution execution = Execution.training(network, SAMPLES, KernelProvider.kernels(), pool);
      GradientCheck.fill(execution.input(), SAMPLES, Numbers.array(1, SAMPLES * 9 * 7 * 3));
      Pass pass = new Pass(SAMPLES).training(SAMPLES, 5, 2, new int[] {9, 4, 7}, 0);
      float[] gradient = new float[state.length];
      execution.load(state);
      execution.forward(pass);
      GradientCheck.fill(execution.outputGradient(), SAMPLES, projection);
      execution.backward(pass, gradient);
      GradientCheck check =
          new GradientCheck(
              () -> {
                execution.load(state);
                execution.forward(pass);
                return GradientCheck.project(execution.output(), SAMPLES, projection);
              });
      for (Entry entry : network.layout().trained()) {
        check.check(entry.name(), state, gradient, entry.offset(), entry.length());
      }
    }
  }

  /**
   * Over the corner of a rectifier a difference is no derivative. So the normalisations' biases
   * take each channel well to one side of it: two in three pass, the third is always zero.
   */
  private static float[] state(Network network) {
    float[] state = network.layout().initialState(1);
    for (Entry entry : network.layout().entries()) {
      boolean norm = entry.name().contains("bn") || entry.name().contains("downsample.1");
      boolean weight = entry.name().endsWith(".weight");
      boolean bias = entry.name().endsWith(".bias");
      for (int i = 0; i < entry.length(); i++) {
        float noise = Numbers.uniform(7, entry.offset() + i);
        if (norm && weight) {
          state[entry.offset() + i] = 0.5f + 0.1f * noise;
        } else if (norm && bias) {
          state[entry.offset() + i] = i % 3 == 2 ? -2.5f + 0.3f * noise : 2.5f + 0.3f * noise;
        } else if (weight || bias) {
          state[entry.offset() + i] += (entry.name().startsWith("fc") ? 0.1f : 1) * noise;
        }
      }
    }
    return state;
  }
}
