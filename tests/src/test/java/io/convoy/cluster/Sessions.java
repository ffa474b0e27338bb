package io.convoy.cluster;

import io.convoy.rendezvous.ConvoyPlugin;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Spark sessions of the tests: Kryo with registration required, everything on loopback. */
final class Sessions {
  private Sessions() {}

  static SparkConf conf(String master) {
    return new SparkConf()
        .setAppName("convoy-tests")
        .setMaster(master)
        .set("spark.driver.host", "127.0.0.1")
        .set("spark.ui.enabled", "false")
        .set("spark.log.level", "WARN")
        .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
        .set("spark.kryo.registrationRequired", "true")
        .set("spark.plugins", ConvoyPlugin.class.getName())
        .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        .set("spark.executor.extraJavaOptions", "-XX:+UseSerialGC")
        .set("spark.scheduler.barrier.maxConcurrentTasksCheck.interval", "1s")
        .set("spark.locality.wait", "0");
  }

  /** One task in this process. */
  static JavaSparkContext local() {
    return new JavaSparkContext(conf("local[1]"));
  }

  /** So many executors, each a JVM of its own with one core. */
  static JavaSparkContext executors(int count) {
    return new JavaSparkContext(conf("local-cluster[" + count + ",1,1024]"));
  }
}
