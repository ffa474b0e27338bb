package io.convoy.memory;

import io.convoy.data.augment.ImageStatistics;
import io.convoy.ensemble.Ensemble;
import io.convoy.inference.Classifier;
import io.convoy.inference.Model;
import java.util.List;

/** What a model, or all members of an ensemble, bring with them, in bytes. */
final class ClassifierBytes {
  private ClassifierBytes() {}

  /** Those of weight 0 travel, too. */
  private static List<Model> all(Classifier classifier) {
    return classifier instanceof Ensemble ensemble ? ensemble.members() : classifier.models();
  }

  static long weights(Classifier classifier) {
    return all(classifier).stream()
        .mapToLong(model -> (long) model.weights().length * Float.BYTES)
        .sum();
  }

  /** Mean images and matrices. */
  static long statistics(Classifier classifier) {
    return all(classifier).stream()
        .mapToLong(
            model ->
                ImageStatistics.bytes(
                    model.preprocessing().standardization().parts(), model.network().inputShape()))
        .sum();
  }
}
