package io.convoy.launcher.evaluation;

import io.convoy.data.DataSet;
import io.convoy.data.image.Background;
import io.convoy.error.ConvoyException;
import io.convoy.evaluation.EvaluationReport;
import io.convoy.inference.Classifier;
import io.convoy.inference.Model;
import io.convoy.inference.TestTime;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.launcher.session.Placement;
import io.convoy.memory.DriverMemory;
import io.convoy.memory.ExecutorMemory;
import io.convoy.recipe.Preprocessing;
import io.convoy.recipe.Recipe;
import io.convoy.trainer.SparkEvaluator;
import java.util.List;

/**
 * What there are probabilities of, but no logits: an ensemble, or several versions of an image.
 *
 * @param first the network whose run the recipe is of, which has the classes' names
 */
record ClassifierSubject(Classifier classifier, Model first, TestTime testTime, TestData data)
    implements EvaluationSubject {
  ClassifierSubject {
    testTime.requireFits(classifier);
    List<Background> backgrounds =
        classifier.models().stream()
            .map(model -> model.preprocessing().seenThrough())
            .distinct()
            .toList();
    if (backgrounds.size() > 1) {
      throw ConvoyException.usage(
          "%s: evaluate reads images over one background; the members have %s: convoy predict takes"
              + " each member's own",
          classifier.name(), backgrounds);
    }
  }

  @Override
  public ExecutorMemory executors(int threads, long images) {
    return ExecutorMemory.evaluation(
        classifier, testTime, KernelProvider.kernels(), threads, images);
  }

  @Override
  public DriverMemory driver() {
    return DriverMemory.evaluation(classifier);
  }

  @Override
  public Preprocessing preprocessing() {
    return first.preprocessing();
  }

  @Override
  public EvaluationFigures test(
      SparkEvaluator evaluator, Recipe recipe, DataSet test, Placement placement) {
    EvaluationReport report =
        evaluator.evaluate(
            classifier, testTime, recipe, test, placement.executors(), placement.threads());
    return new EvaluationFigures(
        null,
        report,
        report.accuracy().value(),
        report.loss() == null ? Double.NaN : report.loss().value(),
        "by            " + classifier.name());
  }
}
