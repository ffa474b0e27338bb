package io.convoy.newcomer;

import io.convoy.data.DataSet;
import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.data.reader.Idx;
import io.convoy.data.reader.IdxDataSet;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.Conv2d;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.Linear;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.RecipeBuilder;
import io.convoy.schedule.Constant;
import io.convoy.train.LocalTrainer;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingJob;
import io.convoy.trainer.TrainingListener;
import io.convoy.trainer.TrainingOutcome;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What README.md shows of Convoy as a library, between the two marks: compiled, and run by a test.
 */
final class LibraryExample {
  private LibraryExample() {}

  // README.md from here
  static boolean sameWeights(String data, String run, JavaSparkContext spark) {
    Network network =
        Network.input(28, 28, 1)
            .then("conv", Conv2d.of(16, 3))
            .then("relu", new Relu())
            .then("pool", new GlobalAvgPool())
            .then("logits", Linear.of(10))
            .build();
    Recipe recipe =
        new RecipeBuilder()
            .network(network)
            .data(new DataOptions(new Idx(), data, null))
            .batchSize(128)
            .epochs(2)
            .optimizer(new Sgd(0.9f, false, 0, false))
            .schedule(new Constant(0.05, 0))
            .build();
    DataSet images = IdxDataSet.train(new LocalFiles(), data);

    // In this process, on two threads, without Spark.
    String local;
    try (SampleSource source = images.open(new LocalFiles());
        LocalTrainer trainer = new LocalTrainer(recipe, source, KernelProvider.kernels(), 2)) {
      trainer.train(trainer.totalSteps(), report -> {});
      local = trainer.state().weightsSha256();
    }

    // On two executors of a Spark session that is there, one thread each; the folder "run" gets
    // checkpoints, metrics and result.json.
    TrainingJob job = new TrainingJob(recipe, images, null, run, false, 2, 1);
    TrainingOutcome outcome = new SparkTrainer(spark).train(job, new TrainingListener() {});
    return outcome.weightsSha256().equals(local); // true: the same weights, bit for bit
  }
  // README.md to here
}
