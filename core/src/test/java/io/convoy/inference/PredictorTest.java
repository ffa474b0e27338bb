package io.convoy.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.ImageStatistics;
import io.convoy.data.augment.Resizing;
import io.convoy.data.augment.SampleLoader;
import io.convoy.data.augment.StandardScore;
import io.convoy.data.augment.Standardization;
import io.convoy.data.augment.Zca;
import io.convoy.data.image.DecodeScale;
import io.convoy.data.image.EncodedImages;
import io.convoy.data.reader.FolderDataSet;
import io.convoy.error.ConvoyException;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.Add;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.operation.Padding;
import io.convoy.recipe.Preprocessing;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictorTest {
  private static final int HEIGHT = 14;
  private static final int WIDTH = 11;
  private static final List<String> CLASSES = List.of("ant", "bee", "cat", "dog", "eel");
  private static final StandardScore SCORE =
      new StandardScore(new float[] {0.4f, 0.5f, 0.45f}, new float[] {0.2f, 0.25f, 0.3f});

  @TempDir Path folder;

  /** Both forms of Winograd's algorithm, depthwise, strided and 1x1 ones, a sum, dense layers. */
  private static Network network() {
    return Network.input(HEIGHT, WIDTH, 3)
        .then("stem", conv(17))
        .then("norm0", BatchNorm2d.standard())
        .then("relu0", new Relu())
        .then("wide", conv(70))
        .then("norm1", BatchNorm2d.standard())
        .then("relu1", new Relu())
        .then("narrow", conv(17))
        .then("norm2", BatchNorm2d.standard())
        .join("sum", new Add(), "norm2", "relu0")
        .then("relu2", new Relu())
        .then("depthwise", conv(17).withGroups(17))
        .then("five", Conv2d.of(16, 5).withPadding(Padding.SAME))
        .then("point", Conv2d.of(64, 1))
        .then("relu3", new Relu())
        .then("down", Conv2d.of(20, 3).withStride(2).withPadding(Padding.of(1)))
        .then("deep", conv(130)) // few tiles an image, and more weights than a cache holds
        .then("deeper", conv(127))
        .then("pool", MaxPool2d.of(2))
        .then("flat", new Flatten())
        .then("dense", Linear.of(67))
        .then("relu4", new Relu())
        .then("logits", Linear.of(CLASSES.size()))
        .build();
  }

  private static Conv2d conv(int channels) {
    return Conv2d.of(channels, 3).withPadding(Padding.SAME).withoutBias();
  }

  private static Model model(Standardization standardization) {
    Network network = network();
    float[] weights = network.layout().initialState(7);
    for (int i = 0; i < weights.length; i++) {
      weights[i] += 0.003f * (i % 5); // so that no moving average is what it is at the start
    }
    Preprocessing.Resize resize = new Preprocessing.Resize(16, "bilinear", DecodeScale.FIT);
    Preprocessing preprocessing =
        new Preprocessing(HEIGHT, WIDTH, 3, resize, null, standardization, CLASSES);
    return new Model("a test", network, weights, preprocessing, ConvolutionAlgorithm.AUTO);
  }

  private static byte[] image(int number) {
    BufferedImage image =
        EncodedImages.pattern(
            9 + 5 * number % 37, 12 + number * number % 41, BufferedImage.TYPE_3BYTE_BGR);
    image.getRaster().setSample(number % 12, number % 9, number % 3, 255);
    return EncodedImages.encode(image, number % 2 == 0 ? "png" : "jpg");
  }

  private static List<EncodedImage> images(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> EncodedImage.of("image-" + (100 + i), image(i)))
        .toList();
  }

  private static List<Prediction> predict(
      Model model, int batch, int threads, String embedding, List<EncodedImage> images) {
    List<Prediction> all = new ArrayList<>();
    try (WorkPool pool = new WorkPool(threads);
        Predictor predictor =
            new Predictor(model, embedding, batch, KernelProvider.kernels(), pool)) {
      predictor.predict(images.iterator()).forEachRemaining(all::add);
    }
    return all;
  }

  private static TreeMap<String, float[]> byName(List<Prediction> predictions) {
    TreeMap<String, float[]> logits = new TreeMap<>();
    predictions.forEach(p -> assertNull(logits.put(p.name(), p.logits())));
    return logits;
  }

  private static void assertSame(List<Prediction> expected, List<Prediction> found) {
    TreeMap<String, float[]> known = byName(expected);
    TreeMap<String, float[]> other = byName(found);
    assertEquals(known.keySet(), other.keySet());
    known.forEach((name, logits) -> assertArrayEquals(logits, other.get(name), 0f, name));
  }

  @Test
  void neitherBatchNorPlaceNorNeighboursNorThreadsChangeABit() {
    List<EncodedImage> images = images(150);
    Model model = model(SCORE);
    List<Prediction> alone = predict(model, 1, 1, null, images);
    assertEquals(images.stream().map(EncodedImage::name).toList(), names(alone));
    assertTrue(byName(alone).values().stream().map(Arrays::toString).distinct().count() > 100);
    for (int batch : new int[] {7, 64}) {
      for (int threads : new int[] {1, 2, 3}) {
        List<EncodedImage> shuffled = new ArrayList<>(images);
        Collections.shuffle(shuffled, new Random(batch + threads));
        List<Prediction> found = predict(model, batch, threads, null, shuffled);
        assertEquals(shuffled.stream().map(EncodedImage::name).toList(), names(found));
        assertSame(alone, found);
      }
    }
  }

  private static List<String> names(List<Prediction> predictions) {
    return predictions.stream().map(Prediction::name).toList();
  }

  @Test
  void whiteningDependsOnNoNeighbourEither() {
    int elements = HEIGHT * WIDTH * 3;
    float[] mean = new float[elements];
    float[] matrix = new float[elements * elements];
    Random random = new Random(3);
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = (float) random.nextGaussian() / elements;
      mean[i % elements] = 0.3f;
    }
    Model model =
        model(
            new Zca(0.1).withStatistics(new ImageStatistics(network().inputShape(), mean, matrix)));
    List<EncodedImage> images = images(30);
    assertSame(predict(model, 1, 1, null, images), predict(model, 7, 2, null, images));
  }

  @Test
  void evaluationSeesTheSame() throws IOException {
    List<EncodedImage> images = images(100);
    for (EncodedImage image : images) {
      Path file = folder.resolve("all/" + image.name());
      Files.createDirectories(file.getParent());
      Files.write(file, image.content().get());
    }
    Model model = model(SCORE);
    List<Prediction> predictions = predict(model, 7, 2, null, images);
    SampleSource source =
        new FolderDataSet(folder.toString(), 3).ofAnySize().open(new LocalFiles());
    SampleLoader loader =
        new SampleLoader(
            source,
            model.network().inputShape(),
            new Resizing(HEIGHT, WIDTH, 16, DecodeScale.FIT),
            SCORE,
            Augmentation.NONE,
            0);
    try (WorkPool pool = new WorkPool(2);
        InferenceBlocks blocks =
            new InferenceBlocks(
                model.network(),
                model.convolution(),
                model.weights(),
                loader,
                0,
                1,
                KernelProvider.kernels(),
                pool)) {
      int checked = 0;
      for (int block = 0; block < blocks.count(); block++) {
        int[] rows = blocks.run(block);
        for (int n = 0; n < rows.length; n++) {
          float[] logits = new float[CLASSES.size()];
          int at = blocks.outputs().get(0).at(n, 0, 0);
          System.arraycopy(blocks.outputs().get(0).data(), at, logits, 0, logits.length);
          assertArrayEquals(predictions.get(rows[n]).logits(), logits, 0f);
          checked++;
        }
      }
      assertEquals(images.size(), checked);
    }
  }

  @Test
  void anImageThatCannotBeReadGivesItsErrorAndTheOthersTheirLogits() {
    List<EncodedImage> images = images(40);
    List<EncodedImage> mixed = new ArrayList<>(images);
    byte[] cut = Arrays.copyOf(image(1), 200);
    mixed.add(0, EncodedImage.of("cut.jpg", cut));
    mixed.add(20, EncodedImage.of("empty", new byte[0]));
    mixed.add(21, EncodedImage.of("text.png", "no image".getBytes(StandardCharsets.UTF_8)));
    mixed.add(
        EncodedImage.reading(
            "gone.png",
            () -> {
              throw ConvoyException.data("gone.png: no such file");
            }));
    Model model = model(SCORE);
    List<Prediction> found = predict(model, 7, 2, null, mixed);
    assertEquals(mixed.stream().map(EncodedImage::name).toList(), names(found));
    List<Prediction> failed = found.stream().filter(p -> !p.isKnown()).toList();
    assertEquals(List.of("cut.jpg", "empty", "text.png", "gone.png"), names(failed));
    for (Prediction prediction : failed) {
      assertTrue(prediction.error().contains(prediction.name()), prediction.error());
      assertNull(prediction.logits());
    }
    assertSame(
        predict(model, 64, 1, null, images), found.stream().filter(Prediction::isKnown).toList());
  }

  @Test
  void batchesOfBrokenImagesAlone() {
    List<EncodedImage> broken =
        IntStream.range(0, 9).mapToObj(i -> EncodedImage.of("b" + i, new byte[i])).toList();
    List<Prediction> found = predict(model(SCORE), 2, 1, null, broken);
    assertEquals(9, found.stream().filter(p -> !p.isKnown()).count());
  }

  @Test
  void aLayerMoreComesOutAndChangesNothing() {
    List<EncodedImage> images = images(20);
    Model model = model(SCORE);
    List<Prediction> plain = predict(model, 7, 1, null, images);
    for (String layer : List.of("relu4", "relu1", "narrow", "norm2", "pool", "flat")) {
      List<Prediction> found = predict(model, 7, 2, layer, images);
      assertSame(plain, found);
      assertNotNull(found.get(0).embedding());
    }
    // in the order of Flatten
    List<Prediction> pooled = predict(model, 7, 1, "pool", images);
    List<Prediction> flat = predict(model, 3, 1, "flat", images);
    for (int i = 0; i < images.size(); i++) {
      assertArrayEquals(flat.get(i).embedding(), pooled.get(i).embedding(), 0f);
    }
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> predict(model, 7, 1, "nowhere", images));
    assertTrue(error.getMessage().contains("'nowhere' is none of the layers: stem,"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFaultOfTheStoreEndsIt_andThePredictorGoesOn(boolean inMemory) {
    List<EncodedImage> images = images(30);
    Model model = model(SCORE);
    List<EncodedImage> faulty = new ArrayList<>(images);
    faulty.set(
        17,
        new EncodedImage(
            "far away",
            () -> {
              throw ConvoyException.resource("the store is away");
            },
            0,
            inMemory));
    List<Prediction> again = new ArrayList<>();
    try (WorkPool pool = new WorkPool(2);
        Predictor predictor = new Predictor(model, null, 4, KernelProvider.kernels(), pool)) {
      for (int time = 0; time < 3; time++) {
        Iterator<Prediction> failing = predictor.predict(faulty.iterator());
        ConvoyException error =
            assertThrows(ConvoyException.class, () -> failing.forEachRemaining(p -> {}));
        assertEquals("the store is away", error.getMessage());
      }
      predictor.predict(images.iterator()).next(); // and nobody asks on
      predictor.predict(images.iterator()).forEachRemaining(again::add);
    }
    assertSame(predict(model, 64, 1, null, images), again);
  }

  @Test
  void aFaultOfTheListingEndsIt_andThePredictorGoesOn() {
    List<EncodedImage> images = images(30);
    Iterator<EncodedImage> broken =
        Stream.concat(
                images.stream().limit(7),
                Stream.<EncodedImage>generate(
                    () -> {
                      throw ConvoyException.resource("the list is away");
                    }))
            .iterator();
    Model model = model(SCORE);
    List<Prediction> again = new ArrayList<>();
    try (WorkPool pool = new WorkPool(2);
        Predictor predictor = new Predictor(model, null, 4, KernelProvider.kernels(), pool)) {
      assertThrows(ConvoyException.class, () -> predictor.predict(broken).next());
      predictor.predict(images.iterator()).forEachRemaining(again::add);
    }
    assertSame(predict(model, 64, 1, null, images), again);
  }

  @Test
  void filesAreReadSideBySide() {
    CountDownLatch together = new CountDownLatch(8); // more than the threads that compute
    List<EncodedImage> images = images(16);
    List<EncodedImage> stored = new ArrayList<>();
    for (EncodedImage image : images) {
      stored.add(
          EncodedImage.reading(
              image.name(),
              () -> {
                together.countDown();
                try {
                  assertTrue(together.await(1, TimeUnit.MINUTES), "one reads after the other");
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
                return image.content().get();
              }));
    }
    Model model = model(SCORE);
    assertSame(predict(model, 4, 1, null, images), predict(model, 4, 1, null, stored));
  }

  @Test
  void imagesAreAskedForOnlySomewhatAhead() {
    int[] asked = new int[1];
    Iterator<EncodedImage> counted = images(100).stream().peek(image -> asked[0]++).iterator();
    try (WorkPool pool = new WorkPool(1);
        Predictor predictor =
            new Predictor(model(SCORE), null, 5, KernelProvider.kernels(), pool)) {
      Iterator<Prediction> predictions = predictor.predict(counted);
      for (int given = 1; given <= 100; given++) {
        predictions.next();
        assertTrue(asked[0] <= given + 3 * 5, asked[0] + " asked for, " + given + " given");
      }
    }
  }

  @Test
  void theFingerprintIsThatOfAllThatCounts() {
    Model model = model(SCORE);
    assertEquals(model.fingerprint(), model(SCORE).fingerprint());
    float[] others = model.weights().clone();
    others[others.length - 1] = Math.nextUp(others[others.length - 1]);
    Model other =
        new Model("b", model.network(), others, model.preprocessing(), model.convolution());
    assertTrue(!other.fingerprint().equals(model.fingerprint()));
    Model direct =
        new Model(
            "c",
            model.network(),
            model.weights(),
            model.preprocessing(),
            ConvolutionAlgorithm.DIRECT);
    assertTrue(!direct.fingerprint().equals(model.fingerprint()));
  }
}
