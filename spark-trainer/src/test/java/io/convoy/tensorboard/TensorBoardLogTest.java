package io.convoy.tensorboard;

import static io.convoy.checkpoint.Samples.LAYOUT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.checkpoint.CapturedLog;
import io.convoy.checkpoint.Samples;
import io.convoy.error.ConvoyException;
import io.convoy.explain.Filters;
import io.convoy.explain.RgbImage;
import io.convoy.explain.Thumbnail;
import io.convoy.json.Json;
import io.convoy.network.StateLayout;
import io.convoy.run.RunFolder;
import io.convoy.storage.FaultyFileSystem;
import io.convoy.tensor.Shape;
import io.convoy.train.Evaluator;
import io.convoy.train.StepReport;
import io.convoy.train.TrainingState;
import io.convoy.train.ValidationResult;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardLogTest {
  @TempDir Path temporary;

  private RunFolder create(String scheme, Configuration configuration) {
    return RunFolder.create(
        scheme + temporary.resolve("run"),
        configuration,
        Samples.description(),
        Samples.driver("host1"));
  }

  private RunFolder create() {
    return create("", new Configuration());
  }

  private static TensorBoardLog log(RunFolder run, long start) {
    return new TensorBoardLog(run.files(), run.owner(), LAYOUT, state -> Optional.empty(), start);
  }

  private static StepReport report(long step, double loss) {
    return new StepReport(
        step, 0, 20, loss, 7, 0.25f, 1.5, 0.5, 0.125, List.of(), Map.of("centers", 3.0));
  }

  /** Steps, one after the other, whose losses are their numbers and a share of a driver. */
  private static void train(TensorBoardLog log, long from, long to, double driver) {
    log.steps(LongStream.rangeClosed(from, to).mapToObj(s -> report(s, s + driver)).toList());
  }

  private static TrainingState state(long step) {
    return Samples.checkpoint(step).state();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(temporary.resolve("run/tensorboard"))) {
      return files.sorted().toList();
    }
  }

  private List<String> names() throws IOException {
    return files().stream().map(file -> file.getFileName().toString()).toList();
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ShownEvents shown(ShownEvents.Reader reader) throws IOException {
    return ShownEvents.of(files().stream().map(TensorBoardLogTest::bytes).toList(), reader);
  }

  private void assertLosses(String... losses) throws IOException {
    for (ShownEvents.Reader reader : ShownEvents.Reader.values()) {
      assertEquals(
          List.of(losses),
          shown(reader).curve("loss/training").entrySet().stream()
              .map(point -> point.getKey() + ":" + point.getValue())
              .toList(),
          reader.name());
    }
  }

  @Test
  void curvesAreThoseOfTheMetrics() throws IOException {
    double before = System.currentTimeMillis() / 1e3;
    TensorBoardLog log = log(create(), 0);
    train(log, 1, 2, 0.5);
    log.validation(new ValidationResult(2, 30, 0.75, 0.625));
    train(log, 3, 3, 0.5);
    log.write(state(2));
    assertLosses("1:1.5", "2:2.5");
    log.write(state(3));
    log.test(3, new Evaluator.Result(10, 40, 5));
    log.write(3);
    assertEquals(List.of("events.out.tfevents.000000000000"), names());
    assertLosses("1:1.5", "2:2.5", "3:3.5");
    ShownEvents shown = shown(ShownEvents.Reader.BY_RESTARTS);
    assertEquals(Map.of(1L, 0.35f, 2L, 0.35f, 3L, 0.35f), shown.curve("accuracy/training"));
    assertEquals(Map.of(1L, 0.25f, 2L, 0.25f, 3L, 0.25f), shown.curve("step/rate"));
    assertEquals(Map.of(1L, 1.5f, 2L, 1.5f, 3L, 1.5f), shown.curve("step/gradientNorm"));
    assertEquals(Map.of(1L, 40f, 2L, 40f, 3L, 40f), shown.curve("step/imagesPerSecond"));
    assertEquals(Map.of(1L, 3f, 2L, 3f, 3L, 3f), shown.curve("step/centers"));
    assertEquals(Map.of(2L, 0.75f), shown.curve("loss/validation"));
    assertEquals(Map.of(2L, 0.625f), shown.curve("accuracy/validation"));
    assertEquals(Map.of(3L, 4f), shown.curve("loss/test"));
    assertEquals(Map.of(3L, 0.5f), shown.curve("accuracy/test"));
    assertEquals(List.of(1L), shown.restarts());
    double after = System.currentTimeMillis() / 1e3;
    assertTrue(
        shown.times().stream().allMatch(time -> time >= before - 1 && time <= after),
        () -> "two steps took a second: %s in %s to %s".formatted(shown.times(), before, after));
  }

  @Test
  void whatIsNotKnownHasNoCurve() throws IOException {
    TensorBoardLog log = log(create(), 0);
    log.steps(List.of(new StepReport(1, 0, 20, 2, null, 0.25f, null, 0, 0, List.of(), Map.of())));
    log.write(1);
    assertEquals(
        List.of("loss/training", "step/dataWaitSeconds", "step/rate"),
        shown(ShownEvents.Reader.BY_STEPS).curves());
  }

  @Test
  void histogramsCountEachWeight() throws IOException {
    TensorBoardLog log = log(create(), 0);
    log.write(state(4));
    log.write(state(4));
    log.write(state(8));
    ShownEvents shown = shown(ShownEvents.Reader.BY_RESTARTS);
    assertEquals(
        LAYOUT.trained().stream().map(entry -> "weights/" + entry.name()).sorted().toList(),
        shown.spreads());
    for (StateLayout.Entry entry : LAYOUT.trained()) {
      assertEquals(List.of(4L, 8L), List.copyOf(shown.spread("weights/" + entry.name()).keySet()));
      float[] weights = state(8).weights();
      float[] values = Arrays.copyOfRange(weights, entry.offset(), entry.offset() + entry.length());
      assertSpread(values, shown.spread("weights/" + entry.name()).get(8L));
    }
  }

  /** Sorted values, counted between limits. */
  private static void assertSpread(float[] values, ShownEvents.Spread spread) {
    Arrays.sort(values);
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value;
      squares += (double) value * value;
    }
    double[] figures = {values[0], values[values.length - 1], values.length, sum, squares};
    assertArrayEquals(figures, spread.figures(), 1e-9);
    double[] counts = new double[spread.limits().length];
    int bucket = 0;
    for (float value : values) {
      while (value >= spread.limits()[bucket] && bucket < counts.length - 1) {
        bucket++;
      }
      counts[bucket]++;
    }
    assertArrayEquals(counts, spread.counts(), Arrays.toString(values));
    assertEquals(values[values.length - 1], spread.limits()[counts.length - 1]);
  }

  @Test
  void bucketsOfAnyArray() {
    Histogram spread = Histogram.of(new float[] {9, -1, 0, 0.4f, 29, 28.99f, 9}, 1, 5);
    assertEquals(30, spread.limits().length);
    double[] counts = new double[30];
    counts[0] = 1;
    counts[1] = 2;
    counts[29] = 2;
    assertArrayEquals(counts, spread.counts());
    Histogram same = Histogram.of(new float[] {2, 2, 2}, 0, 3);
    assertArrayEquals(new double[] {2}, same.limits());
    assertArrayEquals(new double[] {3}, same.counts());
    float infinite = Float.POSITIVE_INFINITY;
    for (float[] odd : new float[][] {{Float.NaN, 1}, {infinite, 1}, {-infinite, infinite}}) {
      assertEquals(2, Arrays.stream(Histogram.of(odd, 0, 2).counts()).sum(), "nothing fails");
    }
  }

  /** A driver that was killed behind the checkpoint of step 4, in the middle of an append. */
  @Test
  void whatAKilledDriverWroteBehindItsCheckpointIsNotShown() throws IOException {
    RunFolder first = create();
    TensorBoardLog killed = log(first, 0);
    train(killed, 1, 6, 0.25);
    killed.write(state(4));
    killed.write(state(6));
    Files.write(
        files().get(0), new byte[] {1, 2, 3, 4, 5}, StandardOpenOption.APPEND); // a torn record
    Path behind =
        Files.write(files().get(0).resolveSibling("events.out.tfevents.000000000006"), new byte[9]);
    TensorBoardLog second =
        log(RunFolder.resume(first.location(), new Configuration(), Samples.driver("host2")), 4);
    train(second, 5, 7, 0.75);
    second.write(state(7));
    assertFalse(Files.exists(behind));
    assertEquals(
        List.of("events.out.tfevents.000000000000", "events.out.tfevents.000000000004"), names());
    assertLosses("1:1.25", "2:2.25", "3:3.25", "4:4.25", "5:5.75", "6:6.75", "7:7.75");
    String weights = "weights/" + LAYOUT.trained().get(0).name();
    ShownEvents shown = shown(ShownEvents.Reader.BY_RESTARTS);
    assertEquals(List.of(1L, 5L), shown.restarts());
    assertEquals(List.of(4L, 7L), List.copyOf(shown.spread(weights).keySet()));
    ConvoyException taken = assertThrows(ConvoyException.class, () -> writeMore(killed));
    assertTrue(taken.getMessage().contains(" was taken over by another driver"));
    assertEquals(2, names().size());
  }

  private static void writeMore(TensorBoardLog log) {
    train(log, 7, 8, 0.25);
    log.write(state(8));
  }

  @Test
  void aFileForEachCheckpointWhereNothingCanBeAppended() throws IOException {
    RunFolder run = create("faulty://", FaultyFileSystem.configuration());
    TensorBoardLog log = log(run, 0);
    for (long step = 2; step <= 6; step += 2) {
      train(log, step - 1, step, 0);
      log.write(state(step));
    }
    assertEquals(
        List.of(
            "events.out.tfevents.000000000000",
            "events.out.tfevents.000000000002",
            "events.out.tfevents.000000000004"),
        names());
    assertLosses("1:1.0", "2:2.0", "3:3.0", "4:4.0", "5:5.0", "6:6.0");
  }

  /** Told once, until it is well again; and then nothing is missing. */
  @Test
  void aFullStoreCostsNoTraining() throws IOException {
    TensorBoardLog log = log(create("faulty://", FaultyFileSystem.configuration()), 0);
    train(log, 1, 2, 0);
    log.write(state(2));
    try (CapturedLog captured = new CapturedLog(TensorBoardLog.class)) {
      for (long step = 3; step <= 5; step++) {
        FaultyFileSystem.ROOM.set(100);
        train(log, step, step, 0);
        log.write(state(step));
      }
      FaultyFileSystem.ROOM.set(Long.MAX_VALUE);
      assertEquals(
          List.of(
              "WARN event files for TensorBoard cannot be written to faulty:%s: No space left on"
                      .formatted(temporary.resolve("run/tensorboard"))
                  + " device; training goes on, and metrics.jsonl has the same figures"),
          captured.lines());
    }
    train(log, 6, 6, 0);
    log.write(state(6));
    assertLosses("1:1.0", "2:2.0", "3:3.0", "4:4.0", "5:5.0", "6:6.0");
  }

  @Test
  void theNewestPointsStayWhereACheckpointIsLongInComing() throws IOException {
    TensorBoardLog log = log(create(), 0);
    int steps = 300_000;
    List<StepReport> reports = new ArrayList<>();
    for (int step = 1; step <= steps; step++) {
      reports.add(report(step, step));
    }
    try (CapturedLog captured = new CapturedLog(TensorBoardLog.class)) {
      log.steps(reports);
      log.write(steps);
      assertEquals(1, captured.lines().size());
      assertTrue(
          captured
              .lines()
              .get(0)
              .matches(
                  "WARN event files for TensorBoard lack the \\d{6} oldest points since the last"
                      + " checkpoint: no more than 32 MB wait for one; metrics.jsonl has them"),
          captured.lines()::toString);
    }
    long bytes = Files.size(files().get(0));
    assertTrue(bytes > 31 << 20 && bytes < 33 << 20, "bytes=" + bytes);
    ShownEvents shown = shown(ShownEvents.Reader.BY_RESTARTS);
    assertEquals(steps, shown.curve("loss/training").lastKey());
  }

  /** The filters of each checkpoint, and at the end what the report shows. */
  @Test
  void picturesAreThoseThatWereGiven() throws IOException {
    RunFolder run = create();
    Filters filters =
        new Filters(
            "conv", Shape.of(2, 3, 1), new float[][] {{1, -1, 0, 0, 0, 0}, {0, 0, 2, 0, 0, 2}});
    TensorBoardLog log =
        new TensorBoardLog(run.files(), run.owner(), LAYOUT, state -> Optional.of(filters), 0);
    train(log, 1, 8, 0);
    log.write(state(4));
    log.write(state(8));
    byte[] png = Thumbnail.png(new RgbImage(2, 5, new byte[30]));
    String address = "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    ObjectNode pictures = Json.object();
    pictures.putArray("mistakes").addObject().put("sample", 17).put("image", address);
    ObjectNode seen = pictures.putObject("training").putArray("images").addObject();
    seen.put("labels", "cat").put("plain", address);
    seen.putArray("versions").addObject().put("epoch", 2).put("image", address);
    log.pictures(8, pictures);
    log.write(8);
    for (ShownEvents.Reader reader : ShownEvents.Reader.values()) {
      ShownEvents shown = shown(reader);
      assertEquals(List.of(4L, 8L), List.copyOf(shown.pictures("filters/conv").keySet()));
      ShownEvents.Picture sheet = shown.pictures("filters/conv").get(4L);
      assertEquals(12 * 2, sheet.height(), "at least 24 pixels");
      assertEquals(2 * (12 * 3) + 2, sheet.width());
      BufferedImage drawn = ImageIO.read(new ByteArrayInputStream(sheet.file()));
      assertEquals(sheet.height(), drawn.getHeight());
      assertEquals(sheet.width(), drawn.getWidth());
      assertEquals(0xFFFFFFFF, drawn.getRGB(0, 0), "the largest weight is white");
      for (String name : List.of("mistakes/17", "training/0 cat/plain", "training/0 cat/epoch 2")) {
        assertArrayEquals(png, shown.pictures(name).get(8L).file(), name);
        assertEquals(2, shown.pictures(name).get(8L).height(), name);
        assertEquals(5, shown.pictures(name).get(8L).width(), name);
      }
    }
  }
}
