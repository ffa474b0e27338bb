package io.convoy.cluster;

import io.convoy.data.DataSet;
import io.convoy.error.ConvoyException;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.train.StepReport;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingListener;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A driver in a process of its own, to be killed: prints each step, one a line. Arguments: a folder
 * with the data, the run's folder, "new" or "resume", the recipe's epochs, the step to end at or 0.
 */
final class DriverMain {
  static final int SAMPLES = 1501;

  private DriverMain() {}

  static Recipe recipe(int epochs) {
    return Trainings.averagedAndClipped(Sync.PEERS).toBuilder()
        .batchSize(100)
        .epochs(epochs)
        .build();
  }

  public static void main(String[] args) {
    DataSet data = Trainings.data(Path.of(args[0]), SAMPLES);
    Path run = Path.of(args[1]);
    boolean resume = args[2].equals("resume");
    Recipe recipe = recipe(Integer.parseInt(args[3])).withMaxSteps(Long.parseLong(args[4]));
    try (JavaSparkContext spark = Sessions.local()) {
      new SparkTrainer(spark)
          .train(
              resume ? Runs.resume(recipe, data, run, 1) : Runs.job(recipe, data, run, 1),
              new Printing());
      System.out.println("done");
    } catch (ConvoyException e) {
      System.out.println("stopped: " + e.getMessage());
    }
  }

  private static final class Printing implements TrainingListener {
    @Override
    public void onStart(long from, long total, long stepsPerEpoch) {
      System.out.println("from " + from);
    }

    @Override
    public void onStep(StepReport report) {
      System.out.println("step " + report.step());
    }
  }
}
