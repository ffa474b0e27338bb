package io.convoy.worker;

import io.convoy.error.ConvoyException;
import java.lang.management.ManagementFactory;
import java.util.regex.Pattern;

/** What made a Spark job or a task fail, in one line that says what to do where that is known. */
public final class JobFailure {
  private static final Pattern NAMES_A_FAILURE =
      Pattern.compile(".*ExecutorLostFailure.*|(Caused by: )?[\\w.$]+(Error|Exception)(:.*)?");

  /** Spark's exit code of an executor that had no memory left. */
  private static final String OUT_OF_MEMORY_EXIT = "exited with code 52";

  private static final String MORE_MEMORY = "give executors more memory with spark.executor.memory";

  private JobFailure() {}

  /** Our own exception where a task threw one, else one of kind RESOURCE. */
  public static ConvoyException of(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConvoyException ours) {
        return ours;
      }
    }
    String line = line(String.valueOf(failure.getMessage()));
    boolean memory = line.contains("OutOfMemoryError") || line.contains(OUT_OF_MEMORY_EXIT);
    return memory
        ? outOfMemory(line, failure)
        : new ConvoyException(ConvoyException.Kind.RESOURCE, line, failure);
  }

  /** A task that noticed by itself that its heap is full. */
  static ConvoyException outOfMemory(OutOfMemoryError error) {
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getMax();
    return outOfMemory("heap of %s MB".formatted(heap >> 20), error);
  }

  private static ConvoyException outOfMemory(String detail, Throwable cause) {
    return new ExecutorOutOfMemoryException(
        "an executor ran out of memory (%s): %s".formatted(detail, MORE_MEMORY), cause);
  }

  /**
   * Spark's messages hold stack traces of executors: the first line in them that names a failure.
   */
  private static String line(String message) {
    return message
        .lines()
        .map(String::strip)
        .filter(line -> NAMES_A_FAILURE.matcher(line).matches())
        .findFirst()
        .orElseGet(() -> message.lines().findFirst().orElse("no message"));
  }
}
