package io.convoy.worker;

import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;

/** What people read in Spark's own pages about a run's jobs. */
public final class JobDescription {
  /** The property by which Spark hands it on with the jobs of a thread. */
  private static final String PROPERTY = "spark.job.description";

  private JobDescription() {}

  /**
   * Steps of a run: {@code fashion: epoch 3, steps 401 to 450}.
   *
   * @param run where it lies; its last name is told
   * @param from the first step, from 1
   * @param to the last one
   */
  public static String ofSteps(String run, long from, long to, long stepsPerEpoch) {
    long first = (from - 1) / stepsPerEpoch + 1;
    long last = (to - 1) / stepsPerEpoch + 1;
    String epochs = first == last ? "epoch " + first : "epochs %s to %s".formatted(first, last);
    String steps = from == to ? "step " + from : "steps %s to %s".formatted(from, to);
    return of(run, epochs + ", " + steps);
  }

  /** What is done for a run: {@code fashion: validation after step 450}. */
  public static String of(String run, String what) {
    return run.substring(run.lastIndexOf('/') + 1) + ": " + what;
  }

  /**
   * Has all jobs that this thread runs meanwhile described so. What a user's own session had set
   * comes back afterwards.
   */
  public static <T> T during(JavaSparkContext spark, String description, Supplier<T> jobs) {
    String before = spark.getLocalProperty(PROPERTY);
    spark.setLocalProperty(PROPERTY, description);
    try {
      return jobs.get();
    } finally {
      spark.setLocalProperty(PROPERTY, before);
    }
  }
}
