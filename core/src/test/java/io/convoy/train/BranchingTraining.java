package io.convoy.train;

import io.convoy.layer.AvgPool2d;
import io.convoy.layer.Concat;
import io.convoy.layer.Conv2d;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.LeakyRelu;
import io.convoy.layer.Linear;
import io.convoy.layer.Sigmoid;
import io.convoy.layer.Tanh;
import io.convoy.loss.Loss;
import io.convoy.loss.SoftmaxCrossEntropy;
import io.convoy.network.Network;
import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import io.convoy.recipe.Recipe;

/**
 * A training with branches side by side, poolings by mean, activations by polynomials and smoothed
 * labels. As a program it prints the hashes: what a JVM of its own is started for.
 */
public final class BranchingTraining {
  private BranchingTraining() {}

  public static void main(String[] arguments) {
    System.out.println(hash(2));
  }

  /** Weights, then momentum. */
  static String hash(int threads) {
    TrainingState state = train(threads);
    return state.weightsSha256() + "\n" + String.join("\n", state.slotsSha256());
  }

  static TrainingState train(int threads) {
    return Trainings.train(recipe(new SoftmaxCrossEntropy(0.1f)), threads);
  }

  static Recipe recipe(Loss loss) {
    return Trainings.recipe(network(), Trainings.MOMENTUM, 3, 1).toBuilder().loss(loss).build();
  }

  private static Network network() {
    return Network.input(9, 7, 3)
        .then("stem", Conv2d.of(10, 3).withPadding(Padding.SAME))
        .then("leaky", new LeakyRelu(0.1f))
        .then("narrow", Conv2d.of(6, 1))
        .then("tanh", new Tanh())
        .join("wide", Conv2d.of(7, 5).withPadding(Padding.SAME), "leaky")
        .then("sigmoid", new Sigmoid())
        .join(
            "smooth",
            new AvgPool2d(Extent.square(3), Extent.square(1), Padding.SAME, false),
            "leaky")
        .join("side", new Concat(), "tanh", "sigmoid", "smooth")
        .then("pool", new AvgPool2d(Extent.square(3), Extent.square(2), Padding.of(1), true))
        .then("deep", Conv2d.of(17, 3).withPadding(Padding.SAME))
        .then("tanh2", new Tanh())
        .then("mean", new GlobalAvgPool())
        .then("logits", Linear.of(5))
        .build();
  }
}
