package io.convoy.launcher.session;

import com.sun.management.OperatingSystemMXBean;
import io.convoy.rendezvous.ConvoyPlugin;
import io.convoy.storage.PromptClose;
import java.lang.management.ManagementFactory;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/**
 * The settings of the launcher's own Spark sessions, each with its reason. What the user has set
 * already stays, but for the master and what says how many executors there are.
 */
public final class SessionSettings {
  /** System properties of this process that executors compute by, too. */
  private static final String[] KERNEL_PROPERTIES = {"convoy.kernels", "convoy.lanes"};

  /** A step of a large network walks through gigabytes: pages of 2 MB save some per cent of it. */
  private static final String HUGE_PAGES =
      "-XX:+IgnoreUnrecognizedVMOptions -XX:+UseTransparentHugePages";

  /** The locale that knows all letters and no language; in ASCII alone Java cannot name files. */
  public static final String UTF8_LOCALE = "C.UTF-8";

  private static final int LEAST_MEGABYTES = 1024;
  private static final int MOST_MEGABYTES = 4096;

  private SessionSettings() {}

  /**
   * The configuration of a session.
   *
   * @param given the settings that are there already; not changed
   * @param name what the cluster calls the application
   */
  public static SparkConf of(Placement placement, SparkConf given, String name) {
    SparkConf conf = given.clone();
    conf.setIfMissing("spark.app.name", name);
    everywhere(conf);
    switch (placement.kind()) {
      case ONE_PROCESS -> conf.setMaster(placement.master());
      case LOCAL_EXECUTORS -> localExecutors(conf, placement);
      case CLUSTER -> cluster(conf, placement);
    }
    if (placement.onThisMachine()) {
      onThisMachine(conf);
    }
    // a task has as many cores as its kernels have threads: never two tasks on the same ones
    conf.setIfMissing("spark.task.cpus", Integer.toString(placement.threads()));
    return conf;
  }

  private static void everywhere(SparkConf conf) {
    // a sixth of Java serialization's time, and nothing of a class that nobody has named; what
    // moves are arrays of floats and bytes, which Spark itself registers
    conf.setIfMissing("spark.serializer", "org.apache.spark.serializer.KryoSerializer");
    conf.setIfMissing("spark.kryo.registrationRequired", "true");
    // milliseconds where a barrier's allGather takes a second
    conf.setIfMissing("spark.plugins", ConvoyPlugin.class.getName());
    // executors that are still starting are waited for in steps of a second, not of 15; too many
    // asked for is told after three of them, not after 40
    conf.setIfMissing("spark.scheduler.barrier.maxConcurrentTasksCheck.interval", "1s");
    conf.setIfMissing("spark.scheduler.barrier.maxConcurrentTasksCheck.maxFailures", "3");
    // a task's data come over its own connections: no place is better than another
    conf.setIfMissing("spark.locality.wait", "0s");
    // a part of a prediction would wait longer for HDFS than it computes
    PromptClose.SETTINGS.forEach((key, value) -> conf.setIfMissing("spark.hadoop." + key, value));
    // stderr belongs to the progress of the training
    conf.setIfMissing("spark.log.level", "WARN");
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
  }

  private static void onThisMachine(SparkConf conf) {
    // nothing listens where others can reach it, and no host name has to resolve
    conf.setIfMissing("spark.driver.host", "127.0.0.1");
    conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    // a run of minutes needs no web pages, and no port for them
    conf.setIfMissing("spark.ui.enabled", "false");
  }

  private static void localExecutors(SparkConf conf, Placement placement) {
    long megabytes =
        conf.contains("spark.executor.memory")
            ? conf.getSizeAsMb("spark.executor.memory")
            : executorMegabytes(placement.executors(), physicalMegabytes());
    conf.setMaster(
        "local-cluster[%s,%s,%s]".formatted(placement.executors(), placement.threads(), megabytes));
    conf.set("spark.executor.memory", megabytes + "m");
    conf.set("spark.executor.cores", Integer.toString(placement.threads()));
    // started out of class folders, as tests are, there is no jar to hand over
    if (!conf.contains("spark.jars")) {
      conf.setIfMissing("spark.executor.extraClassPath", System.getProperty("java.class.path"));
    }
    executorOptions(conf);
  }

  private static void cluster(SparkConf conf, Placement placement) {
    conf.setMaster(placement.master());
    // YARN and Kubernetes count executors, a standalone cluster counts cores
    conf.setIfMissing("spark.executor.instances", Integer.toString(placement.executors()));
    conf.setIfMissing("spark.executor.cores", Integer.toString(placement.threads()));
    int cores = placement.executors() * conf.getInt("spark.executor.cores", placement.threads());
    conf.setIfMissing("spark.cores.max", Integer.toString(cores));
    // executors are to read names of files as the driver does, whatever their daemons know
    conf.setIfMissing("spark.executorEnv.LC_ALL", UTF8_LOCALE);
    executorOptions(conf);
  }

  /** Forced kernels are forced on every executor: all of them give the same bits anyway. */
  private static void executorOptions(SparkConf conf) {
    conf.setIfMissing("spark.executor.defaultJavaOptions", HUGE_PAGES);
    String forced = forcedKernels();
    if (!forced.isEmpty()) {
      String before = conf.get("spark.executor.extraJavaOptions", "");
      conf.set("spark.executor.extraJavaOptions", (before + " " + forced).strip());
    }
  }

  /** The options by which this process's kernels were forced; empty for none. */
  public static String forcedKernels() {
    return Stream.of(KERNEL_PROPERTIES)
        .filter(name -> System.getProperty(name) != null)
        .map(name -> "-D" + name + "=" + System.getProperty(name))
        .collect(Collectors.joining(" "));
  }

  /**
   * The heap of an executor on this machine: an equal share of half the memory, from 1 to 4 GB.
   * More is given by {@code -Dspark.executor.memory=8g}.
   */
  static long executorMegabytes(int executors, long physicalMegabytes) {
    long share = physicalMegabytes / 2 / executors;
    return Math.max(LEAST_MEGABYTES, Math.min(MOST_MEGABYTES, share));
  }

  private static long physicalMegabytes() {
    OperatingSystemMXBean machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return machine.getTotalMemorySize() >> 20;
  }
}
