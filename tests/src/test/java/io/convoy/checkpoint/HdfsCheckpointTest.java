package io.convoy.checkpoint;

import static io.convoy.checkpoint.Samples.LAYOUT;
import static io.convoy.checkpoint.Samples.SLOTS;
import static io.convoy.checkpoint.Samples.assertSame;
import static io.convoy.checkpoint.Samples.checkpoint;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.run.RunFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.SafeModeAction;
import org.apache.hadoop.hdfs.DFSTestUtil;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints on a real HDFS. */
@Tag("slow")
@ExtendWith(Hdfs.class)
class HdfsCheckpointTest {
  private MiniDFSCluster cluster;
  private Configuration configuration;
  private FileSystem hdfs;
  private RunFolder run;
  private CheckpointStore store;

  @BeforeEach
  void create(MiniDFSCluster running) throws IOException {
    cluster = running;
    configuration = cluster.getConfiguration(0);
    hdfs = cluster.getFileSystem();
    run =
        RunFolder.create(
            hdfs.getUri() + "/runs/" + UUID.randomUUID(),
            configuration,
            Samples.description(),
            Samples.driver("host1"));
    store = run.checkpoints(3);
    store.save(LAYOUT, checkpoint(100));
    store.save(LAYOUT, checkpoint(200));
  }

  private Path step(long step) {
    return new Path(run.location(), "checkpoints/" + StepFolder.name(step));
  }

  @Test
  void aStateComesBackBitForBit() {
    assertSame(checkpoint(200), store.loadNewest(LAYOUT, SLOTS).orElseThrow());
    store.save(LAYOUT, checkpoint(200));
    for (long step : new long[] {300, 400}) {
      store.save(LAYOUT, checkpoint(step));
    }
    assertEquals(
        List.of("step-000000200", "step-000000300", "step-000000400"),
        names(new Path(run.location(), "checkpoints")));
    assertSame(checkpoint(400), store.loadNewest(LAYOUT, SLOTS).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"model.json", "weights.safetensors", "optimizer.safetensors", "state.json"})
  void theNewestWholeOneIsTakenWhenAFileIsCutOrAltered(String name) throws IOException {
    Path file = new Path(step(200), name);
    byte[] whole = read(file);
    write(file, Arrays.copyOf(whole, whole.length - 1));
    assertPassedOver(
        "%s must have %s bytes; it has %s".formatted(name, whole.length, whole.length - 1));
    byte[] altered = whole.clone();
    altered[whole.length / 2] ^= 1;
    write(file, altered);
    assertPassedOver(name + " was altered: SHA-256 must be ");
    hdfs.delete(file, false);
    assertPassedOver(name + " is missing");
  }

  @Test
  void theNewestWholeOneIsTakenWhenTheManifestIsGone() throws IOException {
    hdfs.delete(new Path(step(200), "MANIFEST.json"), false);
    assertPassedOver("it has no MANIFEST.json: its writing was never finished");
  }

  /** Not through the file system this time: the block on the data node's disk is altered. */
  @Test
  void aBlockDamagedOnDiskIsPassedOver() throws Exception {
    Path weights = new Path(step(200), "weights.safetensors");
    cluster.corruptBlockOnDataNodes(DFSTestUtil.getFirstBlock(hdfs, weights));
    assertPassedOver("weights.safetensors is unreadable: ");
  }

  /** A name node in safe mode takes no writes: nothing that is there may be lost. */
  @Test
  void aReadOnlyFileSystemLosesNothing() throws Exception {
    cluster.getFileSystem().setSafeMode(SafeModeAction.ENTER);
    try {
      ConvoyException error =
          assertThrows(ConvoyException.class, () -> store.save(LAYOUT, checkpoint(300)));
      assertEquals(ConvoyException.Kind.RESOURCE, error.kind());
      assertTrue(error.getMessage().contains("step-000000300 ("), error.getMessage());
      assertTrue(error.getMessage().contains("safe mode"), error.getMessage());
      assertEquals(1, error.getMessage().lines().count());
      assertSame(checkpoint(200), store.loadNewest(LAYOUT, SLOTS).orElseThrow());
    } finally {
      cluster.getFileSystem().setSafeMode(SafeModeAction.LEAVE);
    }
    store.save(LAYOUT, checkpoint(300));
    assertSame(checkpoint(300), store.loadNewest(LAYOUT, SLOTS).orElseThrow());
  }

  /** A quota is HDFS's own full disk. */
  @Test
  void aFullFileSystemLosesNothing() throws Exception {
    Path folder = new Path(run.location());
    cluster.getFileSystem().setQuota(folder, Long.MAX_VALUE - 1, 1);
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> store.save(LAYOUT, checkpoint(300)));
    assertTrue(error.getMessage().contains("quota"), error.getMessage());
    assertEquals(List.of("step-000000100", "step-000000200"), names(step(200).getParent()));
    assertSame(checkpoint(200), store.loadNewest(LAYOUT, SLOTS).orElseThrow());
  }

  @Test
  void leftoversOfAKilledDriverAreIgnoredAndRemoved() throws IOException {
    Path half = new Path(step(200).getParent(), ".tmp-000000001-step-000000300");
    write(new Path(half, "model.json"), new byte[] {'{'});
    assertSame(checkpoint(200), store.loadNewest(LAYOUT, SLOTS).orElseThrow());
    store.save(LAYOUT, checkpoint(300));
    assertFalse(hdfs.exists(half));
  }

  private void assertPassedOver(String reason) {
    try (CapturedLog log = new CapturedLog(CheckpointStore.class)) {
      assertSame(checkpoint(100), store.loadNewest(LAYOUT, SLOTS).orElseThrow());
      assertEquals(1, log.lines().size(), log.lines().toString());
      String line = log.lines().get(0);
      assertTrue(
          line.startsWith("WARN checkpoint " + step(200) + " is passed over: " + reason), line);
    }
  }

  private List<String> names(Path folder) {
    try {
      return Stream.of(hdfs.listStatus(folder))
          .map(FileStatus::getPath)
          .map(Path::getName)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] read(Path file) throws IOException {
    try (InputStream in = hdfs.open(file)) {
      return in.readAllBytes();
    }
  }

  private void write(Path file, byte[] bytes) throws IOException {
    try (OutputStream out = hdfs.create(file, true)) {
      out.write(bytes);
    }
  }
}
