package io.convoy.train;

import io.convoy.layer.Add;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.Linear;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.operation.Padding;
import io.convoy.recipe.Recipe;

/**
 * A training with convolutions by both forms of Winograd's algorithm, depthwise, strided and 1x1
 * ones, a dense layer of whole tiles, and what the planner computes together. As a program it
 * prints the hashes: what a JVM of its own is started for.
 */
public final class ResidualTraining {
  private ResidualTraining() {}

  public static void main(String[] arguments) {
    System.out.println(hash(2));
  }

  /** Weights, then momentum. */
  static String hash(int threads) {
    return String.join("\n", train(ConvolutionAlgorithm.AUTO, threads).arraysSha256());
  }

  static TrainingState train(ConvolutionAlgorithm convolution, int threads) {
    Recipe recipe = Trainings.recipe(network(), Trainings.MOMENTUM, 3, 1);
    return Trainings.train(recipe.toBuilder().conv(convolution).build(), threads);
  }

  private static Network network() {
    return Network.input(9, 7, 3)
        .then("stem", conv(17))
        .then("stem_norm", BatchNorm2d.standard())
        .then("stem_relu", new Relu())
        .then("conv1", conv(70))
        .then("norm1", BatchNorm2d.standard())
        .then("relu1", new Relu())
        .then("conv2", conv(17))
        .then("norm2", BatchNorm2d.standard())
        .join("sum", new Add(), "norm2", "stem_relu")
        .then("relu2", new Relu())
        .then("depthwise", conv(17).withGroups(17))
        .then("norm3", BatchNorm2d.standard())
        .then("relu3", new Relu())
        .then("five", Conv2d.of(16, 5).withPadding(Padding.SAME))
        .then("relu_five", new Relu())
        .then("wide", Conv2d.of(64, 1))
        .then("relu_wide", new Relu())
        .then("down", Conv2d.of(20, 3).withStride(2).withPadding(Padding.of(1)))
        .then("narrow_depthwise", conv(20).withGroups(20))
        .then("pool", MaxPool2d.of(2))
        .then("relu4", new Relu())
        .then("mean", new GlobalAvgPool())
        .then("dense", Linear.of(64))
        .then("relu_dense", new Relu())
        .then("logits", Linear.of(5))
        .build();
  }

  private static Conv2d conv(int channels) {
    return Conv2d.of(channels, 3).withPadding(Padding.SAME).withoutBias();
  }
}
