package io.convoy.pack.job;

import io.convoy.error.ConvoyException;
import io.convoy.worker.JobFailure;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkJobInfo;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** Runs a job and tells how far it is, by the tasks that have ended. */
record JobRun(JavaSparkContext spark, PackListener listener) {
  private static final long LOOK_MILLIS = 200;

  /**
   * Collects what the partitions give: a few numbers each.
   *
   * @param bytes that all of them go through
   */
  List<byte[]> collect(JavaRDD<byte[]> rdd, String what, long bytes) {
    listener.begin(what, bytes);
    JavaFutureAction<List<byte[]>> job = rdd.collectAsync();
    try {
      while (true) {
        try {
          List<byte[]> parts = job.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
          at(bytes);
          return parts;
        } catch (TimeoutException e) {
          at((long) (bytes * done(job)));
        }
      }
    } catch (ExecutionException e) {
      throw JobFailure.of(e);
    } catch (InterruptedException e) {
      job.cancel(true);
      Thread.currentThread().interrupt();
      throw ConvoyException.resource("interrupted while a set was packed");
    }
  }

  /** Where nobody knows how much there is, there is nothing to tell. */
  private void at(long bytes) {
    if (bytes > 0) {
      listener.at(bytes);
    }
  }

  private double done(JavaFutureAction<?> job) {
    int tasks = 0;
    int ended = 0;
    for (int id : job.jobIds()) {
      SparkJobInfo info = spark.statusTracker().getJobInfo(id);
      for (int stage : info == null ? new int[0] : info.stageIds()) {
        SparkStageInfo known = spark.statusTracker().getStageInfo(stage);
        tasks += known == null ? 0 : known.numTasks();
        ended += known == null ? 0 : known.numCompletedTasks();
      }
    }
    return tasks == 0 ? 0 : (double) ended / tasks;
  }
}
