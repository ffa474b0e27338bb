package io.convoy.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.convoy.error.ConvoyException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

/** With messages as Spark 4.2 writes them. */
class JobFailureTest {
  @Test
  void aTasksOwnWordCounts() {
    ConvoyException ours = ConvoyException.data("a.idx is cut");
    assertSame(ours, JobFailure.of(new SparkException("Job aborted", new RuntimeException(ours))));
  }

  @Test
  void anExecutorThatWasKilledIsNamed() {
    assertEquals(
        "ExecutorLostFailure (executor 1 exited caused by one of the running tasks) Reason: Command"
            + " exited with code 137",
        message(
            """
            Job aborted due to stage failure: Could not recover from a failed barrier ResultStage. \
            Most recent failure reason: Stage failed because barrier task ResultTask(2, 0) finished \
            unsuccessfully.
            ExecutorLostFailure (executor 1 exited caused by one of the running tasks) Reason: \
            Command exited with code 137
            """));
  }

  @Test
  void aFullHeapSaysWhatToDo() {
    String advice = "): give executors more memory with spark.executor.memory";
    assertEquals(
        "an executor ran out of memory (java.lang.OutOfMemoryError: Java heap space" + advice,
        message(
            """
            Job aborted due to stage failure: Most recent failure reason: barrier task failed
            java.lang.OutOfMemoryError: Java heap space
            \tat io.convoy.Here.there(Here.java:3)
            """));
    assertEquals(
        "an executor ran out of memory (ExecutorLostFailure (executor 5 exited) Reason: Command"
            + " exited with code 52"
            + advice,
        message(
            "Job aborted\nExecutorLostFailure (executor 5 exited) Reason: Command exited with"
                + " code 52"));
  }

  @Test
  void elseTheFirstLineIsTold() {
    assertEquals("Job 3 cancelled", message("Job 3 cancelled\nfor a reason"));
    assertEquals("null", message(null));
  }

  private static String message(String spark) {
    ConvoyException failure = JobFailure.of(new SparkException(spark, null));
    assertEquals(ConvoyException.Kind.RESOURCE, failure.kind());
    return failure.getMessage();
  }
}
