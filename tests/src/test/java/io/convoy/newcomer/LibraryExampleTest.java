package io.convoy.newcomer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** README.md's example of Convoy as a library: it is the code that is compiled, and it works. */
class LibraryExampleTest {
  private static final Path SOURCE =
      Path.of("src/test/java/io/convoy/newcomer/LibraryExample.java");
  private static final String FROM = "  // README.md from here";
  private static final String TO = "  // README.md to here";

  private static final int SAMPLES = 157;
  private static final int PIXELS = 28 * 28;

  @TempDir Path folder;

  @Test
  void theReadmeShowsWhatIsCompiled() throws IOException {
    List<String> lines = Files.readAllLines(SOURCE);
    String compiled =
        String.join("\n", lines.subList(lines.indexOf(FROM) + 1, lines.indexOf(TO))).stripIndent();
    assertEquals(compiled, Readme.of(Path.of("../README.md")).java("As a library"));
  }

  /** In a session that Convoy has no setting in: a notebook's. */
  @Test
  void itTrainsTheSameWeightsWithAndWithoutSpark() throws IOException {
    writeImages();
    SparkConf plain =
        new SparkConf()
            .setAppName("notebook")
            .setMaster("local[2]")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.ui.enabled", "false");
    Path run = folder.resolve("run");
    try (JavaSparkContext spark = new JavaSparkContext(plain)) {
      assertTrue(LibraryExample.sameWeights(folder.toString(), run.toString(), spark));
    }
    assertTrue(Files.exists(run.resolve("result.json")));
  }

  /** MNIST's files, small; each class is a shade of grey with a pattern. */
  private void writeImages() throws IOException {
    ByteBuffer images = ByteBuffer.allocate(16 + SAMPLES * PIXELS);
    ByteBuffer labels = ByteBuffer.allocate(8 + SAMPLES);
    images.putInt(0x00000803).putInt(SAMPLES).putInt(28).putInt(28);
    labels.putInt(0x00000801).putInt(SAMPLES);
    for (int i = 0; i < SAMPLES; i++) {
      int label = i * 7 % 10;
      labels.put((byte) label);
      for (int p = 0; p < PIXELS; p++) {
        images.put((byte) (20 * label + p * (label + 1) % 37));
      }
    }
    Files.write(folder.resolve("train-images-idx3-ubyte"), images.array());
    Files.write(folder.resolve("train-labels-idx1-ubyte"), labels.array());
  }
}
