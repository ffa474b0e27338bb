package io.convoy.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.data.augment.StandardScore;
import io.convoy.data.image.DecodeScale;
import io.convoy.data.image.EncodedImages;
import io.convoy.data.image.ImageDecoder;
import io.convoy.data.image.Pixels;
import io.convoy.data.image.View;
import io.convoy.data.raster.Crop;
import io.convoy.data.reader.FolderDataSet;
import io.convoy.error.ConvoyException;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.recipe.Preprocessing;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Crops at test time, beside crops that are cut by hand. */
class TestTimeTest {
  private static final int HEIGHT = 11;
  private static final int WIDTH = 8;
  private static final int SHORTER = 14;

  @TempDir Path folder;

  /** It sees where in the image something is. */
  private static Model model(Preprocessing.Resize resize) {
    Network network =
        Network.input(HEIGHT, WIDTH, 3)
            .then("conv", Conv2d.of(17, 3))
            .then("relu", new Relu())
            .then("flat", new Flatten())
            .then("logits", Linear.of(4))
            .build();
    float[] weights = network.layout().initialState(5);
    StandardScore score =
        new StandardScore(new float[] {0.4f, 0.5f, 0.45f}, new float[] {0.2f, 0.25f, 0.3f});
    Preprocessing preprocessing =
        new Preprocessing(
            HEIGHT, WIDTH, 3, resize, null, score, List.of("ant", "bee", "cat", "dog"));
    return new Model("a test", network, weights, preprocessing, ConvolutionAlgorithm.AUTO);
  }

  private static Model cropping() {
    return model(new Preprocessing.Resize(SHORTER, "bilinear", DecodeScale.FULL));
  }

