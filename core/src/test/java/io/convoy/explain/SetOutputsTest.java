package io.convoy.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.ArraySource;
import io.convoy.error.ConvoyException;
import io.convoy.explain.ExcitingImages.Excited;
import io.convoy.inference.Model;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.Conv2d;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.Linear;
import io.convoy.network.Network;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.recipe.Preprocessing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What layers make of a set, against what a plain computation makes of each of its images. */
class SetOutputsTest {
  /** Two whole blocks and a part of one. */
  private static final int IMAGES = 150;

  private static final Model MODEL = PlainNetwork.model();
  private static final PlainNetwork PLAIN = PlainNetwork.inference(MODEL);
  private static final Kernels KERNELS = KernelProvider.kernels();

  private static byte[][] images() {
    byte[][] images =
        IntStream.range(0, IMAGES).mapToObj(PlainNetwork::image).toArray(byte[][]::new);
    images[40] = images[7]; // the same again
    return images;
  }

  private static ArraySource set() {
    return ArraySource.of(MODEL.network().inputShape(), images());
  }

  @Test
  void theMostExcitingImagesAreFound() {
    byte[][] images = images();
    List<ExcitingImages> found = exciting(9, 2);
    assertEquals(
        IntStream.range(0, 5).boxed().toList(), found.stream().map(e -> e.channel()).toList());
    for (ExcitingImages ofFilter : found) {
      List<Excited> expected = new ArrayList<>();
      for (int row = 0; row < IMAGES; row++) {
        expected.add(plainly(images[row], row, ofFilter.channel()));
      }
      expected.sort(
          Comparator.comparingDouble((Excited e) -> -e.excitement()).thenComparing(Excited::row));
      for (int place = 0; place < 9; place++) {
        Excited one = ofFilter.images().get(place);
        Excited wanted = expected.get(place);
        assertEquals(wanted.row(), one.row());
        assertEquals(wanted.excitement(), one.excitement(), 1e-5);
        assertEquals(wanted.outputRow(), one.outputRow());
        assertEquals(wanted.outputColumn(), one.outputColumn());
      }
    }
    assertEquals(found, exciting(9, 3), "threads have no part");
    List<ExcitingImages> all = exciting(IMAGES + 1, 1);
    for (ExcitingImages ofFilter : all) {
      assertEquals(IMAGES, ofFilter.images().size());
      List<Integer> rows = ofFilter.images().stream().map(Excited::row).toList();
      assertEquals(rows.indexOf(7) + 1, rows.indexOf(40), "of equal ones, the first");
      assertEquals(found.get(ofFilter.channel()).images(), ofFilter.images().subList(0, 9));
    }
  }

  private static List<ExcitingImages> exciting(int count, int threads) {
    try (WorkPool pool = new WorkPool(threads)) {
      return ExcitingImages.of(MODEL, "relu2", set(), count, KERNELS, pool);
    }
  }

  private static Excited plainly(byte[] image, int row, int channel) {
    double[] output = PLAIN.upTo("relu2", PlainNetwork.standardized(image));
    int best = 0;
    for (int pixel = 1; pixel < output.length / 5; pixel++) {
      best = output[5 * pixel + channel] > output[5 * best + channel] ? pixel : best;
    }
    int width = PlainNetwork.WIDTH / 2;
    return new Excited(row, (float) output[5 * best + channel], best / width, best % width);
  }

