package io.convoy.cluster;

import io.convoy.data.DataSet;
import io.convoy.data.augment.Augmentation;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.CheckpointOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.schedule.Constant;
import io.convoy.train.TrainingState;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingListener;
import io.convoy.trainer.TrainingOutcome;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A driver with a network of as many parameters as VGG-16 (138 million; with momentum the state is
 * 1.1 GB), two executors and none of Spark's limits raised. Prints hashes of what was saved and of
 * the truth. Arguments: a folder for everything, "peers" or "driver".
 */
final class LargeStateMain {
  private LargeStateMain() {}

  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    Sync sync = args[1].equals("driver") ? Sync.DRIVER : Sync.PEERS;
    DataSet data = Trainings.data(folder, 12);
    Recipe recipe = recipe(sync);
    System.out.println("parameters " + recipe.network().layout().trainedParameters());
    SparkConf conf = Sessions.conf("local-cluster[2,1,4608]").set("spark.executor.memory", "4608m");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      TrainingOutcome outcome =
          new SparkTrainer(spark)
              .train(Runs.job(recipe, data, folder.resolve("run"), 2), new TrainingListener() {});
      System.out.println("outcome " + outcome.weightsSha256());
    }
    print("saved", Runs.saved(recipe, folder.resolve("run")));
    print("truth", Trainings.local(recipe, data));
  }

  private static void print(String what, TrainingState state) {
    System.out.println(what + " " + state.weightsSha256() + " " + state.slotsSha256());
  }

  /** Two segments of a step each, with a checkpoint in between. */
  private static Recipe recipe(Sync sync) {
    Network network =
        Network.input(13, 13, 1)
            .then(new Flatten())
            .then(Linear.of(11_500))
            .then(new Relu())
            .then(Linear.of(11_500))
            .then(new Relu())
            .then(Linear.of(370))
            .then(new Relu())
            .then(Linear.of(10))
            .build();
    return Trainings.recipe(new Sgd(0.9f, false, 0f, false), 6, 1, sync, 1).toBuilder()
        .network(network)
        .augmentation(Augmentation.NONE)
        .shards(2)
        .schedule(new Constant(0.001, 0))
        .checkpoint(new CheckpointOptions(1, 1))
        .build();
  }
}
