package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoy.data.DataSet;
import io.convoy.data.LocalFiles;
import io.convoy.data.reader.Folders;
import io.convoy.data.reader.Idx;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.Linear;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.network.StateLayout.Entry;
import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.FineTuning;
import io.convoy.recipe.FineTuning.Head;
import io.convoy.recipe.Freeze;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.RecipeBuilder;
import io.convoy.schedule.Cosine;
import io.convoy.train.StepReport;
import io.convoy.train.TrainingState;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks of CIFAR-10 and Fashion-MNIST, each started from the other's weights. */
@Tag("data")
@Tag("slow")
class FineTunedPhotographsTest {
  private static final int STEPS = 100;

  @TempDir Path folder;

  /** A hundred steps of 64 images. */
  private static Recipe recipe(DataOptions data) {
    return new RecipeBuilder()
        .network(
            Network.input(28, 28, 1)
                .then("conv1", Conv2d.of(16, 3).withPadding(Padding.SAME).withoutBias())
                .then("bn1", BatchNorm2d.standard())
                .then("relu1", new Relu())
                .then("pool1", MaxPool2d.of(2))
                .then("conv2", Conv2d.of(32, 3).withPadding(Padding.SAME).withoutBias())
                .then("bn2", BatchNorm2d.standard())
                .then("relu2", new Relu())
                .then("pool2", new GlobalAvgPool())
                .then("fc", Linear.of(10))
                .build())
        .data(data)
        .batchSize(64)
        .epochs(1)
        .maxSteps(STEPS)
        .optimizer(Trainings.MOMENTUM)
        .schedule(new Cosine(0.1, 0, 0))
        .build();
  }

  private static Recipe tuned(Recipe recipe, Path weights) {
    return recipe.toBuilder()
        .fineTuning(
            FineTuning.from(weights.toString())
                .withHead(Head.REPLACE)
                .withFreeze(Freeze.of("conv1"), Freeze.of("bn1")))
        .build();
  }

  private static Path data(String name) {
    String given = System.getenv("CONVOY_DATA");
    Path root = given == null ? Path.of("..", "..", "shared", "data") : Path.of(given);
    Path data = root.resolve(name).toAbsolutePath().normalize();
    assumeTrue(Files.isDirectory(data), () -> "skipped: there is no " + data);
    return data;
  }

  /** The ten thousand images of CIFAR-10's test set, grey and at Fashion-MNIST's size. */
  private DataOptions cifar10() throws IOException, InterruptedException {
    Path images = Files.createDirectory(folder.resolve("images"));
    Path tar = data("cifar10-jpg").resolve("test.tar");
    Process unpacking =
        new ProcessBuilder("tar", "-xf", tar.toString(), "-C", images.toString())
            .inheritIO()
            .start();
    assertEquals(0, unpacking.waitFor());
    Path classes = Files.isDirectory(images.resolve("test")) ? images.resolve("test") : images;
    return new DataOptions(new Folders(), classes.toString(), 1)
        .withSize(new Extent(28, 28), null, true, null);
  }

  /** A training on two executors: what it has come to, its losses told. */
  private TrainingState train(JavaSparkContext spark, Recipe recipe, String run) {
    List<Double> losses = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onStep(StepReport report) {
            losses.add(report.loss());
          }
        };
    DataSet images = recipe.data().training(new LocalFiles(), recipe.data().path(), 1);
    new SparkTrainer(spark).train(Runs.job(recipe, images, folder.resolve(run), 2), listener);
    assertEquals(STEPS, losses.size());
    double begin = losses.subList(0, 10).stream().mapToDouble(l -> l).average().orElseThrow();
    double end = losses.subList(90, 100).stream().mapToDouble(l -> l).average().orElseThrow();
    assertTrue(end < begin, () -> "%s: the loss went from %s to %s".formatted(run, begin, end));
    return Runs.saved(recipe, folder.resolve(run));
  }

  @Test
  void eachStartsFromTheOther() throws IOException, InterruptedException {
    Recipe fashion = recipe(new DataOptions(new Idx(), data("fashion-mnist").toString(), null));
    Recipe cifar = recipe(cifar10());
    try (JavaSparkContext spark = Sessions.executors(2)) {
      TrainingState ofFashion = train(spark, fashion, "fashion");
      TrainingState ofCifar = train(spark, cifar, "cifar");
      Recipe cifarFromFashion = tuned(cifar, folder.resolve("fashion"));
      Recipe fashionFromCifar = tuned(fashion, folder.resolve("cifar"));
      requireFrozen(cifar, ofFashion, train(spark, cifarFromFashion, "cifar-from-fashion"));
      requireFrozen(fashion, ofCifar, train(spark, fashionFromCifar, "fashion-from-cifar"));
    }
  }

  private static void requireFrozen(Recipe recipe, TrainingState from, TrainingState end) {
    for (Entry entry : recipe.network().layout().entries()) {
      int to = entry.offset() + entry.length();
      assertEquals(
          entry.name().matches("(conv1|bn1)\\..*"),
          Arrays.equals(from.weights(), entry.offset(), to, end.weights(), entry.offset(), to),
          entry.name());
    }
  }
}
