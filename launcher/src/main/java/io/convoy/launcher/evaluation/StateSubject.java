package io.convoy.launcher.evaluation;

import io.convoy.data.DataSet;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.launcher.session.Placement;
import io.convoy.memory.DriverMemory;
import io.convoy.memory.ExecutorMemory;
import io.convoy.recipe.Preprocessing;
import io.convoy.recipe.Recipe;
import io.convoy.run.StoredModel;
import io.convoy.trainer.Evaluation;
import io.convoy.trainer.SparkEvaluator;
import java.util.function.Supplier;

/** A checkpoint, whose loss and accuracy are computed as training computes them. */
final class StateSubject implements EvaluationSubject {
  private final String place;
  private final TestData data;
  private final Supplier<StoredModel> load;
  private StoredModel loaded;

  /**
   * @param place as the user named it: of a run, or of the checkpoint
   * @param load reads the checkpoint, which nobody needs who only hands the work over
   */
  StateSubject(String place, TestData data, Supplier<StoredModel> load) {
    this.place = place;
    this.data = data;
    this.load = load;
  }

  private StoredModel stored() {
    if (loaded == null) {
      loaded = load.get();
    }
    return loaded;
  }

  @Override
  public TestData data() {
    return data;
  }

  @Override
  public ExecutorMemory executors(int threads, long images) {
    return ExecutorMemory.evaluation(data.recipe(), KernelProvider.kernels(), threads, images);
  }

  @Override
  public DriverMemory driver() {
    return DriverMemory.evaluation(data.recipe());
  }

  @Override
  public Preprocessing preprocessing() {
    return stored().model().preprocessing();
  }

  @Override
  public EvaluationFigures test(
      SparkEvaluator evaluator, Recipe recipe, DataSet test, Placement placement) {
    Evaluation evaluation =
        evaluator.evaluate(
            recipe, stored().model().weights(), test, placement.executors(), placement.threads());
    return new EvaluationFigures(
        stored().step(),
        evaluation.report(),
        evaluation.result().accuracy(),
        evaluation.result().loss(),
        "checkpoint    step %s of %s".formatted(stored().step(), place));
  }
}
