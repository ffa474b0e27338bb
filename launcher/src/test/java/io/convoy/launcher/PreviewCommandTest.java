package io.convoy.launcher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.SparkEnv;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sheets of small drawn sets, measured with a ruler. */
final class PreviewCommandTest {
  private static final String RECIPE =
      """
      name: small ones
      data: {format: folders, size: 16, resizeShorter: 16}
      augmentation: {cropPadding: 2, flip: true}
      network:
        input: [16, 16, 3]
        layers:
          - {name: flatten, type: flatten}
          - {name: logits, type: linear, outFeatures: 2}
      batchSize: 4
      epochs: 1
      optimizer: {type: sgd}
      schedule: {type: constant, rate: 0.1}
      """;

  /** Each of the 16 pixels of a side is drawn as a square of 11. */
  private static final int TIMES = 11;

  private static final int COLUMN = 16 * TIMES + 14;

  private final Commands commands = new Commands();

  @TempDir Path folder;
  private Path data;
  private Path recipe;
  private Path sheet;

  @BeforeEach
  void write() throws IOException {
    data = folder.resolve("data");
    recipe = Files.writeString(folder.resolve("small.yaml"), RECIPE);
    sheet = folder.resolve("sheet.png");
    for (String label : List.of("crow", "dove")) {
      for (int i = 0; i < 3; i++) {
        draw("train", label, i);
      }
      draw("test", label, 0);
    }
  }

