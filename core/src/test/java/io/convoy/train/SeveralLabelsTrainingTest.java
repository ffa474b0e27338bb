package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.LocalFiles;
import io.convoy.data.RealData;
import io.convoy.data.SampleSource;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.Cutmix;
import io.convoy.data.augment.Mixup;
import io.convoy.data.augment.SampleLoader;
import io.convoy.data.augment.Standardization;
import io.convoy.data.image.EncodedImages;
import io.convoy.data.reader.Folders;
import io.convoy.data.reader.Table;
import io.convoy.error.ConvoyException;
import io.convoy.evaluation.ClassFigures;
import io.convoy.evaluation.EvaluationReport;
import io.convoy.evaluation.ImageCounter;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Flatten;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.Linear;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Relu;
import io.convoy.loss.BinaryCrossEntropy;
import io.convoy.loss.ClassWeights;
import io.convoy.loss.MeanSquaredError;
import io.convoy.loss.MultiClassHinge;
import io.convoy.loss.SoftmaxCrossEntropy;
import io.convoy.network.Network;
import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import io.convoy.optimizer.Adam;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.RecipeBuilder;
import io.convoy.recipe.ValidationOptions;
import io.convoy.schedule.Cosine;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Trainings on images that have several labels, or none. */
class SeveralLabelsTrainingTest {
  private static final int IMAGES = 43;
  private static final String HASH =
      "e9891741fb73286d37379b300916b624fb409fbdb8216249eb50405fb4d17940";

  @TempDir Path folder;

  private static Network network(int height, int width, int channels) {
    return Network.input(height, width, channels)
        .then("conv1", Conv2d.of(8, 3).withPadding(Padding.SAME))
        .then(new Relu())
        .then(MaxPool2d.of(2))
        .then("conv2", Conv2d.of(16, 3).withPadding(Padding.SAME))
        .then(new Relu())
        .then(MaxPool2d.of(2))
        .then(new Flatten())
        .then("logits", Linear.of(3))
        .build();
  }

  private static Recipe recipe(Network network, int epochs, double rate) {
    return new RecipeBuilder()
        .name("several labels")
        .seed(3)
        .network(network)
        .loss(BinaryCrossEntropy.PLAIN)
        .data(new DataOptions(new Table(), null, null).withLabelDelimiter(";"))
        .validation(new ValidationOptions(0.2, null))
        .batchSize(16)
        .epochs(epochs)
        .optimizer(new Adam(0.9f, 0.999f, 1e-8f, 0, false))
        .schedule(new Cosine(rate, 1, 0))
        .build();
  }

  /** Noise, bright in the channels of its labels. */
  private void draw() throws IOException {
    StringBuilder rows = new StringBuilder("image,labels\n");
    for (int i = 0; i < IMAGES; i++) {
      BufferedImage image = EncodedImages.pattern(9, 7, BufferedImage.TYPE_3BYTE_BGR);
      List<String> labels = new ArrayList<>();
      for (int c = 0; c < 3; c++) {
        if ((i * 7 + c * 3) % (c + 3) == 0) {
          labels.add(0, List.of("red", "green", "blue").get(c));
          for (int at = 0; at < 63; at++) {
            image.getRaster().setSample(at % 7, at / 7, c, 180 + (at * 31 + i * 17) % 70);
          }
        }
      }
      Files.write(folder.resolve(i + ".png"), EncodedImages.encode(image, "png"));
      rows.append("%s.png,%s\n".formatted(i, String.join(";", labels)));
    }
    Files.writeString(folder.resolve("train.csv"), rows);
  }

  private SampleSource open(Recipe recipe) {
    int channels = recipe.network().inputShape().channels();
    return recipe
        .data()
        .training(new LocalFiles(), folder.toString(), channels)
        .open(new LocalFiles());
  }

  private static TrainingState trained(Recipe recipe, SampleSource source, int threads) {
    try (LocalTrainer trainer =
        new LocalTrainer(recipe, source, KernelProvider.kernels(), threads)) {
      trainer.train(trainer.totalSteps(), report -> {});
      return trainer.state();
    }
  }

  private static Recipe mixing() {
    return recipe(network(9, 7, 3), 3, 0.01).toBuilder()
        .loss(new BinaryCrossEntropy(0.1f, ClassWeights.BALANCED))
        .augmentation(new Augmentation(1, true).withMixing(new Mixup(0.4, 0.5), new Cutmix(1, 0.5)))
        .build();
  }

