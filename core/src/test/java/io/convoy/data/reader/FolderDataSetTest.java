package io.convoy.data.reader;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.DataSet;
import io.convoy.data.FileDigests;
import io.convoy.data.FileStore;
import io.convoy.data.LocalFiles;
import io.convoy.data.ReadImages;
import io.convoy.data.SampleSource;
import io.convoy.data.SampleSubset;
import io.convoy.data.image.Background;
import io.convoy.data.image.EncodedImages;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.recipe.DataOptions;
import io.convoy.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderDataSetTest {
  private static final int HEIGHT = 6;
  private static final int WIDTH = 4;

  @TempDir Path folder;
  private final FileStore files = new LocalFiles();

  @BeforeEach
  void fill() throws IOException {
    write("dog/b.png", 10);
    write("dog/a.PNG", 20);
    write("cat/10.png", 30);
    write("cat/9.png", 40);
    Files.writeString(folder.resolve("README.txt"), "beside the classes");
    Files.writeString(folder.resolve("cat/.hidden"), "no image");
    Files.createDirectory(folder.resolve(".cache"));
  }

  @Test
  void theBackgroundIsSeenWhereImagesAreTransparent() throws IOException {
    BufferedImage clear = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB);
    Files.write(folder.resolve("cat/10.png"), EncodedImages.encode(clear, "png"));
    FolderDataSet usual = new FolderDataSet(folder.toString(), 3);
    String asked = "{\"format\":\"folders\",\"background\":\"#010203\"}";
    DataOptions options =
        Json.read(asked.getBytes(StandardCharsets.UTF_8), DataOptions.class, "data");
    DataSet read = options.training(files, folder.toString(), 3);
    assertEquals(new Background(0x010203), ((FolderDataSet) read).background());
    try (SampleSource white = usual.open(files);
        SampleSource other = usual.over(new Background(0x010203)).open(files)) {
      assertEquals((byte) 255, ReadImages.bytes(white, 0)[0]);
      assertArrayEquals(new byte[] {1, 2, 3}, Arrays.copyOf(ReadImages.bytes(other, 0), 3));
      // the fingerprint is one of contents
      assertEquals(white.fingerprint(), other.fingerprint());
    }
  }

  @Test
  void classesAndSamplesGoByName() {
    try (SampleSource source = open(1)) {
      assertEquals(List.of("cat", "dog"), source.classes());
      assertEquals(Optional.of(Shape.of(HEIGHT, WIDTH, 1)), source.commonShape());
      assertEquals(4, source.size());
      int[] greys = new int[4];
      int[] labels = new int[4];
      for (int i = 0; i < 4; i++) {
        greys[i] = ReadImages.bytes(source, i)[0];
        labels[i] = source.label(i);
      }
      assertArrayEquals(new int[] {30, 40, 20, 10}, greys);
      assertArrayEquals(new int[] {0, 0, 1, 1}, labels);
    }
  }

  @Test
  void theCacheChangesNothing() {
    FolderDataSet dataSet = new FolderDataSet(folder.toString(), 3);
    try (SampleSource cached = dataSet.open(files);
        SampleSource direct = dataSet.open(files, FileDigests.NONE, 0)) {
      assertEquals(cached.fingerprint(), direct.fingerprint());
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < cached.size(); i++) {
          assertArrayEquals(ReadImages.bytes(cached, i), ReadImages.bytes(direct, i));
        }
      }
    }
  }

  @Test
  void theFingerprintSeesNamesAndBytes() throws IOException {
    String before = fingerprint();
    assertEquals(before, fingerprint());
    Files.move(folder.resolve("cat/9.png"), folder.resolve("cat/90.png"));
    String renamed = fingerprint();
    assertNotEquals(before, renamed);
    write("cat/90.png", 41);
    assertNotEquals(renamed, fingerprint());
  }

  /**
   * That of a folder as the first version read it: a resumed run compares it. SHA-256 over 6, 4, 1,
   * the numbers of files and classes, the classes, and of each file its name, its label and its own
   * SHA-256; numbers have four bytes, names their length before them.
   */
  @Test
  void aFlatFolderKeepsItsFingerprint() throws IOException {
    ImageFolder flat = new ImageFolder(Files.createDirectory(folder.resolve("flat")));
    flat.put("cat/9.jpeg", new byte[] {'4', '4', '4', '4'});
    flat.put("cat/10.png", new byte[] {'3', '3', '3'});
    flat.put("caf\u00e9/#%20.png", new byte[0]);
    flat.put("A b/y.JPG", new byte[] {'2', '2'});
    flat.put("A b/x.png", new byte[] {'1'});
    try (SampleSource source =
        new FolderDataSet(flat.path().toString(), 1, HEIGHT, WIDTH)
            .open(files, FileDigests.NONE, 0)) {
      assertEquals(
          "642be409e7bb0e3c90acffbd023c70ad9efbb9a65d02a2718639e5c06489e551", source.fingerprint());
    }
  }

  @Test
  void threadsMayReadAtOnce() throws Exception {
    for (int i = 0; i < 60; i++) {
      write("dog/more%s.png".formatted(10 + i), i);
    }
    long expected;
    try (SampleSource alone = open(1)) {
      expected = hash(alone);
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (SampleSource shared = open(1)) {
      Callable<Long> reader = () -> hash(shared);
      for (Future<Long> found : threads.invokeAll(List.of(reader, reader, reader, reader))) {
        assertEquals(expected, found.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static long hash(SampleSource source) {
    long hash = 0;
    for (int i = 0; i < source.size(); i++) {
      hash = 31 * hash + Arrays.hashCode(ReadImages.bytes(source, i));
    }
    return hash;
  }

  @Test
  void anImageOfAnotherSizeIsNamed() throws IOException {
    Files.write(
        folder.resolve("dog/a.PNG"),
        EncodedImages.encode(EncodedImages.pattern(5, 9, BufferedImage.TYPE_BYTE_GRAY), "png"));
    try (SampleSource source = open(1)) {
      ConvoyException e = assertThrows(ConvoyException.class, () -> ReadImages.bytes(source, 2));
      assertEquals(ConvoyException.Kind.DATA, e.kind());
      assertTrue(
          e.getMessage()
              .endsWith(
                  "a.PNG: without data.size every image must have the same size: this one is 5x9"
                      + " pixels (height x width), "
                      + folder
                      + "/cat/10.png is 6x4; set data.size in the recipe, which has images brought"
                      + " to a size, or scale them"),
          e.getMessage());
    }
    FolderDataSet given = new FolderDataSet(folder.toString(), 1, 28, 28);
    try (SampleSource source = given.open(files)) {
      assertEquals(Optional.of(Shape.of(28, 28, 1)), source.commonShape());
      assertThrows(ConvoyException.class, () -> ReadImages.bytes(source, 0));
    }
  }

  @Test
  void whatIsNoImageIsNamed() throws IOException {
    Files.writeString(folder.resolve("dog/c.jpg"), "not a picture");
    try (SampleSource source = open(1)) {
      ConvoyException e = assertThrows(ConvoyException.class, source::fingerprint);
      assertTrue(e.getMessage().contains("dog/c.jpg: the file is no image that is read"));
    }
    Files.writeString(folder.resolve("dog/c.jpg"), "version https://git-lfs.github.com/spec/v1");
    try (SampleSource source = open(1)) {
      ConvoyException e = assertThrows(ConvoyException.class, source::fingerprint);
      assertTrue(
          e.getMessage()
              .contains(
                  "it has 42 bytes), but a pointer of Git LFS in place of the file: fetch the file"
                      + " by git lfs pull"),
          e.getMessage());
    }
  }

  @Test
  void foldersMustHoldImages() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("bird"));
    String bird =
        empty + ": the class folder has no image; every class needs one: fill it, or take";
    assertOpenFails(bird + " it away; it holds nothing");
    Files.createDirectory(empty.resolve("inner"));
    assertOpenFails(bird + " it away; it holds nothing");
    Files.writeString(empty.resolve("inner/labels.csv"), "a,b");
    assertOpenFails(bird + " it away; it holds inner/labels.csv");
    ConvoyException flat =
        assertThrows(
            ConvoyException.class, () -> new FolderDataSet(folder + "/cat", 1).open(files));
    assertTrue(flat.getMessage().contains("there is no folder in it"), flat.getMessage());
    ConvoyException none =
        assertThrows(
            ConvoyException.class, () -> new FolderDataSet(folder + "/none", 1).open(files));
    assertTrue(
        none.getMessage().startsWith(folder + ": there is no folder none in it, with the images"),
        none.getMessage());
  }

  @Test
  void aFailingDiskIsNotTakenForDamage() {
    try (SampleSource source =
        new FolderDataSet(folder.toString(), 1, HEIGHT, WIDTH).open(new BrokenFiles(9))) {
      ConvoyException e = assertThrows(ConvoyException.class, () -> ReadImages.bytes(source, 0));
      assertEquals(ConvoyException.Kind.RESOURCE, e.kind());
      assertTrue(e.getMessage().contains("10.png: cannot be read"), e.getMessage());
    }
  }

  @Test
  void theTestSetMustHaveTheSameClassesAndShape() throws IOException {
    try (SampleSource training = open(1)) {
      training.requireComparableTo(training);
      try (SampleSource colour = open(3)) {
        ConvoyException e =
            assertThrows(ConvoyException.class, () -> colour.requireComparableTo(training));
        assertTrue(e.getMessage().contains("they are 6x4x3"), e.getMessage());
      }
      write("eel/a.png", 5);
      try (SampleSource more = open(1)) {
        ConvoyException e =
            assertThrows(ConvoyException.class, () -> more.requireComparableTo(training));
        assertTrue(
            e.getMessage().contains("class 2 is \"eel\" in the test set and \"none\""),
            e.getMessage());
      }
    }
  }

  /** Its labels are those of the training set, whichever folders it lacks. */
  @Test
  void aTestSetMayLackClasses() {
    FolderDataSet set = new FolderDataSet(folder.toString(), 1);
    List<String> classes = List.of("bird", "cat", "cow", "dog", "eel");
    try (SampleSource test = set.labelledAs(classes).open(files)) {
      assertEquals(classes, test.classes());
      assertArrayEquals(
          new int[] {1, 1, 3, 3}, IntStream.range(0, test.size()).map(test::label).toArray());
    }
    ConvoyException e =
        assertThrows(ConvoyException.class, () -> set.labelledAs(List.of("cat")).open(files));
    assertEquals(
        folder
            + "/dog: the test set's classes must be the training set's, which are cat: rename the"
            + " folder, or take it away",
        e.getMessage());
  }

  @Test
  void whatIsLeftOutIsTold() {
    try (SampleSource source = open(1)) {
      assertEquals(
          List.of(
              folder + ": left out 2 as hidden: .cache, cat/.hidden",
              folder + ": left out 1 as beside the class folders: README.txt"),
          source.leftOut());
      assertEquals(source.leftOut(), new SampleSubset(source, new int[] {0}).leftOut());
    }
  }

  @Test
  void aWrongLevelIsTold() throws IOException {
    write("train/cat/a.png", 1);
    write("other/b/a.png", 1);
    String holds = "it holds README.txt, cat, dog, other, train";
    assertMissing(
        folder + "/test",
        folder
            + ": there is no folder test in it, with the images (JPEG, PNG, BMP, GIF, TIFF, WebP) as"
            + " test/<class>/<name>; "
            + holds);
    Path data = Files.createDirectories(folder.resolve("above/data"));
    Files.move(folder.resolve("train"), data.resolve("train"));
    assertMissing(folder + "/above/train", "it holds data; is " + data + " meant?");
    assertMissing(data + "/train/train", "it holds cat; is " + data + " meant?");
    assertMissing(folder + "/nowhere/train", folder + "/nowhere: no such folder: look for");
    assertMissing(folder + "/README.txt", "README.txt: this is a file, where a folder is expected");
  }

  private void assertMissing(String path, String part) {
    ConvoyException e =
        assertThrows(ConvoyException.class, () -> new FolderDataSet(path, 1).open(files));
    assertEquals(ConvoyException.Kind.DATA, e.kind());
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  @Test
  void theVersionSeesNamesSizesAndTimes() throws IOException {
    FolderDataSet set = new FolderDataSet(folder.toString(), 1);
    String first = set.version(files);
    assertEquals(first, set.version(files));
    Path image = folder.resolve("dog/b.png");
    Files.setLastModifiedTime(image, FileTime.fromMillis(1_000_000));
    String touched = set.version(files);
    assertNotEquals(first, touched);
    Files.move(image, folder.resolve("dog/c.png"));
    assertNotEquals(touched, set.version(files));
  }

  /** Whoever still holds it reads on. */
  @Test
  void aClosedSourceReads() {
    SampleSource source = open(1);
    source.close();
    assertEquals(30, ReadImages.bytes(source, 0)[0]);
    source.close();
  }

  @Test
  void optionsAreChecked() {
    assertThrows(ConvoyException.class, () -> new FolderDataSet("x", 2));
    assertThrows(ConvoyException.class, () -> new FolderDataSet("x", 1, 0, 5));
    assertThrows(ConvoyException.class, () -> new FolderDataSet("x", 1, -1, -1));
  }

  private SampleSource open(int channels) {
    return new FolderDataSet(folder.toString(), channels).open(files);
  }

  private String fingerprint() {
    try (SampleSource source = open(1)) {
      return source.fingerprint();
    }
  }

  private void assertOpenFails(String part) {
    ConvoyException e = assertThrows(ConvoyException.class, () -> open(1));
    assertEquals(ConvoyException.Kind.DATA, e.kind());
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  private void write(String name, int grey) throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < HEIGHT * WIDTH; i++) {
      image.getRaster().setSample(i % WIDTH, i / WIDTH, 0, grey);
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, EncodedImages.encode(image, "png"));
  }
}
