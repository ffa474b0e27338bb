package io.convoy.train;

import io.convoy.data.SampleSource;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.SampleLoader;
import io.convoy.data.augment.Standardization;
import io.convoy.data.reader.Folders;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.Add;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Dropout;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import io.convoy.optimizer.Adam;
import io.convoy.optimizer.AdamW;
import io.convoy.optimizer.Lamb;
import io.convoy.optimizer.Muon;
import io.convoy.optimizer.Optimizer;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.ClipOptions;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.EmaOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.RecipeBuilder;
import io.convoy.recipe.RegularizationOptions;
import io.convoy.reference.BarImages;
import io.convoy.schedule.Constant;
import io.convoy.schedule.Cosine;
import io.convoy.schedule.Schedule;

/** Small recipes that use all there is, at odd sizes. */
final class Trainings {
  static final Optimizer MOMENTUM = new Sgd(0.9f, true, 1e-3f, false);
  static final Optimizer ADAM = new Adam(0.9f, 0.999f, 1e-8f, 1e-3f, true);

  /** Three full batches of 13 and one of a single sample an epoch. */
  static final SampleSource IMAGES = BarImages.colour(40);

  private Trainings() {}

  /** All layers; a residual connection. */
  static Network everything() {
    return Network.input(9, 7, 3)
        .then("stem", Conv2d.of(10, 3).withPadding(Padding.SAME).withoutBias())
        .then("norm1", BatchNorm2d.standard())
        .then("relu1", new Relu())
        .then("branch", Conv2d.of(10, 3).withPadding(Padding.SAME).withGroups(2))
        .then("norm2", new BatchNorm2d(1e-3f, 0.25f))
        .join("sum", new Add(), "relu1", "norm2")
        .then("relu2", new Relu())
        .then("pool", new MaxPool2d(Extent.square(3), Extent.square(2), Padding.of(1)))
        .then("down", Conv2d.of(6, 3).withStride(2).withPadding(Padding.of(1)))
        .then("flatten", new Flatten())
        .then("dropout", new Dropout(0.25f))
        .then("hidden", Linear.of(17))
        .then("relu3", new Relu())
        .then("logits", Linear.of(5))
        .build();
  }

  /** Without statistics of a batch: shards then differ by rounding alone. */
  static Network withoutNorm() {
    return Network.input(9, 7, 3)
        .then("conv", Conv2d.of(10, 3).withPadding(Padding.SAME))
        .then(new Relu())
        .then(MaxPool2d.of(2))
        .then(new Flatten())
        .then("logits", Linear.of(5))
        .build();
  }

  static Recipe recipe(Network network, Optimizer optimizer, int shards, long seed) {
    return recipe(network, optimizer, new Cosine(0.02, 0.5, 0.01), 13, shards, seed);
  }

  static Recipe recipe(
      Network network, Optimizer optimizer, Schedule schedule, int batch, int shards, long seed) {
    return new RecipeBuilder()
        .name("test")
        .seed(seed)
        .network(network)
        .data(new DataOptions(new Folders(), null, null))
        .augmentation(new Augmentation(2, true))
        .batchSize(batch)
        .shards(shards)
        .epochs(3)
        .optimizer(optimizer)
        .schedule(schedule)
        .build();
  }

  static Recipe standard(Optimizer optimizer) {
    return recipe(everything(), optimizer, 3, 1);
  }

  /** Two phases and an average: AdamW, the gradient's values and norm limited, moving average. */
  static Recipe averagedAndClipped() {
    return standard(new AdamW(0.9f, 0.99f, 1e-8f, 0.05f, false)).toBuilder()
        .clip(new ClipOptions(0.25f, 5f))
        .ema(new EmaOptions(0.9, true))
        .build();
  }

  /** Three rounds: LAMB, the gradient's norm limited, and that of filters that cross chunks. */
  static Recipe byNorms() {
    Network crossing =
        Network.input(9, 7, 3)
            .then("conv", Conv2d.of(10, 3).withPadding(Padding.SAME).withoutBias())
            .then("norm", BatchNorm2d.standard())
            .then("relu", new Relu())
            .then("flatten", new Flatten())
            .then("hidden", Linear.of(17))
            .then("logits", Linear.of(5))
            .build();
    return recipe(crossing, new Lamb(0.9f, 0.99f, 1e-6f, null, 0.1f, false, false), 3, 1)
        .toBuilder()
        .clip(new ClipOptions(null, 2f))
        .regularization(new RegularizationOptions(1e-3f, 0, 0, 1.2f, false))
        .ema(new EmaOptions(0.9, true))
        .build();
  }

  /** Muon: two hidden layers, whose matrices cross chunks, one wide and one tall. */
  static Recipe byMatrices() {
    Network hidden =
        Network.input(9, 7, 3)
            .then("conv", Conv2d.of(10, 3).withPadding(Padding.SAME).withoutBias())
            .then("norm", BatchNorm2d.standard())
            .then("relu", new Relu())
            .then("flatten", new Flatten())
            .then("wide", Linear.of(17))
            .then("relu2", new Relu())
            .then("tall", Linear.of(601))
            .then("relu3", new Relu())
            .then("logits", Linear.of(5))
            .build();
    Optimizer muon = new Muon(0.9f, true, 5, Muon.AdjustRate.ORIGINAL, 0.5f, 0.1f, false);
    return recipe(hidden, muon, 3, 1).toBuilder().ema(new EmaOptions(0.9, true)).build();
  }

  /** At a constant rate, without augmentation. */
  static Recipe plain(Network network, double rate, int batch, int shards) {
    Optimizer optimizer = new Sgd(0.9f, false, 0f, false);
    return recipe(network, optimizer, new Constant(rate, 0), batch, shards, 1).toBuilder()
        .augmentation(Augmentation.NONE)
        .build();
  }

  static TrainingState train(Recipe recipe, int threads) {
    try (LocalTrainer trainer =
        new LocalTrainer(recipe, IMAGES, KernelProvider.kernels(), threads)) {
      trainer.train(trainer.totalSteps(), report -> {});
      return trainer.state();
    }
  }

  /** Loss and accuracy of a state's weights over a set. */
  static Evaluator.Result evaluate(
      Recipe recipe,
      Standardization standardization,
      TrainingState state,
      SampleSource source,
      int threads) {
    SampleLoader loader =
        new SampleLoader(
            source,
            recipe.network().inputShape(),
            standardization,
            recipe.augmentation(),
            recipe.seed());
    try (WorkPool pool = new WorkPool(threads);
        Evaluator evaluator =
            new Evaluator(
                recipe.network(),
                recipe.conv(),
                state.weights(),
                loader,
                KernelProvider.kernels(),
                pool)) {
      return evaluator.all();
    }
  }
}
