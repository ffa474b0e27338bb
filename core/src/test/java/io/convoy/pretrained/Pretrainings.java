package io.convoy.pretrained;

import io.convoy.data.augment.StandardScore;
import io.convoy.data.reader.Folders;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.Linear;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.FineTuning;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.RecipeBuilder;
import io.convoy.schedule.Constant;
import java.util.Arrays;

/** Recipes that start from something. */
final class Pretrainings {
  private Pretrainings() {}

  /** Convolution, batch norm, two dense layers. */
  static Network network(int classes) {
    return Network.input(9, 7, 3)
        .then("conv1", Conv2d.of(4, 3).withoutBias())
        .then("bn1", BatchNorm2d.standard())
        .then("relu", new Relu())
        .then("pool", new GlobalAvgPool())
        .then("hidden", Linear.of(6))
        .then("fc", Linear.of(classes))
        .build();
  }

  /** The same with an auxiliary output above the pooling. */
  static Network withSide(int classes) {
    return Network.input(9, 7, 3)
        .then("conv1", Conv2d.of(4, 3).withoutBias())
        .then("bn1", BatchNorm2d.standard())
        .then("relu", new Relu())
        .then("pool", new GlobalAvgPool())
        .then("hidden", Linear.of(6))
        .then("fc", Linear.of(classes))
        .join("side", Linear.of(classes), "pool")
        .output("fc")
        .auxiliary("side", 0.3)
        .build();
  }

  static Recipe recipe(Network network) {
    float[] ones = new float[network.inputShape().channels()];
    Arrays.fill(ones, 1);
    return new RecipeBuilder()
        .seed(3)
        .network(network)
        .data(new DataOptions(new Folders(), null, null))
        .standardization(new StandardScore(ones, ones))
        .batchSize(8)
        .epochs(1)
        .optimizer(new Sgd(0.9f, false, 0, false))
        .schedule(new Constant(0.1, 0))
        .build();
  }

  static Recipe recipe(Network network, FineTuning tuning) {
    return recipe(network).toBuilder().fineTuning(tuning).build();
  }
}
