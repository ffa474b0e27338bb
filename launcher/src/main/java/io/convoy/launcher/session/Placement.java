package io.convoy.launcher.session;

import io.convoy.error.ConvoyException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/**
 * Where a run computes.
 *
 * @param kind what starts the executors
 * @param master Spark's master URL; null where spark-submit alone knows it
 * @param executors tasks that train in step, at least 1
 * @param threads kernel threads of each, at least 1
 */
public record Placement(Kind kind, String master, int executors, int threads) {
  /** What starts the executors. */
  public enum Kind {
    /** None: driver and kernels share this process. */
    ONE_PROCESS,
    /** This process starts executors of its own on this machine (Spark's local-cluster). */
    LOCAL_EXECUTORS,
    /** A master that was named, by {@code --master} or to spark-submit. */
    CLUSTER
  }

  private static final String LOCAL_PREFIX = "local";

  private static final Pattern LOCAL =
      Pattern.compile("local(?:\\[([1-9]\\d{0,5}|\\*)(?:,\\d+)?])?");
  private static final Pattern LOCAL_CLUSTER =
      Pattern.compile("local-cluster\\[\\s*(\\d{1,6})\\s*,\\s*(\\d{1,6})\\s*,\\s*\\d{1,9}\\s*]");

  /** Spark's own masters; other cluster managers have a scheme of their own. */
  private static final Pattern OTHERS =
      Pattern.compile("yarn|spark://[^:,]+:\\d+(?:,[^:,]+:\\d+)*|(?!spark:)[A-Za-z0-9.+-]+://.+");

  /** Threads of an executor at the most, and of all executors that share this machine. */
  private static final int MAX_THREADS = 1024;

  /** As many as a recipe may have shards. */
  private static final int MAX_EXECUTORS = 1 << 16;

  public Placement {
    if (executors < 1 || threads < 1) {
      throw ConvoyException.usage(
          "--executors and --threads must be at least 1; got %d and %d", executors, threads);
    }
    requireThreads(threads);
    if (executors > MAX_EXECUTORS) {
      throw ConvoyException.usage(
          "--executors must be at most %d, as many as a recipe may have shards; got %d",
          MAX_EXECUTORS, executors);
    }
    boolean here = kind != Kind.CLUSTER || (master != null && master.startsWith(LOCAL_PREFIX));
    if (here && executors * threads > MAX_THREADS) {
      throw ConvoyException.usage(
          "--executors times --threads must be at most %d on one machine; got %d times %d: more"
              + " threads than processors make nothing faster",
          MAX_THREADS, executors, threads);
    }
  }

  /**
   * Checks a number of threads.
   *
   * @throws ConvoyException of kind USAGE when it is out of its range
   */
  public static void requireThreads(int threads) {
    if (threads < 1 || threads > MAX_THREADS) {
      throw ConvoyException.usage(
          "--threads must lie in 1 to %d; got %d: more threads than processors make nothing faster",
          MAX_THREADS, threads);
    }
  }

  /**
   * Reads where to compute out of the command line and, behind it, Spark's settings.
   *
   * @param master of {@code --master}; null where it was left out
   * @param executors of {@code --executors}; null where it was left out
   * @param threads of {@code --threads}; null where it was left out
   * @param given the settings that are there already, such as spark-submit's
   * @param processors of this machine
   * @throws ConvoyException of kind USAGE when a number is out of its range or the master is none
   */
  public static Placement of(
      String master, Integer executors, Integer threads, SparkConf given, int processors) {
    String named = master == null ? given.get("spark.master", null) : master;
    if (named != null) {
      requireMaster(named);
      int tasks = executors == null ? executorsOf(named, given) : executors;
      return new Placement(
          Kind.CLUSTER,
          named,
          tasks,
          threads == null ? threadsOf(named, given, tasks, processors) : threads);
    }
    if (executors == null) {
      return oneProcess(threads == null ? processors : threads);
    }
    int each = threads == null ? Math.max(1, processors / Math.max(1, executors)) : threads;
    return new Placement(Kind.LOCAL_EXECUTORS, null, executors, each);
  }

  /**
   * Checks that a master is one: a mistyped one is told before Spark tries it and fails with a
   * stack trace.
   *
   * @throws ConvoyException of kind USAGE
   */
  public static void requireMaster(String master) {
    if (Stream.of(LOCAL, LOCAL_CLUSTER, OTHERS).noneMatch(p -> p.matcher(master).matches())) {
      throw ConvoyException.usage(
          "--master must be local, local[THREADS], local-cluster[EXECUTORS,CORES,MEGABYTES],"
              + " spark://HOST:PORT, yarn or k8s://URL; got '%s'",
          master);
    }
  }

  private static Placement oneProcess(int threads) {
    return new Placement(Kind.ONE_PROCESS, "local[" + threads + "]", 1, threads);
  }

  private static int executorsOf(String master, SparkConf given) {
    if (LOCAL.matcher(master).matches()) {
      return 1;
    }
    Matcher localCluster = LOCAL_CLUSTER.matcher(master);
    if (localCluster.matches()) {
      return Integer.parseInt(localCluster.group(1));
    }
    if (given.contains("spark.executor.instances")) {
      return number(given, "spark.executor.instances");
    }
    if (given.contains("spark.cores.max") && given.contains("spark.executor.cores")) {
      int cores = Math.max(1, number(given, "spark.executor.cores"));
      return Math.max(1, number(given, "spark.cores.max") / cores);
    }
    return 1;
  }

  private static int threadsOf(String master, SparkConf given, int executors, int processors) {
    if (given.contains("spark.task.cpus")) {
      return number(given, "spark.task.cpus");
    }
    Matcher local = LOCAL.matcher(master);
    if (local.matches()) {
      String cores = local.group(1);
      int all = cores == null ? 1 : cores.equals("*") ? processors : Integer.parseInt(cores);
      return Math.max(1, all / executors);
    }
    Matcher localCluster = LOCAL_CLUSTER.matcher(master);
    if (localCluster.matches()) {
      return Integer.parseInt(localCluster.group(2));
    }
    return number(given, "spark.executor.cores");
  }

  /** A setting that is a whole number; 1 where it is not given. */
  private static int number(SparkConf given, String key) {
    String value = given.get(key, "1");
    try {
      return Integer.parseInt(value.strip());
    } catch (NumberFormatException e) {
      throw new ConvoyException(
          ConvoyException.Kind.USAGE,
          "Spark's setting %s must be a whole number; got '%s'".formatted(key, value),
          e);
    }
  }

  /** Whether all of it runs on this machine. */
  public boolean onThisMachine() {
    return kind != Kind.CLUSTER || master.startsWith(LOCAL_PREFIX);
  }
}
