package io.convoy.train;

import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Dropout;
import io.convoy.layer.Flatten;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.Linear;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.operation.Padding;
import io.convoy.recipe.Recipe;

/**
 * A training with auxiliary outputs: one behind layers of its own, with norm and dropout, and one
 * that other layers read. As a program it prints the hashes: what a JVM of its own is started for.
 */
public final class AuxiliaryTraining {
  private AuxiliaryTraining() {}

  public static void main(String[] arguments) {
    System.out.println(hash(2));
  }

  /** Weights, then momentum. */
  static String hash(int threads) {
    TrainingState state = Trainings.train(recipe(), threads);
    return state.weightsSha256() + "\n" + String.join("\n", state.slotsSha256());
  }

  static Recipe recipe() {
    return Trainings.recipe(network(), Trainings.MOMENTUM, 3, 1);
  }

  static Network network() {
    return Network.input(9, 7, 3)
        .then("stem", Conv2d.of(10, 3).withPadding(Padding.SAME).withoutBias())
        .then("norm", BatchNorm2d.standard())
        .then("relu", new Relu())
        .then("pool", MaxPool2d.of(2))
        .then("deep", Conv2d.of(17, 3).withPadding(Padding.SAME))
        .then("relu2", new Relu())
        .then("mean", new GlobalAvgPool())
        .then("early", Linear.of(5))
        .then("dropout", new Dropout(0.25f))
        .then("logits", Linear.of(5))
        .join("side.conv", Conv2d.of(6, 3).withStride(2).withoutBias(), "relu")
        .then("side.norm", BatchNorm2d.standard())
        .then("side.relu", new Relu())
        .then("side.flatten", new Flatten())
        .then("side.dropout", new Dropout(0.5f))
        .then("side.fc", Linear.of(5))
        .output("logits")
        .auxiliary("side.fc", 0.3)
        .auxiliary("early", 0.625)
        .build();
  }
}
