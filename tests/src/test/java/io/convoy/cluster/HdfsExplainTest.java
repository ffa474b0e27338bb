package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.checkpoint.Hdfs;
import io.convoy.json.Json;
import io.convoy.pack.DrawnImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Run, images, set and explanation on HDFS: the same pictures as of local ones. */
@Tag("slow")
@ExtendWith(Hdfs.class)
final class HdfsExplainTest {
  @TempDir java.nio.file.Path local;

  @Test
  void picturesAreThoseOfLocalFiles(MiniDFSCluster hdfs) throws Exception {
    java.nio.file.Path data = Files.createDirectories(local.resolve("data"));
    TinyRun tiny = TinyRun.in(data);
    java.nio.file.Path run = local.resolve("run");
    try (LauncherProcess training = LauncherProcess.of(tiny.train(run))) {
      training.succeeds();
    }
    Files.write(Files.createDirectories(local.resolve("photos")).resolve("1.png"), grey());
    FileSystem files = hdfs.getFileSystem();
    String far = hdfs.getURI() + "/explained";
    for (String name : List.of("data", "run", "photos")) {
      files.copyFromLocalFile(new Path(local.resolve(name).toString()), new Path(far, name));
    }
    TreeMap<String, byte[]> there = new TreeMap<>();
    for (int time = 0; time < 2; time++) { // the second one in place of the first
      explain(far);
      there.clear();
      for (FileStatus file : files.listStatus(new Path(far, "out"))) {
        there.put(file.getPath().getName(), bytes(files, file.getPath()));
      }
    }
    explain(local.toString());
    JsonNode figures = Json.readFile(there.get("explain.json"), JsonNode.class, "");
    assertEquals(there.size(), figures.get("files").size());
    assertTrue(there.containsKey("001-1-grad-cam.png"), there.keySet()::toString);
    there.forEach(
        (name, bytes) -> {
          if (name.endsWith(".png")) {
            assertArrayEquals(bytes, read(local.resolve("out").resolve(name)), name);
          }
        });
  }

  private static void explain(String root) throws Exception {
    List<String> words =
        List.of(
            "explain",
            root + "/run",
            root + "/photos",
            "--out",
            root + "/out",
            "--set",
            root + "/data",
            "--ascent-steps",
            "3");
    try (LauncherProcess process = LauncherProcess.of(words)) {
      assertFalse(process.succeeds().isEmpty());
    }
  }

  /** Of the network's own size. */
  private static byte[] grey() throws IOException {
    return DrawnImages.png(1, 13, 13);
  }

  private static byte[] bytes(FileSystem files, Path file) throws IOException {
    try (var in = files.open(file)) {
      return in.readAllBytes();
    }
  }

  private static byte[] read(java.nio.file.Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
