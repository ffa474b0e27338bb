package io.convoy.launcher.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.error.ConvoyException;
import io.convoy.launcher.session.Placement.Kind;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class PlacementTest {
  private final SparkConf conf = new SparkConf(false);

  @Test
  void withoutAnythingOneProcessTakesTheMachine() {
    assertEquals(new Placement(Kind.ONE_PROCESS, "local[6]", 1, 6), of(null, null, null));
    assertEquals(new Placement(Kind.ONE_PROCESS, "local[2]", 1, 2), of(null, null, 2));
  }

  @Test
  void executorsWithoutAMasterShareTheMachine() {
    assertEquals(new Placement(Kind.LOCAL_EXECUTORS, null, 4, 1), of(null, 4, null));
    assertEquals(new Placement(Kind.LOCAL_EXECUTORS, null, 1, 6), of(null, 1, null));
    assertEquals(new Placement(Kind.LOCAL_EXECUTORS, null, 9, 1), of(null, 9, null));
    assertEquals(new Placement(Kind.LOCAL_EXECUTORS, null, 2, 5), of(null, 2, 5));
  }

  @Test
  void aMasterThatIsNamedGoesBeforeTheGivenOne() {
    conf.set("spark.master", "yarn");
    assertEquals("yarn", of(null, 2, 3).master());
    assertEquals(new Placement(Kind.CLUSTER, "spark://h:7077", 2, 3), of("spark://h:7077", 2, 3));
  }

  @Test
  void aClusterSaysHowManyThereAre() {
    assertEquals(1, of("yarn", null, null).executors());
    conf.set("spark.cores.max", "13").set("spark.executor.cores", "4");
    assertEquals(new Placement(Kind.CLUSTER, "yarn", 3, 4), of("yarn", null, null));
    conf.set("spark.executor.instances", "5").set("spark.task.cpus", "2");
    assertEquals(new Placement(Kind.CLUSTER, "yarn", 5, 2), of("yarn", null, null));
    assertEquals(new Placement(Kind.CLUSTER, "local[4]", 1, 2), of("local[4]", null, null));
    assertEquals(
        new Placement(Kind.CLUSTER, "local-cluster[2,3,1024]", 2, 2),
        of("local-cluster[2,3,1024]", null, null));
  }

  @Test
  void zeroIsRefused() {
    ConvoyException error = assertThrows(ConvoyException.class, () -> of(null, 0, null));
    assertEquals("--executors and --threads must be at least 1; got 0 and 6", error.getMessage());
  }

  @Test
  void absurdNumbersAreRefusedWithTheRule() {
    refuses(
        "--threads must lie in 1 to 1024; got 10000: more threads than processors make nothing"
            + " faster",
        () -> of(null, null, 10_000));
    refuses(
        "--threads must lie in 1 to 1024; got 999999: more threads than processors make nothing"
            + " faster",
        () -> of("local[999999]", null, null));
    String rule = "--executors times --threads must be at most 1024 on one machine; got ";
    String reason = ": more threads than processors make nothing faster";
    refuses(rule + "129 times 8" + reason, () -> of(null, 129, 8));
    refuses(rule + "1025 times 1" + reason, () -> of("local-cluster[1025,1,1024]", null, null));
    assertEquals(128 * 8, of(null, 128, 8).executors() * 8);
    assertEquals(1024, of("yarn", 2, 1024).threads());
    refuses(
        "--executors must be at most 65536, as many as a recipe may have shards; got 65537",
        () -> of("yarn", 65_537, 1));
  }

  @Test
  void aSettingThatIsNoNumberIsNamed() {
    conf.set("spark.executor.cores", "four");
    refuses(
        "Spark's setting spark.executor.cores must be a whole number; got 'four'",
        () -> of("yarn", null, null));
    assertThrows(ConvoyException.class, () -> of("local-cluster[99999999999,1,1024]", null, null));
  }

  private static void refuses(String message, Executable call) {
    ConvoyException error = assertThrows(ConvoyException.class, call);
    assertEquals(message, error.getMessage());
    assertEquals(ConvoyException.Kind.USAGE, error.kind());
  }

  @Test
  void executorsOfThisMachineAreProcessesWithACoreForEachThread() {
    SparkConf session =
        SessionSettings.of(
            of(null, 2, 3), conf.set("spark.executor.memory", "3g").set("spark.jars", "a"), "n");
    assertEquals("local-cluster[2,3,3072]", session.get("spark.master"));
    assertEquals("3072m", session.get("spark.executor.memory"));
    assertEquals("3", session.get("spark.task.cpus"));
    assertEquals("127.0.0.1", session.get("spark.driver.host"));
    assertEquals("false", session.get("spark.ui.enabled"));
    assertEquals(false, conf.contains("spark.master"), "the given settings are not changed");
  }

  @Test
  void aClusterKeepsItsOwnSettings() {
    conf.set("spark.executor.cores", "4").set("spark.serializer", "mine");
    SparkConf session = SessionSettings.of(of("spark://h:7077", 2, 2), conf, "n");
    assertEquals("spark://h:7077", session.get("spark.master"));
    assertEquals("mine", session.get("spark.serializer"));
    assertEquals("4", session.get("spark.executor.cores"));
    assertEquals("8", session.get("spark.cores.max"));
    assertEquals(false, session.contains("spark.driver.host"));
    assertEquals(false, session.contains("spark.ui.enabled"));
  }

  @Test
  void executorsShareHalfTheMemory() {
    assertEquals(4096, SessionSettings.executorMegabytes(2, 65_536));
    assertEquals(2048, SessionSettings.executorMegabytes(4, 16_384));
    assertEquals(1024, SessionSettings.executorMegabytes(4, 4_096));
  }

  @Test
  void unevenShardsAreToldWithBetterNumbers() {
    assertEquals(Optional.empty(), ShardAdvice.on(8, 4));
    assertEquals(Optional.empty(), ShardAdvice.on(64, 3));
    assertEquals(
        Optional.of(
            "8 shards split unevenly over 3 executors: all wait for those that have 3, so that 11 %"
                + " of the time is idle; 1, 2, 4, 8 executors share them evenly"),
        ShardAdvice.on(8, 3));
  }

  private Placement of(String master, Integer executors, Integer threads) {
    return Placement.of(master, executors, threads, conf, 6);
  }
}