  @Test
  void threadsHaveNoPartInTheWeights() throws IOException {
    draw();
    Recipe recipe = mixing();
    try (SampleSource source = open(recipe)) {
      assertEquals(List.of("blue", "green", "red"), source.classes());
      assertEquals(IMAGES * 4 / 5, TrainingSplit.of(recipe, source).training().size(), 1);
      String expected = trained(recipe, source, 1).weightsSha256();
      assertEquals(expected, trained(recipe, source, 3).weightsSha256());
      assertEquals(HASH, expected);
      Recipe alike = recipe.toBuilder().loss(new BinaryCrossEntropy(0.1f, null)).build();
      assertNotEquals(expected, trained(alike, source, 2).weightsSha256());
    }
  }

  @Test
  void brightChannelsAreLearnt() throws IOException {
    draw();
    Recipe recipe = recipe(network(9, 7, 3), 30, 0.01);
    try (SampleSource source = open(recipe)) {
      int[] right = new int[1];
      int[] samples = new int[1];
      try (LocalTrainer trainer = new LocalTrainer(recipe, source, KernelProvider.kernels(), 1)) {
        trainer.train(
            trainer.totalSteps(),
            report -> {
              boolean last = report.epoch() == 29;
              right[0] += last ? report.correct() : 0;
              samples[0] += last ? report.samples() : 0;
            });
        assertEquals(samples[0], right[0]); // all labels of all images
        EvaluationReport report = evaluated(recipe, source, trainer.state());
        assertEquals(1, report.accuracy().value());
        assertEquals(1, report.meanAveragePrecision());
        assertTrue(report.loss().value() < 0.1, "loss " + report.loss().value());
      }
    }
  }

  /** The part that is held back, in two shares; training's own figures are those of the report. */
  private static EvaluationReport evaluated(
      Recipe recipe, SampleSource source, TrainingState state) {
    TrainingSplit split = TrainingSplit.of(recipe, source);
    SampleLoader loader =
        new SampleLoader(
            split.validation(),
            recipe.network().inputShape(),
            recipe.data().resizing(),
            Standardization.of(split.training(), recipe.data().evaluation()),
            Augmentation.NONE,
            recipe.seed());
    ImageCounter counter = new ImageCounter(3, true);
    Evaluator.Result result = Evaluator.Result.NONE;
    for (int rank = 0; rank < 2; rank++) {
      try (WorkPool pool = new WorkPool(1);
          Evaluator evaluator =
              new Evaluator(
                  recipe.network(),
                  recipe.conv(),
                  state.weights(),
                  loader,
                  rank,
                  2,
                  KernelProvider.kernels(),
                  pool)) {
        for (Evaluator.Result block : evaluator.blocks(counter::count).values()) {
          result = result.plus(block);
        }
      }
    }
    EvaluationReport report = counter.counts().report(source.classes());
    assertEquals(split.validation().size(), report.samples());
    assertEquals(result.accuracy(), report.accuracy().value());
    assertEquals(result.loss(), report.loss().value(), 1e-5);
    return report;
  }

  @Test
  void lossesOfOneLabelAreRefused() throws IOException {
    draw();
    Recipe fits = recipe(network(9, 7, 3), 1, 0.01);
    for (var loss :
        List.of(SoftmaxCrossEntropy.PLAIN, MultiClassHinge.PLAIN, new MeanSquaredError())) {
      ConvoyException e =
          assertThrows(ConvoyException.class, () -> fits.toBuilder().loss(loss).build());
      assertEquals(ConvoyException.Kind.USAGE, e.kind());
      assertTrue(
          e.getMessage()
              .endsWith(
                  " takes one label an image; by data.labelDelimiter, images may have several: set"
                      + " loss: {type: binaryCrossEntropy}, or give each image one"),
          e.getMessage());
    }
    Recipe single =
        fits.toBuilder()
            .loss(SoftmaxCrossEntropy.PLAIN)
            .data(new DataOptions(new Table(), null, null))
            .build();
    try (SampleSource source = open(fits)) {
      ConvoyException e = assertThrows(ConvoyException.class, () -> single.requireFits(source));
      assertTrue(
          e.getMessage()
              .startsWith("softmaxCrossEntropy takes one label an image; in this data set, images"),
          e.getMessage());
    }
    ConvoyException e =
        assertThrows(
            ConvoyException.class,
            () -> new DataOptions(new Folders(), null, null).withLabelDelimiter(";"));
    assertEquals(
        "data.labelDelimiter has no meaning for data.format folders: take it away, or set another"
            + " format",
        e.getMessage());
  }

