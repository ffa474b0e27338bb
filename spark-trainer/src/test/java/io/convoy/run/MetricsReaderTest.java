package io.convoy.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.checkpoint.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsReaderTest {
  @TempDir Path temporary;
  private RunFolder run;
  private Path file;
  private Path tail;
  private MetricsReader reader;

  @BeforeEach
  void create() {
    Path root = temporary.resolve("run");
    file = root.resolve("metrics.jsonl");
    tail = root.resolve("metrics.tail.jsonl");
    run =
        RunFolder.create(
            root.toString(), new Configuration(), Samples.description(), Samples.driver("host1"));
    reader = run.metricsReader();
  }

  /** What a reader hears: steps, and a 0 where it begins again. */
  private List<Long> heard() {
    List<Long> heard = new ArrayList<>();
    reader.read(
        new MetricsReader.Lines() {
          @Override
          public void line(JsonNode line) {
            heard.add(line.get("step").asLong());
          }

          @Override
          public void restart() {
            heard.add(0L);
          }
        });
    return heard;
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Test
  void aGrowingFile() throws IOException {
    assertEquals(List.of(), heard());
    write("{\"step\":1}\n{\"step\":2}\n{\"st");
    assertEquals(List.of(1L, 2L), heard());
    assertEquals(List.of(), heard());
    write("ep\":3}");
    assertEquals(List.of(), heard());
    write("\n");
    assertEquals(List.of(3L), heard());
    assertEquals(0, reader.broken());
  }

  @Test
  void brokenLinesAreCounted() throws IOException {
    String long1 = "{\"step\":7,\"note\":\"" + "x".repeat(3 << 20) + "\"}";
    write(
        "{\"step\":1}\nno json\n[1]\n{\"loss\":1}\n{\"step\":1.5}\n\nnull\n"
            + long1
            + "\n\u0000\u0000\n{\"step\":2}\n");
    assertEquals(List.of(1L, 2L), heard());
    assertEquals(8, reader.broken());
    write("{\"step\":3}\n");
    assertEquals(List.of(3L), heard());
  }

  /** With the sizes that a log has after some hours, and lines across the reader's buffers. */
  @Test
  void manyLines() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int step = 1; step <= 30_000; step++) {
      lines.append("{\"step\":").append(step).append(",\"loss\":").append(1.0 / step).append("}\n");
    }
    write(lines.toString());
    List<Long> heard = heard();
    assertEquals(30_000, heard.size());
    assertEquals(30_000L, heard.get(29_999));
  }

  @Test
  void aCutBackLogIsReadAgain() throws IOException {
    MetricsLog metrics = run.metrics();
    for (int step = 1; step <= 4; step++) {
      metrics.append(Map.of("step", step, "seconds", 0.5));
    }
    metrics.flushLive();
    assertEquals(List.of(1L, 2L, 3L, 4L), heard());
    metrics.takeBack(2);
    metrics.flushLive();
    assertEquals(List.of(0L, 1L, 2L), heard());
    // as long as before, and longer, when it is looked at next
    for (int step = 3; step <= 5; step++) {
      metrics.append(Map.of("step", step, "seconds", 0.25));
    }
    metrics.flushLive();
    assertEquals(List.of(3L, 4L, 5L), heard());
    metrics.takeBack(4);
    for (int step = 5; step <= 6; step++) {
      metrics.append(Map.of("step", step, "seconds", 0.75));
    }
    metrics.flushLive();
    assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L), heard());
  }

  @Test
  void theTailGoesOnWhereTheFileEnds() throws IOException {
    write("{\"step\":1}\n");
    Files.writeString(tail, "{\"after\":11}\n{\"step\":2}\n{\"step\":3}\n");
    assertEquals(List.of(1L, 2L, 3L), heard());
    Files.writeString(tail, "{\"after\":11}\n{\"step\":2}\n{\"step\":3}\n{\"step\":4}\n");
    assertEquals(List.of(4L), heard());
    write("{\"step\":2}\n{\"step\":3}\n{\"step\":4}\n");
    assertEquals(List.of(), heard());
    Files.delete(tail);
    assertEquals(List.of(), heard());
    write("{\"step\":5}\n");
    assertEquals(List.of(5L), heard());
  }

  /** An append that was torn is a beginning of what the tail has. */
  @Test
  void theTailCompletesATornLine() throws IOException {
    write("{\"step\":1}\n{\"step\":2}\n{\"st");
    Files.writeString(tail, "{\"after\":11}\n{\"step\":2}\n{\"step\":3}\n");
    assertEquals(List.of(1L, 2L, 3L), heard());
  }

  @Test
  void aTailThatIsNoneIsPassedOver() throws IOException {
    write("{\"step\":1}\n");
    for (String text :
        List.of("", "{\"after\":11", "null\n{\"step\":9}\n", "{\"after\":-5}\n{}\n")) {
      Files.writeString(tail, text);
      assertEquals(List.of(1L), stepsOfANewReader(), text);
    }
    Files.writeString(tail, "{\"after\":500}\n{\"step\":9}\n"); // the file was cut back since
    assertEquals(List.of(1L), stepsOfANewReader());
  }

  private List<Long> stepsOfANewReader() {
    reader = run.metricsReader();
    return heard();
  }
}
