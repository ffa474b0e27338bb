package io.convoy.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoy.kernel.provider.KernelProvider;
import io.convoy.reference.ForkedJava;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passes over the whole range of floats: the width of the registers changes no bit. */
class ElementwiseLanesTest {
  @ParameterizedTest
  @ValueSource(strings = {"scalar", "4", "8", "16"})
  void lanesChangeNoBit(String provider) throws Exception {
    assumeTrue(
        KernelProvider.kernels().name().equals("simd"), "compared once, in the run with simd");
    assertEquals(
        ElementwiseHashes.all(), ForkedJava.withKernels(provider, ElementwiseHashes.class));
  }
}
