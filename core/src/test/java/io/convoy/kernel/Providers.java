package io.convoy.kernel;

import io.convoy.kernel.provider.KernelProvider;
import io.convoy.kernel.scalar.ScalarKernels;
import java.util.List;
import java.util.stream.Stream;

/** The providers that this JVM can run: the reference, and the chosen one where it is another. */
final class Providers {
  private Providers() {}

  static Stream<Kernels> all() {
    Kernels chosen = KernelProvider.kernels();
    return chosen.name().equals("scalar")
        ? Stream.of(chosen)
        : List.of(new ScalarKernels(), chosen).stream();
  }
}
