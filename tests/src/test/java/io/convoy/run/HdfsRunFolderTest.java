package io.convoy.run;

import static io.convoy.checkpoint.Samples.LAYOUT;
import static io.convoy.checkpoint.Samples.checkpoint;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.convoy.checkpoint.Hdfs;
import io.convoy.checkpoint.Samples;
import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Owners and metrics of a run on a real HDFS. */
@Tag("slow")
@ExtendWith(Hdfs.class)
class HdfsRunFolderTest {
  private static final int RACERS = 6;

  private Configuration configuration;
  private FileSystem hdfs;
  private String location;

  @BeforeEach
  void choose(MiniDFSCluster cluster) throws IOException {
    configuration = cluster.getConfiguration(0);
    hdfs = cluster.getFileSystem();
    location = hdfs.getUri() + "/runs/" + UUID.randomUUID();
  }

  private RunFolder create(String host) {
    return RunFolder.create(location, configuration, Samples.description(), Samples.driver(host));
  }

  private RunFolder resume(String host) {
    return RunFolder.resume(location, configuration, Samples.driver(host));
  }

  @Test
  void aPathWithoutSchemeLiesOnTheDefaultFileSystem() {
    create("host1");
    String bare = new Path(location).toUri().getPath();
    assertEquals(location, RunFolder.open(bare, configuration).location());
  }

  @Test
  void ofTwoDriversOneStopsAndSaysWhy() {
    RunFolder first = create("host1");
    first.checkpoints(3).save(LAYOUT, checkpoint(100));
    resume("host2").checkpoints(3).save(LAYOUT, checkpoint(200));
    ConvoyException error =
        assertThrows(
            ConvoyException.class, () -> first.checkpoints(3).save(LAYOUT, checkpoint(300)));
    assertTrue(
        error
            .getMessage()
            .startsWith(
                "run "
                    + location
                    + " was taken over by another driver: it is now owned by generation 2 on host"
                    + " host2, started 2026-01-01T00:00:00Z, application app-host2;"),
        error.getMessage());
  }

  @Test
  void thePointerNamesTheLatestOwner() throws IOException {
    create("host1");
    for (int generation = 2; generation <= 4; generation++) {
      resume("host" + generation);
      String owner = text(new Path(location, "owner"));
      assertEquals(generation, new ObjectMapper().readTree(owner).get("generation").asInt());
    }
  }

  @Test
  void ofManyDriversAtOnceOneWins() throws Exception {
    race(this::create);
    for (int round = 0; round < 5; round++) {
      race(this::resume);
    }
  }

  /** Something that makes its caller own the run. */
  private interface Claim {
    RunFolder by(String host);
  }

  private static void race(Claim claim) throws Exception {
    CyclicBarrier start = new CyclicBarrier(RACERS);
    ExecutorService threads = Executors.newFixedThreadPool(RACERS);
    List<Future<RunFolder>> racing = new ArrayList<>();
    for (int i = 0; i < RACERS; i++) {
      String host = "racer" + i;
      racing.add(
          threads.submit(
              () -> {
                start.await();
                return claim.by(host);
              }));
    }
    int owners = 0;
    for (Future<RunFolder> racer : racing) {
      try {
        racer.get().owner().check();
        owners++;
      } catch (ExecutionException e) {
        assertTrue(e.getCause() instanceof ConvoyException, e.getCause().toString());
        requireLost(e.getCause().getMessage());
      } catch (ConvoyException e) {
        requireLost(e.getMessage());
      }
    }
    threads.shutdown();
    assertEquals(1, owners);
  }

  private static void requireLost(String error) {
    boolean lost =
        error.contains(" took over run ")
            || error.contains(" was taken over by another driver")
            || error.contains(" holds another run")
            || error.contains(" holds a run that was never fully created");
    assertTrue(lost, error);
  }

  @Test
  void metricsAreAppendedAndCutBack() throws IOException {
    MetricsLog metrics = create("host1").metrics();
    for (int step = 1; step <= 3; step++) {
      metrics.append(Map.of("step", step));
      metrics.flush();
    }
    Path file = new Path(location, "metrics.jsonl");
    assertEquals("{\"step\":1}\n{\"step\":2}\n{\"step\":3}\n", text(file));
    // A driver killed in the middle of an append leaves a torn line and a lease behind.
    FSDataOutputStream killed = hdfs.append(file);
    killed.write("{\"st".getBytes(StandardCharsets.UTF_8));
    killed.hflush();
    MetricsLog resumed = resume("host2").metrics();
    resumed.cutBack(2);
    resumed.append(Map.of("step", 30));
    resumed.flush();
    assertEquals("{\"step\":1}\n{\"step\":2}\n{\"step\":30}\n", text(file));
    assertThrows(IOException.class, killed::close);
  }

  private String text(Path file) throws IOException {
    try (InputStream in = hdfs.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
