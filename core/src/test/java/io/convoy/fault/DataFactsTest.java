package io.convoy.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.data.augment.PixelDigests;
import io.convoy.data.augment.TrainingPixels;
import io.convoy.data.image.Framing;
import io.convoy.data.reader.Folders;
import io.convoy.recipe.DataOptions;
import io.convoy.train.TrainingSplit;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of images: by their pixels, whatever their files are. */
class DataFactsTest {
  @TempDir Path folder;

  private record Told(Map<String, Long> sets) implements DataFacts.Progress {
    @Override
    public void begins(String set, long images) {
      sets.put(set, images);
    }

    @Override
    public void at(long done) {}
  }

  /** A grey image of 6 x 5 pixels that a number tells from others. */
  private void image(String set, String name, int number) throws IOException {
    BufferedImage image = new BufferedImage(6, 5, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 30; i++) {
      image.getRaster().setSample(i % 6, i / 6, 0, (i * number * 37 + number) % 256);
    }
    Path file = folder.resolve(set).resolve(name);
    Files.createDirectories(file.getParent());
    String format = name.substring(name.indexOf('.') + 1);
    assertTrue(ImageIO.write(image, format, file.toFile()), name);
  }

  private SampleSource open(boolean test) {
    DataOptions data = new DataOptions(new Folders(), null, null);
    return (test
            ? data.test(new LocalFiles(), folder.toString(), 1).orElseThrow()
            : data.training(new LocalFiles(), folder.toString(), 1))
        .open(new LocalFiles());
  }

  @Test
  void pixelsCountAndNoBytes() throws IOException {
    for (int i = 1; i <= 4; i++) {
      image("train", "cat/%s.png".formatted(i), i);
    }
    image("train", "dog/5.png", 5);
    image("train", "dog/copy.bmp", 2);
    image("train", "dog/twin.bmp", 5);
    image("test", "cat/a.bmp", 3);
    image("test", "cat/b.png", 9);
    image("test", "dog/c.png", 10);
    Map<String, Long> told = new TreeMap<>();
    try (SampleSource training = open(false);
        SampleSource test = open(true)) {
      DataFacts facts = DataFacts.of(new TrainingSplit(training, null), test, 3, new Told(told));
      assertEquals(List.of("cat", "dog"), facts.classes());
      assertEquals("[4, 3]", Arrays.toString(facts.counts()));
      assertEquals(1, facts.test().equal());
      assertEquals(3, facts.test().images());
      assertTrue(facts.test().named().matches(".*cat/a.bmp is .*cat/3.png"), facts.test()::named);
      assertEquals(1, facts.contradicting().equal(), "twins of one class are no contradiction");
      assertTrue(
          facts
              .contradicting()
              .named()
              .matches(".*cat/2.png is \"cat\", and .*dog/copy.bmp is \"dog\""),
          facts.contradicting()::named);
      assertEquals(0, facts.validation().images());
    }
    assertEquals(Map.of("training images", 7L, "test images", 3L), told);
  }

  /** Against the images themselves, with any number of threads. */
  @Test
  void imagesAreEqualWhereTheirPixelsAre() {
    Altered twice = Altered.of(300).withImages(i -> i % 137);
    PixelDigests one = new TrainingPixels(twice, Framing.STORED, 1, (d, t) -> {}).digests();
    PixelDigests four = new TrainingPixels(twice, Framing.STORED, 4, (d, t) -> {}).digests();
    for (int i = 0; i < 300; i++) {
      assertTrue(one.equal(i, four, i));
      for (int j = i - 1; j >= 0; j--) {
        assertEquals((i - j) % 137 == 0, one.equal(i, four, j), i + " and " + j);
      }
    }
    assertEquals(one.sums(), four.sums());
    int[] firsts = new int[300];
    Arrays.fill(firsts, -1);
    EqualImages equal = new EqualImages(one, (row, first) -> firsts[row] = first);
    for (int i = 0; i < 300; i++) {
      assertEquals(i < 137 ? -1 : i % 137, firsts[i]);
      assertEquals(i % 137, equal.first(four, i));
    }
  }
}
