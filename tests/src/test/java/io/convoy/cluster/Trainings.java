package io.convoy.cluster;

import io.convoy.data.DataSet;
import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.Cutmix;
import io.convoy.data.augment.Mixup;
import io.convoy.data.reader.Idx;
import io.convoy.data.reader.IdxDataSet;
import io.convoy.data.transform.Noise;
import io.convoy.data.transform.TrivialAugment;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Dropout;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Relu;
import io.convoy.loss.ClassWeights;
import io.convoy.loss.SoftmaxCrossEntropy;
import io.convoy.network.Network;
import io.convoy.operation.Padding;
import io.convoy.optimizer.Adam;
import io.convoy.optimizer.AdamW;
import io.convoy.optimizer.Lamb;
import io.convoy.optimizer.Muon;
import io.convoy.optimizer.Optimizer;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.CheckpointOptions;
import io.convoy.recipe.ClipOptions;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.EmaOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.RecipeBuilder;
import io.convoy.recipe.RegularizationOptions;
import io.convoy.recipe.SwaOptions;
import io.convoy.recipe.Sync;
import io.convoy.recipe.ValidationOptions;
import io.convoy.schedule.Cosine;
import io.convoy.train.LocalTrainer;
import io.convoy.train.TrainingState;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Small trainings with everything in them that could tell one machine from another. */
final class Trainings {
  static final Optimizer MOMENTUM = new Sgd(0.9f, true, 5e-4f, false);
  static final Optimizer ADAM = new Adam(0.9f, 0.999f, 1e-8f, 1e-4f, false);

  private static final int SIZE = 13;

  private Trainings() {}

  /** Convolution, batch norm, dropout; 13 x 13 grey images in 10 classes. */
  static Network network() {
    return Network.input(SIZE, SIZE, 1)
        .then("conv1", Conv2d.of(6, 3).withPadding(Padding.SAME).withoutBias())
        .then("bn1", BatchNorm2d.standard())
        .then("relu1", new Relu())
        .then("pool1", MaxPool2d.of(2))
        .then("conv2", Conv2d.of(20, 3))
        .then("relu2", new Relu())
        .then("flatten", new Flatten())
        .then("dropout", new Dropout(0.25f))
        .then("logits", Linear.of(10))
        .build();
  }

  static Recipe recipe(Optimizer optimizer, int batchSize, int epochs, Sync sync) {
    return recipe(optimizer, batchSize, epochs, sync, 0);
  }

  static Recipe recipe(
      Optimizer optimizer, int batchSize, int epochs, Sync sync, long checkpointSteps) {
    return new RecipeBuilder()
        .name("test")
        .seed(7)
        .network(network())
        .data(new DataOptions(new Idx(), null, null))
        .augmentation(new Augmentation(1, true))
        .batchSize(batchSize)
        .epochs(epochs)
        .optimizer(optimizer)
        .schedule(new Cosine(0.02, 1, 0))
        .checkpoint(new CheckpointOptions(checkpointSteps, 3))
        .sync(sync)
        .build();
  }

  /**
   * AdamW, the gradient's values and norm limited, averaged weights: all that owners can do. And
   * images that are changed and mixed.
   */
  static Recipe averagedAndClipped(Sync sync) {
    return recipe(new AdamW(0.9f, 0.99f, 1e-8f, 0.05f, false), 20, 2, sync).toBuilder()
        .augmentation(
            new Augmentation(1, true)
                .withSteps(new TrivialAugment(List.of(0)), new Noise(4, 0.5))
                .withMixing(new Mixup(0.2, 1), new Cutmix(1, 1)))
        .clip(new ClipOptions(0.5f, 2f))
        .ema(new EmaOptions(0.9, true))
        .build();
  }

  /**
   * Three rounds of figures: LAMB, the gradient's norm limited, and that of filters, of which some
   * cross chunks.
   */
  static Recipe byNorms(Sync sync) {
    Network crossing =
        Network.input(SIZE, SIZE, 1)
            .then("conv1", Conv2d.of(6, 3).withPadding(Padding.SAME).withoutBias())
            .then("bn1", BatchNorm2d.standard())
            .then("relu1", new Relu())
            .then("flatten", new Flatten())
            .then("hidden", Linear.of(20))
            .then("logits", Linear.of(10))
            .build();
    return recipe(new Lamb(0.9f, 0.99f, 1e-6f, null, 0.1f, false, false), 20, 2, sync).toBuilder()
        .network(crossing)
        .clip(new ClipOptions(null, 2f))
        .regularization(new RegularizationOptions(1e-4f, 0, 0, 1.2f, false))
        .build();
  }

