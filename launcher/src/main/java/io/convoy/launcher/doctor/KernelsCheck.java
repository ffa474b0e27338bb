package io.convoy.launcher.doctor;

import io.convoy.error.ConvoyException;
import io.convoy.execution.KernelCheck;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.provider.KernelProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The Vector module, the kernels that are chosen, whether they are right, and how fast. */
record KernelsCheck(int threads) implements Check {
  private static final String MODULE = "jdk.incubator.vector";

  @Override
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    boolean present = ModuleLayer.boot().findModule(MODULE).isPresent();
    findings.add(
        present
            ? Finding.ok("vector module", "%s", MODULE)
            : Finding.warn(
                "vector module",
                MODULE + " is not there: kernels are scalar, many times slower",
                "start the JVM with --add-modules="
                    + MODULE
                    + "; for Spark before 4.2 put it into"
                    + " spark.driver.extraJavaOptions and spark.executor.extraJavaOptions"));
    Kernels kernels;
    try {
      kernels = KernelProvider.kernels();
    } catch (ConvoyException e) {
      findings.add(Finding.fail("kernels", "none", e.getMessage()));
      return findings;
    }
    String lanes = kernels.lanes() == 1 ? "" : " of %s lanes".formatted(kernels.lanes());
    findings.add(Finding.ok("kernels", "%s%s, with fused multiply-add", kernels.name(), lanes));
    findings.add(selfTest(kernels));
    return findings;
  }

  private Finding selfTest(Kernels kernels) {
    KernelCheck check;
    try {
      check = KernelCheck.of(kernels, threads);
    } catch (ConvoyException e) {
      return Finding.fail("self-test", "not begun", e.getMessage());
    }
    String speed =
        String.format(Locale.ROOT, "%.1f GFLOP/s on %d threads", check.gigaflops(), threads);
    return check.difference().isEmpty()
        ? Finding.ok(
            "self-test",
            "a convolution, a JPEG and a resizing have the scalar kernels' bits; %s",
            speed)
        : Finding.fail(
            "self-test",
            "other bits than by the scalar kernels: " + check.difference(),
            "do not train on this machine: its processor or its Java (%s) computes wrongly; try"
                    .formatted(Runtime.version())
                + " another Java, and report it");
  }
}
