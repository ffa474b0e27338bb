package io.convoy.trainer;

import io.convoy.error.ConvoyException;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Counts the slots that the cluster has for tasks, and waits for executors that are on their way.
 */
final class ExecutorWatch {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(120);
  private static final long LOOK_AGAIN_MILLIS = 100;

  private final JavaSparkContext spark;

  ExecutorWatch(JavaSparkContext spark) {
    this.spark = spark;
  }

  /** Tasks that can run at once, as Spark itself counts them for a barrier stage. */
  int slots() {
    return spark
        .sc()
        .maxNumConcurrentTasks(spark.sc().resourceProfileManager().defaultResourceProfile());
  }

  /**
   * Waits until so many tasks can run at once; Spark tells of new executors late or never, so it is
   * asked.
   *
   * @throws ConvoyException of kind RESOURCE when they do not come within two minutes
   */
  void await(int wanted) {
    long end = System.nanoTime() + (spark.isLocal() ? 0 : LIMIT_NANOS);
    while (slots() < wanted) {
      if (spark.sc().isStopped()) {
        throw ConvoyException.resource(
            "the Spark session has ended while executors were waited for: is the master %s there,"
                + " and has it room for %d executors?",
            spark.master(), wanted);
      }
      if (System.nanoTime() > end) {
        throw ConvoyException.resource(
            "%d executors are to train in step, but the cluster has slots for %d tasks at once"
                + " (%s, spark.task.cpus=%s): ask for fewer with --executors, or give it more"
                + " executors or cores",
            wanted, slots(), spark.master(), spark.getConf().get("spark.task.cpus", "1"));
      }
      try {
        TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw ConvoyException.resource("interrupted while waiting for executors");
      }
    }
  }
}