  /** 16 x 24 pixels, so that evaluation sees columns 4 to 19. */
  private void draw(String set, String label, int i) throws IOException {
    Path images = Files.createDirectories(data.resolve(set).resolve(label));
    BufferedImage image = new BufferedImage(24, 16, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 24; x++) {
        image.setRGB(x, y, colour(label, i, y, x));
      }
    }
    ImageIO.write(image, "png", images.resolve(i + ".png").toFile());
  }

  private static int colour(String label, int i, int y, int x) {
    int blue = (label.equals("crow") ? 30 : 180) + i;
    return (10 * x) << 16 | (15 * y) << 8 | blue;
  }

  private List<String> arguments(String... further) {
    List<String> all = new ArrayList<>(List.of("preview", recipe.toString()));
    all.addAll(List.of("--data", data.toString(), "--out", sheet.toString()));
    all.addAll(List.of(further));
    return all;
  }

  private BufferedImage drawn(String... further) throws IOException {
    assertEquals(0, commands.run(arguments(further).toArray(String[]::new)), commands::err);
    return ImageIO.read(sheet.toFile());
  }

  @Test
  void theEvaluationViewStandsInTheSecondColumn() throws IOException {
    BufferedImage image = drawn("--count", "2", "--epochs", "0,1");
    assertEquals(900, image.getWidth());
    // margin, title, three lines of which one is broken, and two for the heads
    int head = 24 + 40 + (4 + 2) * 24;
    // its name, pictures, and a gap
    int row = 24 + 16 * TIMES + 24;
    assertEquals(head + 2 * row, image.getHeight());
    for (int sample = 0; sample < 2; sample++) {
      String label = sample == 0 ? "crow" : "dove";
      int top = head + sample * row + 24;
      for (int y = 0; y < 16; y++) {
        for (int x = 0; x < 16; x++) {
          int rgb = image.getRGB(24 + COLUMN + TIMES * x + 5, top + TIMES * y + 5) & 0xFFFFFF;
          assertEquals(Integer.toHexString(colour(label, 1, y, x + 4)), Integer.toHexString(rgb));
        }
      }
      // the stored image has a side of 24, so its pixels are squares of 7
      int last = image.getRGB(24 + 23 * 7 + 3, top + 15 * 7 + 3) & 0xFFFFFF;
      assertEquals(colour(label, 1, 15, 23), last);
      // all of epoch 1: squares of one colour each, and at least one of the image
      int left = 24 + 3 * COLUMN + 14;
      assertEquals(
          image.getRGB(left + 7 * TIMES, top + 7 * TIMES),
          image.getRGB(left + 7 * TIMES + 10, top + 7 * TIMES + 10));
    }
  }

  @Test
  void whatIsDrawnIsTold() throws IOException {
    drawn("--count", "3", "--set", "validation.samples=2");
    assertEquals(
        List.of(
            "sheet   %s (1188 x 880 pixels)".formatted(sheet),
            "images  3 of 4 training images, 2 classes; 2 held back for validation",
            "shown   as stored, as evaluation sees them (16x16x3, drawn 11 times as large), and as"
                + " training does in epochs 0, 1, 2, 3 of seed 1",
            "sizes   16x24 (height x width, of those shown)",
            "",
            "class  label  images  shown",
            "---------------------------",
            "crow       0       2      2",
            "dove       1       2      1"),
        commands.out().lines().toList());
    assertNull(SparkEnv.get());
    try (Stream<Path> there = Files.list(folder)) {
      assertEquals(
          List.of("data", "sheet.png", "small.yaml"),
          there.map(path -> path.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void theSameSheetAgainAndAnotherOfAnotherSeed() throws IOException {
    drawn();
    byte[] first = Files.readAllBytes(sheet);
    drawn();
    assertArrayEquals(first, Files.readAllBytes(sheet), "an old sheet is replaced by an equal one");
    BufferedImage one = drawn("--count", "1", "--epochs", "7");
    BufferedImage other = drawn("--count", "1", "--epochs", "7", "--seed", "12");
    assertFalse(
        Arrays.equals(
            one.getRGB(400, 210, 180, 170, null, 0, 180),
            other.getRGB(400, 210, 180, 170, null, 0, 180)));
  }

  @Test
  void mixedImagesHaveTheirLabelsBelow() throws IOException {
    BufferedImage plain = drawn("--count", "2");
    BufferedImage mixed = drawn("--count", "2", "--set", "augmentation.cutmix={}");
    // two lines of 24 for each of the two, and one more of keys in the heading
    assertTrue(mixed.getHeight() >= plain.getHeight() + 4 * 24);
    assertTrue(hasInk(mixed), "nothing is written below the picture of epoch 0");
  }

  private static boolean hasInk(BufferedImage image) {
    int bottom = image.getHeight() - 24 - 2 * 24;
    for (int y = bottom; y < bottom + 24; y++) {
      for (int x = 24 + 2 * COLUMN + 14; x < 24 + 3 * COLUMN; x++) {
        if ((image.getRGB(x, y) & 0xFFFFFF) == 0x202020) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void idxSetsAndClassesThatAreNumbers() throws IOException {
    Files.writeString(recipe, Commands.RECIPE);
    data = IdxFolder.sound(folder.resolve("idx")).folder();
    drawn("--count", "4", "--epochs", "0");
    assertTrue(
        commands.out().contains("images  4 of 40 training images, 10 classes"), commands::out);
  }

  @Test
  void whatIsWrongIsToldInOneLine() throws IOException {
    commands.fails(
        Commands.USAGE,
        List.of("preview", recipe.toString()),
        "the recipe does not say where its images are: name their folder by --data DIR");
    commands.fails(Commands.USAGE, List.of("preview", "nothing"), "there is no recipe 'nothing'");
    commands.fails(Commands.USAGE, arguments("--count", "0"), "--count must be at least 1 image");
    commands.fails(
        Commands.USAGE,
        arguments("--epochs", "0,-1"),
        "--epochs are numbers from 0 on, such as 0,1,2; got 0,-1");
    commands.fails(
        Commands.USAGE,
        arguments("--set", "network.layers.1.outFeatures=3"),
        "it ends in 3, the data set has 2 classes (crow, dove): set its outFeatures to 2");
    commands.fails(
        Commands.USAGE,
        arguments(
            "--epochs",
            Stream.iterate(0, e -> e + 1)
                .limit(600)
                .map(String::valueOf)
                .reduce((a, b) -> a + "," + b)
                .orElseThrow()),
        "a sheet has at most 60000000 pixels; 6 images in 602 columns of 176 pixels take ",
        "ask for fewer by --count, or for fewer epochs by --epochs");
    data = folder.resolve("none");
    commands.fails(Commands.DATA, arguments(), "none");
    assertFalse(Files.exists(sheet));
  }

  @Test
  void placesWhereNoSheetCanBe() throws IOException {
    for (String[] place :
        new String[][] {
          {folder + "/sheet.jpg", "the sheet is a PNG; got --out ", "a file that ends in .png"},
          {folder + "/no/sheet.png", "there is no folder " + folder + "/no: create it"},
          {"hdfs://127.0.0.1:1/sheet.png", "the sheet is written on this machine; got --out hdfs:"},
          {Files.createDirectories(folder.resolve("a.png")).toString(), "is a folder: name a file"}
        }) {
      commands.fails(
          Commands.USAGE,
          List.of("preview", recipe.toString(), "--data", data.toString(), "--out", place[0]),
          Stream.of(place).skip(1).toArray(String[]::new));
    }
  }

  @Test
  void anImageThatIsDamagedIsNamed() throws IOException {
    Path damaged = data.resolve("train/crow/1.png");
    byte[] bytes = Files.readAllBytes(damaged);
    Files.write(damaged, Arrays.copyOf(bytes, bytes.length / 2));
    commands.fails(Commands.DATA, arguments("--count", "2"), "train/crow/1.png: ");
    assertFalse(Files.exists(sheet));
  }

  /** Raccoons and blood cells, by the recipe of README.md. */
  @Test
  @Tag("data")
  void photographs() throws IOException {
    String given = System.getenv("CONVOY_DATA");
    Path root = given == null ? Path.of("..", "..", "shared", "data") : Path.of(given);
    data = folder.resolve("photographs");
    copy(root.resolve("raccoon/images"), "raccoon");
    copy(root.resolve("bccd/BCCD/JPEGImages"), "bccd");
    String readme = Files.readString(Path.of("../README.md"));
    int start = readme.indexOf("name: photographs");
    Files.writeString(recipe, readme.substring(start, readme.indexOf("```", start)));
    BufferedImage image = drawn();
    assertEquals(1284, image.getWidth());
    assertTrue(commands.out().contains("bccd         0"), commands::out);
  }

  private void copy(Path images, String label) throws IOException {
    assumeTrue(Files.isDirectory(images), () -> "skipped: there is no " + images);
    Path train = Files.createDirectories(data.resolve("train").resolve(label));
    try (Stream<Path> listed = Files.list(images)) {
      for (Path image :
          listed.filter(file -> file.toString().endsWith(".jpg")).limit(12).toList()) {
        Files.copy(image, train.resolve(image.getFileName()));
      }
    }
  }
}
