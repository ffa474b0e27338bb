package io.convoy.launcher.glyphs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.FileStore;
import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.data.augment.Standardization;
import io.convoy.data.reader.FolderDataSet;
import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticGlyphsTest {
  private static final SyntheticGlyphs.Plan PLAN = new SyntheticGlyphs.Plan(3, 2, 28, 1, 7);

  @TempDir Path root;
  private final FileStore files = new LocalFiles();

  @Test
  void drawsAFolderDataSetOnce() throws IOException {
    Path folder = root.resolve("glyphs");
    List<Integer> progress = new ArrayList<>();
    assertTrue(SyntheticGlyphs.draw(folder, PLAN, progress::add));
    assertEquals(List.of(50), progress);
    try (SampleSource train = new FolderDataSet(folder + "/train", 1).open(files);
        SampleSource test = new FolderDataSet(folder + "/test", 1).open(files)) {
      assertEquals(30, train.size());
      assertEquals(20, test.size());
      assertEquals(SyntheticGlyphs.classes(), train.classes());
      test.requireComparableTo(train);
      assertTrue(Standardization.of(train).deviation()[0] > 0.1);
    }
    assertTrue(Files.readString(folder.resolve("README.txt")).contains("are drawn by Convoy"));
    assertFalse(SyntheticGlyphs.draw(folder, PLAN, done -> {}));
    try (Stream<Path> left = Files.list(root)) {
      assertEquals(List.of(folder), left.toList());
    }
  }

  @Test
  void anImageIsAFunctionOfSeedSetClassAndIndex() {
    byte[] first = paint(28, 1, 7, 0, 5);
    GlyphPainter busy = new GlyphPainter(28, 1, 7);
    byte[] again = new byte[28 * 28];
    busy.paint(GlyphShape.TREE, 1, 99, again);
    busy.paint(GlyphShape.KEY, 0, 5, again);
    assertArrayEquals(first, again);
    assertFalse(Arrays.equals(first, paint(28, 1, 8, 0, 5)));
    assertFalse(Arrays.equals(first, paint(28, 1, 7, 1, 5)));
    assertFalse(Arrays.equals(first, paint(28, 1, 7, 0, 6)));
  }

  @Test
  void theDrawingIsTheSameOnEveryMachine() throws NoSuchAlgorithmException {
    // a golden value: what it guards is that no library function of a JDK has a part in it
    MessageDigest sum = MessageDigest.getInstance("SHA-256");
    for (int index = 0; index < 5; index++) {
      byte[] pixels = paint(33, 3, 1, 0, index);
      sum.update(pixels);
    }
    assertEquals(
        "648e3495e0fecc03e2ed1590f8d080795379b0b98df55c6c8153c70c99ed3160",
        HexFormat.of().formatHex(sum.digest()));
  }

  @Test
  void anInterruptedDrawingLeavesNothing() throws IOException {
    Path folder = root.resolve("glyphs");
    SyntheticGlyphs.Plan plan = new SyntheticGlyphs.Plan(20, 1, 16, 3, 1);
    RuntimeException stop = new RuntimeException("stop");
    assertEquals(
        stop,
        assertThrows(
            RuntimeException.class,
            () ->
                SyntheticGlyphs.draw(
                    folder,
                    plan,
                    done -> {
                      throw stop;
                    })));
    try (Stream<Path> left = Files.list(root)) {
      assertEquals(0, left.count());
    }
    assertTrue(SyntheticGlyphs.draw(folder, plan, done -> {}));
  }

  @Test
  void foldersWithOtherThingsAreLeftAlone() throws IOException {
    Path foreign = Files.createDirectory(root.resolve("foreign"));
    assertTrue(SyntheticGlyphs.draw(foreign, PLAN, done -> {}), "an empty folder is filled");
    SyntheticGlyphs.Plan other = new SyntheticGlyphs.Plan(3, 2, 32, 1, 7);
    ConvoyException drawn =
        assertThrows(ConvoyException.class, () -> SyntheticGlyphs.draw(foreign, other, done -> {}));
    assertTrue(drawn.getMessage().contains("holds other drawn images"), drawn.getMessage());
    Path mine = Files.createDirectory(root.resolve("mine"));
    Files.writeString(mine.resolve("thesis.txt"), "precious");
    ConvoyException refused =
        assertThrows(ConvoyException.class, () -> SyntheticGlyphs.draw(mine, PLAN, done -> {}));
    assertTrue(refused.getMessage().contains("was not drawn by Convoy"), refused.getMessage());
    assertTrue(Files.exists(mine.resolve("thesis.txt")));
  }

  @Test
  void whereNothingCanBeWrittenTheErrorSaysSo() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "in the way");
    ConvoyException e =
        assertThrows(
            ConvoyException.class,
            () -> SyntheticGlyphs.draw(file.resolve("glyphs"), PLAN, done -> {}));
    assertEquals(ConvoyException.Kind.RESOURCE, e.kind());
    assertTrue(e.getMessage().contains("cannot be written"), e.getMessage());
  }

  @Test
  void plansAreChecked() {
    assertThrows(ConvoyException.class, () -> new SyntheticGlyphs.Plan(0, 1, 28, 1, 1));
    assertThrows(ConvoyException.class, () -> new SyntheticGlyphs.Plan(1, 1, 15, 1, 1));
    assertThrows(ConvoyException.class, () -> new SyntheticGlyphs.Plan(1, 1, 28, 2, 1));
  }

  private static byte[] paint(int size, int channels, long seed, int set, int index) {
    byte[] pixels = new byte[size * size * channels];
    new GlyphPainter(size, channels, seed).paint(GlyphShape.KEY, set, index, pixels);
    return pixels;
  }
}