  /** Single labels are trained on by the same loss, one class against all others. */
  @Test
  void theLossTakesSingleLabelsToo() throws IOException {
    draw();
    StringBuilder rows = new StringBuilder("path,label\n");
    for (int i = 0; i < IMAGES; i++) {
      rows.append("%s.png,%s\n".formatted(i, List.of("a", "b", "c").get(i % 3)));
    }
    Files.writeString(folder.resolve("train.csv"), rows);
    Recipe recipe =
        recipe(network(9, 7, 3), 2, 0.01).toBuilder()
            .data(new DataOptions(new Table(), null, null))
            .build();
    try (SampleSource source = open(recipe)) {
      trained(recipe, source, 2);
    }
  }

  /**
   * Quarters of blood smears, by which cells have their middle in them: none, one, two or three
   * kinds. White cells and platelets are violet, red cells are everywhere.
   */
  @Test
  @Tag("slow")
  @Tag("data")
  void cellsOfBloodSmearsAreFound() throws Exception {
    Path smears = RealData.folder("bccd").resolve("BCCD");
    int tiles = cut(smears, 100);
    Network network =
        Network.input(40, 40, 3)
            .then("conv1", Conv2d.of(16, 5).withPadding(Padding.SAME))
            .then(new Relu())
            .then(MaxPool2d.of(2))
            .then("conv2", Conv2d.of(24, 3).withPadding(Padding.SAME))
            .then(new Relu())
            .then(MaxPool2d.of(2))
            .then("conv3", Conv2d.of(32, 3).withPadding(Padding.SAME))
            .then(new Relu())
            .then(new GlobalAvgPool())
            .then("logits", Linear.of(3))
            .build();
    Recipe plain = recipe(network, 12, 0.004);
    Recipe recipe =
        plain.toBuilder()
            .data(plain.data().withSize(Extent.square(40), null, true, null))
            .augmentation(new Augmentation(0, true))
            .build();
    try (SampleSource source = open(recipe)) {
      assertEquals(tiles, source.size());
      assertEquals(List.of("Platelets", "RBC", "WBC"), source.classes());
      EvaluationReport report = evaluated(recipe, source, trained(recipe, source, 2));
      ClassFigures white = report.classes().get(2);
      double base = (double) white.support() / report.samples();
      assertTrue(base > 0.1 && base < 0.5, "white cells are in " + base);
      assertTrue(white.averagePrecision() > base + 0.4, white.toString());
    }
  }

  /** Writes the quarters of some images, and their labels; returns how many there are. */
  private int cut(Path smears, int count) throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.list(smears.resolve("JPEGImages"))) {
      files = all.sorted().limit(count).toList();
    }
    StringBuilder rows = new StringBuilder("image,labels\n");
    int tiles = 0;
    for (Path file : files) {
      String name = file.getFileName().toString().replace(".jpg", "");
      BufferedImage image = ImageIO.read(file.toFile());
      NodeList cells =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new File(smears.toFile(), "Annotations/" + name + ".xml"))
              .getElementsByTagName("object");
      int height = image.getHeight() / 2;
      int width = image.getWidth() / 2;
      for (int quarter = 0; quarter < 4; quarter++) {
        int top = quarter / 2 * height;
        int left = quarter % 2 * width;
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < cells.getLength(); i++) {
          Element cell = (Element) cells.item(i);
          int x = (number(cell, "xmin") + number(cell, "xmax")) / 2 - left;
          int y = (number(cell, "ymin") + number(cell, "ymax")) / 2 - top;
          String label = cell.getElementsByTagName("name").item(0).getTextContent();
          if (x >= 0 && x < width && y >= 0 && y < height && !labels.contains(label)) {
            labels.add(label);
          }
        }
        String tile = "%s-%s.png".formatted(name, quarter);
        ImageIO.write(
            image.getSubimage(left, top, width, height), "png", folder.resolve(tile).toFile());
        rows.append("%s,%s\n".formatted(tile, String.join("; ", labels)));
        tiles++;
      }
    }
    Files.writeString(folder.resolve("train.csv"), rows);
    return tiles;
  }

  private static int number(Element cell, String tag) {
    return Integer.parseInt(cell.getElementsByTagName(tag).item(0).getTextContent());
  }
}
