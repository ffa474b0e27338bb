package io.convoy.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.exchange.connect.RunIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the key of the exchanges gets to the tasks, and where it leaves no trace. */
class RunKeyTravelsTest {
  private static final byte[] KEY =
      "a key of 32 bytes for tests only".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;

  @Test
  void itReachesTasksAndIsNeitherInSettingsNorInTheEventLog() throws Exception {
    SparkConf conf =
        new SparkConf()
            .setAppName("convoy-tests")
            .setMaster("local[2]")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.ui.enabled", "false")
            .set("spark.log.level", "WARN")
            .set("spark.eventLog.enabled", "true")
            .set("spark.eventLog.compress", "false")
            .set("spark.eventLog.dir", folder.toUri().toString());
    String settings;
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      assertArrives(spark, true);
      assertArrives(spark, false);
      settings = spark.getConf().toDebugString() + System.getProperties();
    }
    assertNoTrace(settings);
    String log = eventLog();
    assertTrue(log.contains("SparkListenerTaskEnd"), "this is no event log: " + log);
    assertNoTrace(log);
  }

  private static void assertArrives(JavaSparkContext spark, boolean encrypted) {
    RunKey key = new RunKey(KEY, encrypted);
    Tasks.Body body =
        partition -> {
          RunIdentity identity = key.identity("run", 1, null);
          byte[] choice = {(byte) (identity.encrypted() ? 1 : 0)};
          return List.<Object>of(identity.key(), choice).iterator();
        };
    List<Object> arrived = Tasks.together(spark, 2, body);
    assertEquals(4, arrived.size());
    for (int task = 0; task < 2; task++) {
      assertArrayEquals(KEY, (byte[]) arrived.get(2 * task));
      assertEquals(encrypted ? 1 : 0, ((byte[]) arrived.get(2 * task + 1))[0]);
    }
  }

  private String eventLog() throws IOException {
    StringBuilder log = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        log.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return log.toString();
  }

  private static void assertNoTrace(String text) {
    String numbers = Arrays.toString(KEY);
    for (String form :
        List.of(
            new String(KEY, StandardCharsets.US_ASCII),
            HexFormat.of().formatHex(KEY),
            HexFormat.of().withUpperCase().formatHex(KEY),
            Base64.getEncoder().withoutPadding().encodeToString(KEY),
            numbers.substring(1, numbers.length() - 1),
            numbers.substring(1, numbers.length() - 1).replace(" ", ""))) {
      assertFalse(text.contains(form), form);
    }
  }
}
