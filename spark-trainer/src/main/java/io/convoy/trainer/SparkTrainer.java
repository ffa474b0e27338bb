package io.convoy.trainer;

import io.convoy.train.Evaluator;
import io.convoy.data.DataSet;
import io.convoy.train.Recipe;
import org.apache.spark.api.java.JavaSparkContext;

/** Trains on Spark. */
public final class SparkTrainer {
  private final JavaSparkContext spark;

  public SparkTrainer(JavaSparkContext spark) {
    this.spark = spark;
  }

  /** Runs a job to its end and writes {@code result.json}. */
  public TrainingOutcome train(TrainingJob job, TrainingListener listener) {
    throw new IllegalStateException("being written " + spark);
  }

  /** Loss and accuracy of a state on a data set, on the executors. */
  public Evaluator.Result evaluate(Recipe recipe, float[] state, DataSet test, int executors, int threads) {
    throw new IllegalStateException("being written " + spark);
  }
}
