package io.convoy.data.raster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoy.kernel.provider.KernelProvider;
import io.convoy.reference.ForkedJava;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The width of the registers changes no pixel. */
class ResamplerLanesTest {
  @ParameterizedTest
  @ValueSource(strings = {"scalar", "4", "8", "16"})
  void lanesChangeNoPixel(String provider) throws Exception {
    assumeTrue(
        KernelProvider.kernels().name().equals("simd"), "compared once, in the run with simd");
    assertEquals(ResampledHashes.all(), ForkedJava.withKernels(provider, ResampledHashes.class));
  }
}
