package io.convoy.check;

import io.convoy.data.SampleSource;
import io.convoy.kernel.Kernels;
import io.convoy.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * All checks of a recipe, on its own images, in this process. What they find is a function of
 * recipe, images and initial weights, but for what is left out to keep to the time.
 *
 * @param recipe checked
 * @param source the training set, of which {@code validation} holds some back; not closed here
 * @param start the state vector at step 0
 * @param threads that compute, at least 1
 * @param seconds for all checks together, but for the standardization and first passes
 * @param nanos a clock, in nanoseconds
 */
public record TrainingChecks(
    Recipe recipe,
    SampleSource source,
    float[] start,
    Kernels kernels,
    int threads,
    double seconds,
    LongSupplier nanos) {
  private static final int CHECKS = 5;

  /**
   * Runs them, one after the other.
   *
   * @throws io.convoy.error.ConvoyException when the network does not fit the images, or an image
   *     cannot be read
   */
  public List<CheckFinding> run(CheckListener listener) {
    recipe.requireFits(source);
    Budget budget = new Budget(nanos, seconds);
    Bench bench = Bench.of(recipe, source, start, kernels, threads, budget, listener);
    List<CheckFinding> findings = new ArrayList<>();
    begin(bench, InitialLoss.NAME, CHECKS);
    add(InitialLoss.check(bench), listener, findings);
    begin(bench, GradientAgreement.NAME, CHECKS - 1);
    add(GradientAgreement.check(bench), listener, findings);
    begin(bench, Overfit.NAME, CHECKS - 2);
    for (CheckFinding finding : Overfit.check(bench)) {
      add(finding, listener, findings);
    }
    begin(bench, UpdateRatios.NAME, CHECKS - 3);
    add(UpdateRatios.check(bench), listener, findings);
    begin(bench, RateRange.NAME, CHECKS - 4);
    add(RateRange.check(bench), listener, findings);
    return findings;
  }

  private static void begin(Bench bench, String check, int left) {
    bench.budget().begin(left);
    bench.listener().begins(check);
  }

  private static void add(
      CheckFinding finding, CheckListener listener, List<CheckFinding> findings) {
    findings.add(finding);
    listener.found(finding);
  }
}