  /** Portraits, landscapes, squares, one that is not resized; larger and smaller ones. */
  private static List<EncodedImage> images() {
    int[][] sizes = {{14, 21}, {33, 20}, {20, 33}, {9, 9}, {64, 15}, {14, 14}, {40, 41}, {19, 14}};
    List<EncodedImage> images = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      BufferedImage image =
          EncodedImages.pattern(sizes[i][0], sizes[i][1], BufferedImage.TYPE_3BYTE_BGR);
      image.getRaster().setSample(3, i, i % 3, 255);
      images.add(
          EncodedImage.of("image-" + i, EncodedImages.encode(image, i % 2 == 0 ? "png" : "jpg")));
    }
    return images;
  }

  private static double[] predict(Model model, TestTime testTime, byte[] image) {
    try (WorkPool pool = new WorkPool(1);
        Predictor predictor = new Predictor(model, 1, testTime, KernelProvider.kernels(), pool)) {
      Prediction prediction = predictor.predict(EncodedImage.of("one", image));
      assertNull(prediction.error());
      return prediction.probabilities();
    }
  }

  /** All of an image, resized so that its shorter side has so many pixels. */
  private static BufferedImage resized(byte[] image) {
    Pixels pixels = new Pixels();
    try (ImageDecoder decoder = new ImageDecoder()) {
      decoder.decode(
          image,
          "one",
          3,
          (height, width) ->
              View.cropped(
                  Crop.whole(height, width),
                  height <= width ? SHORTER : SHORTER * height / width,
                  width <= height ? SHORTER : SHORTER * width / height,
                  DecodeScale.FULL),
          pixels);
    }
    int height = pixels.shape().height();
    int width = pixels.shape().width();
    BufferedImage all = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < height * width; i++) {
      int rgb = 0;
      for (int channel = 0; channel < 3; channel++) {
        rgb = 256 * rgb + (pixels.bytes()[3 * i + channel] & 0xFF);
      }
      all.setRGB(i % width, i / width, rgb);
    }
    return all;
  }

  private static byte[] cut(BufferedImage image, int top, int left, boolean mirrored) {
    BufferedImage cut = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        cut.setRGB(mirrored ? WIDTH - 1 - x : x, y, image.getRGB(left + x, top + y));
      }
    }
    return EncodedImages.encode(cut, "png");
  }

  /** Crops of the square in the middle, each predicted by itself as an image of that size. */
  private static double[] byHand(byte[] encoded, boolean mirrorImages) {
    BufferedImage image = resized(encoded);
    int top = (int) Math.rint((image.getHeight() - SHORTER) / 2.0);
    int left = (int) Math.rint((image.getWidth() - SHORTER) / 2.0);
    int[][] places = {{0, 0}, {0, 6}, {3, 0}, {3, 6}, {2, 3}}; // 14 - 11 and 14 - 8 are free
    double[] sum = new double[4];
    int versions = mirrorImages ? 10 : 5;
    for (int i = 0; i < versions; i++) {
      int[] place = places[i % 5];
      byte[] crop = cut(image, top + place[0], left + place[1], i >= 5);
      double[] one = predict(model(null), TestTime.NONE, crop);
      Arrays.setAll(sum, label -> sum[label] + one[label]);
    }
    Arrays.setAll(sum, label -> sum[label] / versions);
    return sum;
  }

  @Test
  void cropsAreThoseThatAreCutByHand() {
    for (EncodedImage image : images()) {
      byte[] bytes = image.content().get();
      double[] five = predict(cropping(), TestTime.FIVE_CROPS, bytes);
      assertArrayEquals(byHand(bytes, false), five, 0, image.name());
      double[] ten = predict(cropping(), TestTime.TEN_CROPS, bytes);
      assertArrayEquals(byHand(bytes, true), ten, 0, image.name());
      assertFalse(Arrays.equals(five, ten));
      assertFalse(Arrays.equals(five, predict(cropping(), TestTime.NONE, bytes)));
    }
  }

  @Test
  void evaluationSeesTheSameCrops() throws IOException {
    List<EncodedImage> images = images();
    for (EncodedImage image : images) {
      Path file = folder.resolve("all/" + image.name());
      Files.createDirectories(file.getParent());
      Files.write(file, image.content().get());
    }
    SampleSource source =
        new FolderDataSet(folder.toString(), 3).ofAnySize().open(new LocalFiles());
    int seen = 0;
    try (WorkPool pool = new WorkPool(2)) {
      for (int rank = 0; rank < 2; rank++) {
        List<double[]> found = new ArrayList<>();
        try (ClassifierBlocks blocks =
            new ClassifierBlocks(
                cropping(), TestTime.FIVE_CROPS, source, rank, 2, KernelProvider.kernels(), pool)) {
          blocks.run((sample, probabilities, label) -> found.add(probabilities));
        }
        for (double[] probabilities : found) {
          byte[] bytes = images.get(seen++).content().get();
          assertArrayEquals(predict(cropping(), TestTime.FIVE_CROPS, bytes), probabilities, 0);
        }
      }
    }
    assertEquals(images.size(), seen);
  }

  @Test
  void whereThereIsNothingToCutFromItIsRefused() {
    refused("images must have that size already", model(null));
    refused(
        "all of an image is stretched to that (data.stretch)",
        model(new Preprocessing.Resize(null, "bilinear", DecodeScale.FULL)));
    TestTime.FIVE_CROPS.requireFits(cropping());
    TestTime.FLIP.requireFits(model(null));
  }

  private static void refused(String why, Model model) {
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> TestTime.FIVE_CROPS.requireFits(model));
    assertEquals(
        "--tta fiveCrops cuts crops of the network's input out of a larger image; a test takes"
            + " 11x8 pixels, and "
            + why
            + ", so there is nothing to cut from: take --tta flip",
        error.getMessage());
    assertEquals(ConvoyException.Kind.USAGE, error.kind());
  }

  @Test
  void theirNames() {
    for (TestTime testTime : TestTime.values()) {
      assertEquals(testTime, TestTime.of(testTime.text()));
    }
    ConvoyException error = assertThrows(ConvoyException.class, () -> TestTime.of("crops"));
    assertEquals(
        "augmentation at test time is one of none, flip, fiveCrops, tenCrops; got 'crops'",
        error.getMessage());
  }
}
