package io.convoy.ensemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.augment.StandardScore;
import io.convoy.data.image.DecodeScale;
import io.convoy.data.image.EncodedImages;
import io.convoy.error.ConvoyException;
import io.convoy.inference.Classifier;
import io.convoy.inference.EncodedImage;
import io.convoy.inference.Model;
import io.convoy.inference.Prediction;
import io.convoy.inference.Predictor;
import io.convoy.inference.TestTime;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.Conv2d;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.Linear;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.operation.Padding;
import io.convoy.recipe.Preprocessing;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Three networks: two see the same of an image, one of them with its classes in another order. */
class EnsembleTest {
  private static final List<String> CLASSES = List.of("ant", "bee", "cat", "dog", "eel");
  private static final List<String> REORDERED = List.of("dog", "ant", "eel", "cat", "bee");
  private static final OutputAverage AVERAGE =
      new OutputAverage(List.of(0.5, 0.3, 0.2), List.of(1.0, 1.7, 0.6), 1.25);
  private static final Preprocessing.Resize RESIZE =
      new Preprocessing.Resize(16, "bilinear", DecodeScale.FIT);

  private static Model model(
      long seed, int size, Preprocessing.Resize resize, List<String> classes) {
    int channels = 17 + (int) seed % 5;
    Network network =
        Network.input(size, size - 1, 3)
            .then("stem", Conv2d.of(channels, 3).withPadding(Padding.SAME))
            .then("relu", new Relu())
            .then("deep", Conv2d.of(16, 3).withPadding(Padding.SAME))
            .then("mean", new GlobalAvgPool())
            .then("logits", Linear.of(classes.size()))
            .build();
    float[] weights = network.layout().initialState(seed);
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= 3; // probabilities that differ
    }
    float level = 0.3f + 0.1f * seed;
    StandardScore score =
        new StandardScore(new float[] {level, 0.5f, 0.45f}, new float[] {0.2f, 0.25f, level});
    Preprocessing preprocessing =
        new Preprocessing(size, size - 1, 3, resize, seed == 3 ? "black" : null, score, classes);
    return new Model("model " + seed, network, weights, preprocessing, ConvolutionAlgorithm.AUTO);
  }

  private static Ensemble ensemble() {
    return new Ensemble(
        "three",
        List.of(
            model(1, 14, RESIZE, CLASSES),
            model(2, 14, RESIZE, REORDERED),
            model(3, 9, RESIZE, CLASSES)),
        AVERAGE);
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

  private static Map<String, Prediction> predict(
      Classifier classifier, TestTime testTime, int batch, int threads, List<EncodedImage> images) {
    List<Prediction> all = new ArrayList<>();
    try (WorkPool pool = new WorkPool(threads);
        Predictor predictor =
            new Predictor(classifier, batch, testTime, KernelProvider.kernels(), pool)) {
      predictor.predict(images.iterator()).forEachRemaining(all::add);
    }
    return all.stream().collect(Collectors.toMap(Prediction::name, p -> p));
  }

  private static void assertSame(Map<String, Prediction> expected, Map<String, Prediction> found) {
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach(
        (name, one) ->
            assertArrayEquals(one.probabilities(), found.get(name).probabilities(), 0, name));
  }

  @Test
  void theSameBitsInAnyBatchAndOrderOnAnyThreads() {
    List<EncodedImage> images = new ArrayList<>(images(71));
    for (TestTime testTime : TestTime.values()) {
      Map<String, Prediction> one = predict(ensemble(), testTime, 1, 1, images);
      assertSame(one, predict(ensemble(), testTime, 7, 3, images));
      Collections.shuffle(images, new Random(4));
      assertSame(one, predict(ensemble(), testTime, 64, 2, images));
    }
  }

  @Test
  void theMeanOfItsMembersByTheNamesOfClasses() {
    List<EncodedImage> images = images(12);
    Ensemble ensemble = ensemble();
    List<Map<String, Prediction>> apart =
        ensemble.members().stream()
            .map(member -> predict(member, TestTime.NONE, 5, 1, images))
            .toList();
    Map<String, Prediction> together = predict(ensemble, TestTime.NONE, 5, 1, images);
    assertEquals(List.of("model 2"), ensemble.reordered());
    assertEquals(CLASSES, ensemble.classes());
    for (Map.Entry<String, Prediction> each : together.entrySet()) {
      float[][] logits = new float[3][CLASSES.size()];
      for (int m = 0; m < 3; m++) {
        for (int label = 0; label < CLASSES.size(); label++) {
          int own = ensemble.members().get(m).classes().indexOf(CLASSES.get(label));
          logits[m][label] = apart.get(m).get(each.getKey()).logits()[own];
        }
      }
      assertArrayEquals(AVERAGE.probabilities(logits), each.getValue().probabilities(), 0);
      assertNull(each.getValue().logits());
    }
  }

  @Test
  void oneMemberGivesTheBitsOfItsModel() {
    Model model = model(1, 14, RESIZE, CLASSES);
    Ensemble one = new Ensemble("one", List.of(model), OutputAverage.equal(1));
    for (TestTime testTime : TestTime.values()) {
      assertSame(
          predict(model, testTime, 5, 2, images(9)), predict(one, testTime, 4, 1, images(9)));
    }
    assertNotEquals(model.fingerprint(), one.fingerprint());
  }

  @Test
  void aMemberOfWeightNoneTakesNoPart() {
    Model first = model(1, 14, RESIZE, CLASSES);
    Model second = model(2, 14, RESIZE, REORDERED);
    Model unused = model(3, 9, RESIZE, CLASSES);
    Ensemble three =
        new Ensemble(
            "three",
            List.of(unused, first, second),
            OutputAverage.weighted(List.of(0.0, 0.75, 0.25)));
    Ensemble two =
        new Ensemble("two", List.of(first, second), OutputAverage.weighted(List.of(0.75, 0.25)));
    assertEquals(List.of("model 1", "model 2"), three.models().stream().map(Model::name).toList());
    assertSame(
        predict(two, TestTime.NONE, 5, 1, images(7)),
        predict(three, TestTime.NONE, 5, 1, images(7)));
  }

  @Test
  void theMirrorImageAtTestTime() {
    BufferedImage picture = EncodedImages.pattern(14, 13, BufferedImage.TYPE_3BYTE_BGR);
    BufferedImage mirror = new BufferedImage(13, 14, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < 14; y++) {
      for (int x = 0; x < 13; x++) {
        mirror.setRGB(12 - x, y, picture.getRGB(x, y));
      }
    }
    List<EncodedImage> both =
        List.of(
            EncodedImage.of("picture", EncodedImages.encode(picture, "png")),
            EncodedImage.of("mirror", EncodedImages.encode(mirror, "png")));
    Model first = model(1, 14, null, CLASSES);
    Classifier two =
        new Ensemble("two", List.of(first, model(2, 14, null, REORDERED)), OutputAverage.equal(2));
    for (Classifier classifier : List.of(first, two)) {
      Map<String, Prediction> plain = predict(classifier, TestTime.NONE, 2, 1, both);
      Map<String, Prediction> flipped = predict(classifier, TestTime.FLIP, 2, 1, both);
      double[] one = plain.get("picture").probabilities();
      double[] other = plain.get("mirror").probabilities();
      assertFalse(Arrays.equals(one, other));
      double[] mean = new double[CLASSES.size()];
      Arrays.setAll(mean, label -> (one[label] + other[label]) / 2);
      assertArrayEquals(mean, flipped.get("picture").probabilities(), 0);
      assertArrayEquals(mean, flipped.get("mirror").probabilities(), 0);
      assertNull(flipped.get("picture").logits());
    }
  }

  @Test
  void anImageThatCannotBeReadAndANetworkThatGivesNoNumbers() {
    List<EncodedImage> images = new ArrayList<>(images(3));
    images.add(1, EncodedImage.of("broken", new byte[] {1, 2, 3}));
    Ensemble ensemble = ensemble();
    Map<String, Prediction> known = predict(ensemble, TestTime.FLIP, 2, 1, images);
    assertTrue(known.get("broken").error().contains("broken"));
    assertNull(known.get("broken").probabilities());
    assertSame(
        predict(ensemble, TestTime.FLIP, 2, 1, images(3)),
        known.entrySet().stream()
            .filter(each -> each.getValue().isKnown())
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    ensemble.members().get(2).weights()[0] = Float.NaN;
    predict(ensemble, TestTime.NONE, 2, 1, images(3))
        .values()
        .forEach(
            prediction -> {
              for (double probability : prediction.probabilities()) {
                assertTrue(Double.isNaN(probability));
              }
            });
  }

  @Test
  void whatItIsFollowsFromMembersAndAverage() {
    Ensemble ensemble = ensemble();
    List<Model> members = ensemble.members();
    assertEquals(ensemble.fingerprint(), new Ensemble("another", members, AVERAGE).fingerprint());
    assertNotEquals(
        ensemble.fingerprint(),
        new Ensemble("three", members, AVERAGE.atTemperature(1)).fingerprint());
    assertNotEquals(
        ensemble.fingerprint(),
        new Ensemble("three", List.of(members.get(0), members.get(2), members.get(1)), AVERAGE)
            .fingerprint());
  }

  @Test
  void membersThatDoNotFit() {
    Model first = model(1, 14, RESIZE, CLASSES);
    requireRefused(
        "no fit: members must have the same classes, in whatever order; member 0 (model 1) has 5,"
            + " 'eel' alone among them, member 1 (model 2) has 5, 'fly' alone among them: leave one"
            + " of them out",
        first,
        model(2, 14, RESIZE, List.of("ant", "bee", "cat", "dog", "fly")));
    requireRefused(
        "no fit: members must have the same classes, in whatever order; member 0 (model 1) has 5,"
            + " 'eel' alone among them, member 1 (model 2) has 4: leave one of them out",
        first,
        model(2, 14, RESIZE, List.of("ant", "bee", "cat", "dog")));
    Network grey =
        Network.input(14, 13, 1)
            .then("mean", new GlobalAvgPool())
            .then("logits", Linear.of(5))
            .build();
    Preprocessing oneChannel =
        new Preprocessing(
            14,
            13,
            1,
            RESIZE,
            null,
            new StandardScore(new float[] {0.5f}, new float[] {0.2f}),
            CLASSES);
    requireRefused(
        "no fit: members must take images of the same channels; member 0 (model 1) takes 3, member"
            + " 1 (grey) takes 1: leave one of them out",
        first,
        new Model(
            "grey", grey, grey.layout().initialState(1), oneChannel, ConvolutionAlgorithm.AUTO));
    requireRefused(
        "no fit: an ensemble's average has a weight for each member; got 1 members and 2 weights",
        first);
  }

  private static void requireRefused(String message, Model... members) {
    ConvoyException error =
        assertThrows(
            ConvoyException.class,
            () -> new Ensemble("no fit", List.of(members), OutputAverage.equal(2)));
    assertEquals(message, error.getMessage());
    assertEquals(ConvoyException.Kind.USAGE, error.kind());
  }
}