  /** Muon, whose matrices have one owner each. */
  static Recipe byMatrices(Sync sync) {
    Optimizer muon = new Muon(0.9f, true, 5, Muon.AdjustRate.ORIGINAL, 1f, 0.1f, false);
    return byNorms(sync).toBuilder().optimizer(muon).build();
  }

  /** The weights' average over the end, at a rate of its own, with statistics of its own. */
  static Recipe averagedAtTheEnd(Sync sync) {
    return recipe(MOMENTUM, 20, 2, sync).toBuilder().swa(new SwaOptions(0.4, 3, 0.01)).build();
  }

  /** The same by a focal loss, with weights of classes. */
  static Recipe byClassWeights(Recipe recipe, ClassWeights weights) {
    return recipe.toBuilder().loss(new SoftmaxCrossEntropy(0.1f, weights, 2)).build();
  }

  /** With an auxiliary output, images held back, and weights averaged at the end. */
  static Recipe withAuxiliaryOutput(Sync sync) {
    Network sided =
        Network.input(SIZE, SIZE, 1)
            .then("conv1", Conv2d.of(6, 3).withPadding(Padding.SAME).withoutBias())
            .then("bn1", BatchNorm2d.standard())
            .then("relu1", new Relu())
            .then("pool1", MaxPool2d.of(2))
            .then("flatten", new Flatten())
            .then("dropout", new Dropout(0.25f))
            .then("logits", Linear.of(10))
            .join("side.conv", Conv2d.of(7, 3).withStride(2), "relu1")
            .then("side.bn", BatchNorm2d.standard())
            .then("side.flatten", new Flatten())
            .then("side.fc", Linear.of(10))
            .output("logits")
            .auxiliary("side.fc", 0.3)
            .build();
    return averagedAtTheEnd(sync).toBuilder()
        .network(sided)
        .validation(new ValidationOptions(0.1, null))
        .build();
  }

  /** A tenth of the images held back for validation, and averaged weights. */
  static Recipe validated(Sync sync) {
    return recipe(MOMENTUM, 20, 2, sync).toBuilder()
        .validation(new ValidationOptions(0.1, null))
        .ema(new EmaOptions(0.9, true))
        .build();
  }

  /** Images whose pixels follow from index and place by whole-number arithmetic. */
  static IdxDataSet data(Path folder, int samples) {
    Path images = folder.resolve("images-" + samples);
    Path labels = folder.resolve("labels-" + samples);
    try (DataOutputStream pixels =
            new DataOutputStream(new java.io.BufferedOutputStream(Files.newOutputStream(images)));
        DataOutputStream classes = new DataOutputStream(Files.newOutputStream(labels))) {
      pixels.writeInt(0x00000803);
      pixels.writeInt(samples);
      pixels.writeInt(SIZE);
      pixels.writeInt(SIZE);
      classes.writeInt(0x00000801);
      classes.writeInt(samples);
      for (int i = 0; i < samples; i++) {
        int label = i * 7 % 10;
        classes.writeByte(label);
        for (int p = 0; p < SIZE * SIZE; p++) {
          int noise = (i * 2654435 + p * 40503 + i * p * 97) >>> 7 & 0x3F;
          pixels.writeByte((p / SIZE + label) % 5 * 40 + (p % SIZE * label) % 7 * 5 + noise & 0xFF);
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return new IdxDataSet(images.toString(), labels.toString(), List.of());
  }

  /** The truth: the same recipe without Spark. */
  static TrainingState local(Recipe recipe, DataSet data) {
    try (SampleSource source = data.open(new LocalFiles());
        LocalTrainer trainer = new LocalTrainer(recipe, source, KernelProvider.kernels(), 1)) {
      trainer.train(trainer.totalSteps(), report -> {});
      return trainer.finishedState();
    }
  }
}
