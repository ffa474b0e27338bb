package io.convoy.cluster;

import io.convoy.data.examine.DamageLimit;
import io.convoy.predict.BatchPrediction;
import io.convoy.predict.PredictListener;
import io.convoy.predict.PredictOptions;
import io.convoy.predict.PredictSets;
import io.convoy.predict.PredictSummary;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A driver that predicts, in a process of its own. Arguments: images, output, and whether it stops
 * for good behind the first part, to be killed, or goes on with what is there.
 */
final class PredictMain {
  static final PredictOptions OPTIONS =
      PredictOptions.STANDARD.withAll("relu").withMaxFailures(DamageLimit.of("6%"));

  private PredictMain() {}

  public static void main(String[] args) {
    boolean stops = args[2].equals("stop");
    try (JavaSparkContext spark = Sessions.local()) {
      PredictSummary summary =
          new BatchPrediction(spark, PredictSets.model(), OPTIONS, new Printing(stops))
              .run(args[0], null, args[1], !stops);
      System.out.println("done: " + summary.images() + ", failed: " + summary.failed());
    }
  }

  private record Printing(boolean stops) implements PredictListener {
    @Override
    public void begin(long images, int parts, long done, int partsDone) {
      System.out.println("begins behind part " + partsDone);
    }

    @Override
    public void at(long images, int parts) {
      if (stops) {
        System.out.println("stops");
        while (true) {
          Thread.onSpinWait(); // its end is to be killed
        }
      }
    }
  }
}
