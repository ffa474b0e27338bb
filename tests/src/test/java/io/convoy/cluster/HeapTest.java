package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.OperatingSystemMXBean;
import io.convoy.memory.MemorySize;
import io.convoy.recipe.Sync;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The heaps that are worked out, of executors and of the driver, tried on a real training. */
@Tag("slow")
class HeapTest {
  @TempDir Path folder;

  @BeforeEach
  void requireMemory() {
    OperatingSystemMXBean machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    assumeTrue(
        machine.getTotalMemorySize() >= 12L << 30,
        "a driver of 2.5 GB and two executors of 3 GB need a machine of 12 GB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"peers", "driver"})
  void whatIsWorkedOutIsEnough(String sync) throws Exception {
    assertEquals("trained", end(advised(sync), sync, 100));
  }

  @Test
  void twoFifthsOfItAreNotForExecutors() throws Exception {
    String end = end(advised("peers"), "peers", 40);
    assertTrue(end.startsWith("failed RESOURCE no segment came to its end in 3 tries"), end);
    assertTrue(end.contains("an executor ran out of memory"), end);
    assertTrue(end.contains("give executors more memory with spark.executor.memory"), end);
  }

  /** A heap on which the same training ran out of memory before there was a check. */
  @Test
  void aDriverThatIsTooSmallSaysSoBeforeItStarts() throws Exception {
    String end = end("1100m", "peers", 100);
    assertTrue(
        end.startsWith("failed RESOURCE the driver's heap of 1100m is too small for this training"),
        end);
    assertTrue(end.endsWith(": give it -Xmx" + advised("peers")), end);
  }

  private static String advised(String sync) {
    Sync way = sync.equals("driver") ? Sync.DRIVER : Sync.PEERS;
    return MemorySize.rounded(SizedRunMain.driver(SizedRunMain.recipe(way)).heap());
  }

  private String end(String heap, String sync, int share) throws Exception {
    try (DriverProcess driver =
        new DriverProcess(
            SizedRunMain.class, heap, folder.toString(), sync, Integer.toString(share))) {
      String end = driver.await(line -> line.equals("trained") || line.startsWith("failed "));
      assertTrue(end != null, "the driver did not come to its end; its last words stand above");
      return end;
    }
  }
}
