package io.convoy.benchmarks.predict;

import io.convoy.error.ConvoyException;
import io.convoy.inference.Model;
import io.convoy.predict.BatchPrediction;
import io.convoy.predict.PredictListener;
import io.convoy.predict.PredictOptions;
import io.convoy.predict.PredictSummary;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/** What {@code convoy predict} does. */
final class ConvoyJob implements PredictJob {
  private final JavaSparkContext spark;
  private final BatchPrediction prediction;
  private final String place;
  private final Path out;

  /**
   * @param out the folder of the rows, written anew each time
   */
  ConvoyJob(JavaSparkContext spark, Model model, String place, Path out) {
    this.spark = spark;
    this.place = place;
    this.out = out;
    prediction = new BatchPrediction(spark, model, PredictOptions.STANDARD, PredictListener.NONE);
  }

  @Override
  public String name() {
    return "convoy";
  }

  @Override
  public long run() {
    PredictBenchmark.clear(out, spark);
    PredictSummary summary = prediction.run(place, null, out.toString(), false);
    if (summary.failed() > 0) {
      throw ConvoyException.data("%s: %d images cannot be read", place, summary.failed());
    }
    return summary.images();
  }
}
