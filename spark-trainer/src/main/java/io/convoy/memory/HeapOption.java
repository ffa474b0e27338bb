package io.convoy.memory;

import org.apache.spark.SparkConf;

/** How the heap of a driver is set: it is fixed before the driver runs. */
public final class HeapOption {
  /** Set by {@code scripts/convoy}. */
  private static final String HOME = "convoy.home";

  private HeapOption() {}

  /** The option of whatever started this process, with {@code %s} for the size. */
  public static String of(SparkConf conf) {
    if (conf.contains("spark.submit.deployMode")) {
      return "--driver-memory %s";
    }
    return System.getProperty(HOME) == null
        ? "-Xmx%s"
        : "CONVOY_DRIVER_MEMORY=%s in the environment of scripts/convoy";
  }
}
