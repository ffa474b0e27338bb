package io.convoy.checkpoint;

import static io.convoy.checkpoint.Samples.LAYOUT;
import static io.convoy.checkpoint.Samples.SLOTS;
import static io.convoy.checkpoint.Samples.assertSame;
import static io.convoy.checkpoint.Samples.checkpoint;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.run.RunFolder;
import io.convoy.storage.StorePatience;
import io.convoy.storage.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.MiniDFSNNTopology;
import org.apache.hadoop.hdfs.server.namenode.ha.HATestUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two real name nodes, of which one is active: for a while neither is, and then the other one. */
@Tag("slow")
@Timeout(300)
class HdfsFailoverTest {
  private static final Configuration CONFIGURATION = new Configuration();
  private static MiniDFSCluster cluster;
  private static int active;

  private RunFolder run;

  @BeforeAll
  static void start() throws IOException {
    Path target = Files.createDirectories(Path.of("target"));
    Path disk = Files.createTempDirectory(target.toAbsolutePath(), "hdfs");
    CONFIGURATION.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, disk.toString());
    CONFIGURATION.setInt("dfs.replication", 1);
    cluster =
        new MiniDFSCluster.Builder(CONFIGURATION)
            .nnTopology(MiniDFSNNTopology.simpleHATopology())
            .numDataNodes(1)
            .build();
    cluster.waitActive();
    cluster.transitionToActive(active);
    HATestUtil.setFailoverConfigurations(cluster, CONFIGURATION, "convoy");
    CONFIGURATION.setInt("dfs.client.failover.max.attempts", 1); // the client's own patience
  }

  @AfterAll
  static void stop() {
    cluster.shutdown(true);
  }

  @BeforeEach
  void create() {
    run =
        RunFolder.create(
            "hdfs://convoy/" + UUID.randomUUID(),
            CONFIGURATION,
            Samples.description(),
            Samples.driver("host1"));
  }

  private static void changeOver() throws IOException {
    active = 1 - active;
    cluster.transitionToActive(active);
  }

  @Test
  void aChangeOfNameNodesIsWaitedFor() throws Exception {
    CheckpointStore store = run.checkpoints(3);
    CountDownLatch refused = new CountDownLatch(1);
    try (AsyncCheckpointer saver =
        new AsyncCheckpointer(
            checkpoint -> {
              try {
                run.metrics().flush();
                store.save(LAYOUT, checkpoint);
              } catch (StoreUnavailableException e) {
                refused.countDown();
                throw e;
              }
            },
            new StorePatience(Duration.ofMinutes(10)))) {
      saver.save(checkpoint(100));
      cluster.transitionToStandby(active);
      run.metrics().append(Map.of("step", 200));
      saver.save(checkpoint(200));
      refused.await();
      saver.save(checkpoint(300));
      changeOver();
    }
    assertSame(checkpoint(300), store.loadNewest(LAYOUT, SLOTS).orElseThrow());
    run.owner().check();
  }

  /** Whatever is asked of name nodes that are all in standby: it is worth another try. */
  @Test
  void aStandbyIsNoLastWord() throws Exception {
    cluster.transitionToStandby(active);
    String location = run.location();
    CheckpointStore store = run.checkpoints(3);
    assertAway("find out who owns run", () -> store.save(LAYOUT, checkpoint(100)));
    assertAway("find out who owns run", () -> run.writeResult(Map.of("steps", 1)));
    assertAway("read", () -> RunFolder.open(location, CONFIGURATION));
    assertAway("read run folder", () -> RunFolder.isDrivenBy("app", location, CONFIGURATION));
    assertAway("read the checkpoints", () -> store.loadNewest(LAYOUT, SLOTS));
    changeOver();
    RunFolder next = RunFolder.resume(location, CONFIGURATION, Samples.driver("host2"));
    assertEquals(2, next.owner().generation());
  }

  private static void assertAway(String what, Runnable action) {
    StoreUnavailableException error = assertThrows(StoreUnavailableException.class, action::run);
    assertTrue(error.getMessage().startsWith("cannot " + what), error::getMessage);
    assertTrue(error.getMessage().contains("standby"), error::getMessage);
  }
}
