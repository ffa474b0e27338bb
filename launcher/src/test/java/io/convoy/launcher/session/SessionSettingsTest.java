package io.convoy.launcher.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.convoy.launcher.session.Placement.Kind;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

final class SessionSettingsTest {
  private static final String OPTIONS = "spark.executor.defaultJavaOptions";
  private static final Placement CLUSTER = new Placement(Kind.CLUSTER, "spark://h:7077", 2, 3);

  private final SparkConf given = new SparkConf(false);

  @Test
  void executorsHaveHugePagesUnlessOptionsAreGiven() {
    assertEquals(
        "-XX:+IgnoreUnrecognizedVMOptions -XX:+UseTransparentHugePages",
        SessionSettings.of(CLUSTER, given, "test").get(OPTIONS));
    given.set(OPTIONS, "-XX:+UseParallelGC");
    assertEquals("-XX:+UseParallelGC", SessionSettings.of(CLUSTER, given, "test").get(OPTIONS));
  }

  /** Daemons often know ASCII alone. */
  @Test
  void executorsOfAClusterReadNamesInAllLetters() {
    assertEquals(
        "C.UTF-8", SessionSettings.of(CLUSTER, given, "test").get("spark.executorEnv.LC_ALL"));
  }

  @Test
  void whereThereAreNoExecutorsNothingIsAskedOfThem() {
    Placement one = new Placement(Kind.ONE_PROCESS, "local[2]", 1, 2);
    assertFalse(SessionSettings.of(one, given, "test").contains(OPTIONS));
  }
}
