package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoy.kernel.provider.KernelProvider;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.reference.ForkedJava;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResidualTrainingTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void threadsChangeNoBit(int threads) {
    assertEquals(ResidualTraining.hash(2), ResidualTraining.hash(threads));
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "4", "8", "16"})
  void lanesChangeNoBit(String provider) throws Exception {
    assumeTrue(
        KernelProvider.kernels().name().equals("simd"), "compared once, in the run with simd");
    assertEquals(
        ResidualTraining.hash(2), ForkedJava.withKernels(provider, ResidualTraining.class));
  }

  /** The same training but for rounding, which Winograd's algorithm has more of. */
  @Test
  void directConvolutionsRoundInAnotherWay() {
    float[] minimal = ResidualTraining.train(ConvolutionAlgorithm.AUTO, 2).weights();
    float[] direct = ResidualTraining.train(ConvolutionAlgorithm.DIRECT, 2).weights();
    double squares = 0;
    double differences = 0;
    for (int i = 0; i < minimal.length; i++) {
      squares += (double) direct[i] * direct[i];
      differences += Math.pow((double) minimal[i] - direct[i], 2);
    }
    double difference = Math.sqrt(differences / squares);
    assertNotEquals(0, difference);
    assertTrue(difference < 1e-3, () -> "relative difference " + difference);
  }

  /** Weights, then momentum. To be changed only together with {@link Numerics#VERSION}. */
  @Test
  @Tag("golden")
  void goldenHashes() {
    assertEquals(4, Numerics.VERSION);
    assertEquals(
        """
        a1a855ec69ce589be81aa430b1e753b885383a5f1180eb1c3b13d2c1864422d0
        9b0a5919dd67ef96d96064090c2ce7aaada976c5dbd191f9b469d733bf6b9802""",
        ResidualTraining.hash(2));
  }
}
