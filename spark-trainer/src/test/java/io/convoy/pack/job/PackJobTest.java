package io.convoy.pack.job;

import static io.convoy.pack.job.PackSets.CLASSES;
import static io.convoy.pack.job.PackSets.SMALL;
import static io.convoy.pack.job.PackSets.draw;
import static io.convoy.pack.job.PackSets.key;
import static io.convoy.pack.job.PackSets.label;
import static io.convoy.pack.job.PackSets.pack;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.data.SampleWindow;
import io.convoy.data.augment.Standardization;
import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.data.reader.FolderDataSet;
import io.convoy.error.ConvoyException;
import io.convoy.pack.DrawnImages;
import io.convoy.pack.PackDataSet;
import io.convoy.targets.ClassLabel;
import io.convoy.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PackSession.class)
final class PackJobTest {
  @TempDir Path folder;

  @Test
  void everyImageIsThereInTheOrderOfItsKey(JavaSparkContext spark) throws Exception {
    TreeMap<String, byte[]> images = draw(folder.resolve("in/train"), 100, false);
    draw(folder.resolve("in/test"), 7, false);
    PackSummary summary = pack(spark, folder.resolve("in"), folder.resolve("out"));
    assertEquals(List.of("train", "test"), summary.sets().stream().map(s -> s.name()).toList());
    assertEquals(100, summary.sets().get(0).images());
    assertEquals(2, summary.sets().get(0).files());
    List<String> expected = new ArrayList<>(images.keySet());
    TreeMap<String, String> byKey = new TreeMap<>();
    for (String path : expected) {
      byKey.put(key(7, path), path);
    }
    PackDataSet set = new PackDataSet(folder.resolve("out/train").toString(), 3);
    try (SampleSource source = set.open(new LocalFiles())) {
      assertEquals(CLASSES, source.classes());
      assertTrue(source.commonShape().isEmpty());
      assertEquals(2, source.rowGroups().count());
      Pixels pixels = new Pixels();
      int row = 0;
      try (SampleWindow window = source.open(IntStream.range(0, 100).toArray())) {
        for (String path : byKey.values()) {
          int number = Integer.parseInt(path.replaceAll(".*/|\\.png", ""));
          window.read(row, Framing.STORED, pixels);
          Shape shape = Shape.of(1 + number * 7 % 41, 1 + number * 11 % 29, 3);
          assertEquals(shape, pixels.shape(), path);
          assertArrayEquals(
              DrawnImages.pixels(number, shape.height(), shape.width()),
              Arrays.copyOf(pixels.bytes(), shape.elements()));
          int label = CLASSES.indexOf(path.replaceAll("/.*", ""));
          assertEquals(new ClassLabel(label), window.target(row));
          assertEquals(label, source.label(row));
          row++;
        }
      }
      assertEquals(100, row);
    }
    assertFalse(Files.exists(folder.resolve(".out.packing")));
    try (Stream<Path> names = Files.list(folder.resolve("out/train"))) {
      assertEquals(
          List.of("dataset.json", "labels.bin", "part-00000.parquet", "part-00001.parquet"),
          names.map(p -> p.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void largeImagesAreMadeSmaller(JavaSparkContext spark) throws Exception {
    TreeMap<String, byte[]> images = draw(folder.resolve("in"), 60, false);
    pack(spark, folder.resolve("in"), folder.resolve("out"), SMALL.withResized(10, 80));
    TreeMap<String, String> byKey = new TreeMap<>();
    for (String path : images.keySet()) {
      byKey.put(key(7, path), path);
    }
    int resized = 0;
    PackDataSet set = new PackDataSet(folder.resolve("out").toString(), 3);
    try (SampleSource source = set.open(new LocalFiles());
        SampleWindow window = source.open(IntStream.range(0, 60).toArray())) {
      Pixels pixels = new Pixels();
      int row = 0;
      for (String path : byKey.values()) {
        int number = Integer.parseInt(path.replaceAll(".*/|\\.png", ""));
        int height = 1 + number * 7 % 41;
        int width = 1 + number * 11 % 29;
        int least = Math.min(height, width);
        window.read(row++, Framing.STORED, pixels);
        if (least <= 10) {
          assertEquals(Shape.of(height, width, 3), pixels.shape());
          assertArrayEquals(
              DrawnImages.pixels(number, height, width),
              Arrays.copyOf(pixels.bytes(), pixels.shape().elements()));
        } else {
          resized++;
          assertEquals(Shape.of(height * 10 / least, width * 10 / least, 3), pixels.shape(), path);
        }
      }
    }
    assertTrue(resized > 20 && resized < 50, resized + " were resized");
  }

  @Test
  void meanAndDeviationAreThoseOfTheFolder(JavaSparkContext spark) throws IOException {
    Path source = folder.resolve("in");
    draw(source, 60, true);
    pack(spark, source, folder.resolve("out"));
    for (int channels : new int[] {1, 3}) {
      try (SampleSource packed =
              new PackDataSet(folder.resolve("out").toString(), channels).open(new LocalFiles());
          SampleSource plain =
              new FolderDataSet(source.toString(), channels).open(new LocalFiles())) {
        assertEquals(Standardization.of(plain), Standardization.of(packed));
        assertEquals(plain.commonShape(), packed.commonShape());
        assertTrue(packed.channelSums().isPresent() && plain.channelSums().isEmpty());
      }
    }
  }

  @Test
  void whatIsThereIsNotPackedOver(JavaSparkContext spark) throws IOException {
    draw(folder.resolve("in"), 5, true);
    Path out = Files.createDirectory(folder.resolve("out"));
    ConvoyException e =
        assertThrows(ConvoyException.class, () -> pack(spark, folder.resolve("in"), out));
    assertEquals(ConvoyException.Kind.USAGE, e.kind());
    assertEquals(
        "file:%s is there already, and no set is packed over another: name another folder, or take"
                .formatted(out)
            + " it away",
        e.getMessage());
  }
}