  @Test
  void embeddingsAreOutputsInTheOrderOfTheSet() {
    byte[][] images = images();
    try (WorkPool pool = new WorkPool(2)) {
      Embeddings ofSet = Embeddings.of(MODEL, "relu2", set(), KERNELS, pool);
      Embeddings alone = Embeddings.of(MODEL, "relu2", List.of(images), KERNELS, pool);
      for (int row = 0; row < IMAGES; row++) {
        double[] output = PLAIN.upTo("relu2", PlainNetwork.standardized(images[row]));
        int pixels = output.length / 5;
        for (int i = 0; i < output.length; i++) {
          int place = i % pixels * 5 + i / pixels; // channel, row, column
          assertEquals(output[place], ofSet.vectors()[row][i], 1e-5);
        }
        assertArrayEquals(ofSet.vectors()[row], alone.vectors()[row], "whatever its neighbours");
      }
      assertEquals("dropout", Embeddings.usualLayer(MODEL));
      Embeddings usual = Embeddings.of(MODEL, null, set(), KERNELS, pool);
      assertEquals("dropout", usual.layer());
      assertEquals(10, usual.vectors()[0].length);
    }
  }

  @Test
  void anEmbeddingNeedsALayerBeforeTheClassifier() {
    Network network =
        Network.input(PlainNetwork.HEIGHT, PlainNetwork.WIDTH, 3)
            .then("conv", Conv2d.of(4, 3))
            .then("mean", new GlobalAvgPool())
            .build();
    Preprocessing preprocessing = MODEL.preprocessing();
    float[] weights = network.layout().initialState(1);
    Model model = new Model("a test", network, weights, preprocessing, ConvolutionAlgorithm.AUTO);
    ConvoyException e = assertThrows(ConvoyException.class, () -> Embeddings.usualLayer(model));
    assertEquals(
        "a test: an embedding is the output of the layer before the classifier, and there is no"
            + " such layer before 'conv': name one of conv, mean",
        e.getMessage());
    Network deeper =
        Network.input(PlainNetwork.HEIGHT, PlainNetwork.WIDTH, 3)
            .then("conv", Conv2d.of(4, 3))
            .then("mean", new GlobalAvgPool())
            .then("logits", Linear.of(4))
            .build();
    float[] state = deeper.layout().initialState(1);
    assertEquals(
        "mean",
        Embeddings.usualLayer(
            new Model("a test", deeper, state, preprocessing, ConvolutionAlgorithm.AUTO)));
  }

  @Test
  void theNearestVectorsComeFirst() {
    float[][] vectors = {{3, 4}, {0, 2}, {0, 0}, {6, 8}, {-3, -4}, {0, 2}};
    float[] vector = {3, 4};
    assertEquals(
        List.of(
            new Neighbour(0, 0),
            new Neighbour(1, Math.sqrt(13)),
            new Neighbour(5, Math.sqrt(13)),
            new Neighbour(2, 5)),
        Neighbour.of(vector, vectors, 4, Neighbour.Distance.EUCLIDEAN));
    List<Neighbour> byAngle = Neighbour.of(vector, vectors, 9, Neighbour.Distance.COSINE);
    assertEquals(List.of(0, 3, 1, 5, 2, 4), byAngle.stream().map(Neighbour::row).toList());
    double[] distances = {0, 0, 0.2, 0.2, 1, 2};
    for (int i = 0; i < distances.length; i++) {
      assertEquals(distances[i], byAngle.get(i).distance(), 1e-12);
    }
  }

  @Test
  void filtersAreWeights() {
    Filters first = Filters.of(MODEL);
    assertEquals("conv1", first.layer());
    assertEquals("3x3x3", first.shape().toString());
    Filters second = Filters.of(MODEL, "conv2");
    assertEquals(5, second.weights().length);
    int start = offset("conv2.weight");
    for (int o = 0; o < 5; o++) {
      for (int i = 0; i < 6; i++) {
        for (int tap = 0; tap < 9; tap++) {
          float expected = MODEL.weights()[start + (o * 6 + i) * 9 + tap];
          assertEquals(expected, second.weights()[o][tap * 6 + i]);
        }
      }
    }
    ConvoyException e = assertThrows(ConvoyException.class, () -> Filters.of(MODEL, "relu1"));
    assertTrue(
        e.getMessage().endsWith("'relu1' is none: name one of conv1, conv2"), e.getMessage());
  }

  private static int offset(String name) {
    return MODEL.network().layout().entries().stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow()
        .offset();
  }
}
