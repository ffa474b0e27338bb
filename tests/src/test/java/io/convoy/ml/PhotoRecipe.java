package io.convoy.ml;

import io.convoy.data.reader.Folders;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.Linear;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.operation.Padding;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.RecipeBuilder;
import io.convoy.schedule.Constant;

/** A small training on small photographs of any size. */
public final class PhotoRecipe {
  private PhotoRecipe() {}

  /** In so many classes. */
  public static Recipe of(int classes) {
    Network network =
        Network.input(8, 8, 3)
            .then("conv", Conv2d.of(8, 3).withPadding(Padding.SAME))
            .then("norm", BatchNorm2d.standard())
            .then("relu", new Relu())
            .then("mean", new GlobalAvgPool())
            .then("logits", Linear.of(classes))
            .build();
    return new RecipeBuilder()
        .name("photos")
        .network(network)
        .data(new DataOptions(new Folders(), "elsewhere", null))
        .conv(ConvolutionAlgorithm.DIRECT)
        .batchSize(16)
        .shards(2)
        .epochs(1)
        .optimizer(new Sgd(0.9f, false, 0, false))
        .schedule(new Constant(0.05, 0))
        .build();
  }
}
