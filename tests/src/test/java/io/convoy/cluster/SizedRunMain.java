package io.convoy.cluster;

import io.convoy.data.DataSet;
import io.convoy.data.augment.Augmentation;
import io.convoy.error.ConvoyException;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.layer.Relu;
import io.convoy.memory.DriverMemory;
import io.convoy.memory.ExecutorMemory;
import io.convoy.network.Network;
import io.convoy.recipe.CheckpointOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.schedule.Constant;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingListener;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A driver that trains a network of 52 million parameters on two executors whose heap is a share of
 * the one that is worked out for them. Prints the outcome, or the error's one line. Arguments: a
 * folder for everything; "peers" or "driver"; per cent of the executors' heap.
 */
final class SizedRunMain {
  private static final int EXECUTORS = 2;

  private SizedRunMain() {}

  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    Recipe recipe = recipe(args[1].equals("driver") ? Sync.DRIVER : Sync.PEERS);
    long whole = executors(recipe).heap() >> 20;
    long megabytes = whole * Integer.parseInt(args[2]) / 100;
    System.out.println("heap of executors " + megabytes + "m of " + whole + "m");
    SparkConf conf =
        Sessions.conf("local-cluster[2,1,%s]".formatted(megabytes))
            .set("spark.executor.memory", megabytes + "m")
            .remove("spark.executor.extraJavaOptions"); // the collector that a JVM takes by itself
    DataSet data = Trainings.data(folder, 12);
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      new SparkTrainer(spark)
          .train(
              Runs.job(recipe, data, folder.resolve("run"), EXECUTORS), new TrainingListener() {});
      System.out.println("trained");
    } catch (ConvoyException e) {
      System.out.println("failed " + e.kind() + " " + e.getMessage());
    }
  }

  static ExecutorMemory executors(Recipe recipe) {
    return ExecutorMemory.training(recipe, KernelProvider.kernels(), 1, EXECUTORS, 0);
  }

  static DriverMemory driver(Recipe recipe) {
    return DriverMemory.of(recipe, EXECUTORS);
  }

  /** Two segments of a step each, with a checkpoint in between. */
  static Recipe recipe(Sync sync) {
    Network network =
        Network.input(13, 13, 1)
            .then(new Flatten())
            .then(Linear.of(7_000))
            .then(new Relu())
            .then(Linear.of(7_000))
            .then(new Relu())
            .then(Linear.of(250))
            .then(new Relu())
            .then(Linear.of(10))
            .build();
    return Trainings.recipe(Trainings.MOMENTUM, 6, 1, sync, 1).toBuilder()
        .network(network)
        .augmentation(Augmentation.NONE)
        .shards(4)
        .schedule(new Constant(0.001, 0))
        .checkpoint(new CheckpointOptions(1, 1))
        .build();
  }
}
