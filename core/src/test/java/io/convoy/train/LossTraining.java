package io.convoy.train;

import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.Cutmix;
import io.convoy.data.augment.Mixup;
import io.convoy.loss.BinaryCrossEntropy;
import io.convoy.loss.ClassWeights;
import io.convoy.loss.Huber;
import io.convoy.loss.Loss;
import io.convoy.loss.MeanSquaredError;
import io.convoy.loss.MultiClassHinge;
import io.convoy.loss.SoftmaxCrossEntropy;
import io.convoy.recipe.ClipOptions;
import io.convoy.recipe.Recipe;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A training by each loss beside the plain one, of mixed images. As a program it prints the hashes:
 * what a JVM of its own is started for.
 */
public final class LossTraining {
  static final List<Loss> LOSSES =
      List.of(
          new SoftmaxCrossEntropy(0.1f, ClassWeights.of(0.5f, 3, 1, 0, 2.25f), 0),
          new SoftmaxCrossEntropy(0, ClassWeights.BALANCED, 2),
          new MultiClassHinge(1, false, ClassWeights.BALANCED),
          new MultiClassHinge(0.5f, true, null),
          new BinaryCrossEntropy(0.1f, ClassWeights.BALANCED),
          new MeanSquaredError(),
          new Huber(0.5f));

  private LossTraining() {}

  public static void main(String[] arguments) {
    System.out.println(hashes(2));
  }

  /** Of the weights, by each loss. */
  static String hashes(int threads) {
    return LOSSES.stream()
        .map(loss -> Trainings.train(recipe(loss), threads).weightsSha256())
        .collect(Collectors.joining("\n"));
  }

  static Recipe recipe(Loss loss) {
    return Trainings.standard(Trainings.MOMENTUM).toBuilder()
        .loss(loss)
        .augmentation(new Augmentation(2, true).withMixing(new Mixup(0.2, 1), new Cutmix(1, 1)))
        .clip(new ClipOptions(0.25f, null))
        .build();
  }
}
