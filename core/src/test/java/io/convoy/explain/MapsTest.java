package io.convoy.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.inference.Model;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.kernel.scalar.ScalarKernels;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.network.Network;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.recipe.Preprocessing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Maps of a small network against a plain computation of it in double precision. */
class MapsTest {
  private static final int HEIGHT = PlainNetwork.HEIGHT;
  private static final int WIDTH = PlainNetwork.WIDTH;
  private static final Model MODEL = PlainNetwork.model();
  private static final PlainNetwork PLAIN = PlainNetwork.inference(MODEL);

  /** As it must not be computed. */
  private static final PlainNetwork TRAINING = PlainNetwork.training(MODEL);

  /** Makes a map of an image and a class. */
  private interface Maker {
    ClassMap of(byte[] image, OptionalInt label);
  }

  @Test
  void saliencyIsThatOfAPlainComputation() {
    compare(MapsTest::saliency, this::plainSaliency);
  }

  private static Maker saliency(Kernels kernels, WorkPool pool) {
    return new Saliency(MODEL, kernels, pool)::of;
  }

  private double[] plainSaliency(PlainNetwork plain, byte[] image, int label) {
    double[] input = PlainNetwork.standardized(image);
    double[] gradient = PlainNetwork.gradient(input, x -> plain.logits(x)[label]);
    double[] map = new double[HEIGHT * WIDTH];
    for (int i = 0; i < gradient.length; i++) {
      map[i / 3] = Math.max(map[i / 3], Math.abs(gradient[i]));
    }
    return map;
  }

  @Test
  void gradCamIsThatOfAPlainComputation() {
    compare(
        (kernels, pool) -> new GradCam(MODEL, "relu1", kernels, pool)::of,
        (plain, image, label) -> plainGradCam("relu1", plain, image, label));
    compare(
        (kernels, pool) -> {
          GradCam gradCam = new GradCam(MODEL, null, kernels, pool);
          assertEquals("relu2", gradCam.layer(), "the pooling behind it is passed over");
          return gradCam::of;
        },
        (plain, image, label) -> plainGradCam("relu2", plain, image, label));
  }

  private static double[] plainGradCam(String layer, PlainNetwork plain, byte[] image, int label) {
    double[] output = plain.upTo(layer, PlainNetwork.standardized(image));
    double[] gradient = PlainNetwork.gradient(output, a -> plain.behind(layer, a)[label]);
    int channels = layer.equals("relu1") ? 6 : 5;
    int height = layer.equals("relu1") ? HEIGHT : HEIGHT / 2;
    int width = layer.equals("relu1") ? WIDTH : WIDTH / 2;
    double[] small = new double[height * width];
    for (int k = 0; k < channels; k++) {
      double alpha = 0;
      for (int pixel = 0; pixel < small.length; pixel++) {
        alpha += gradient[pixel * channels + k] / small.length;
      }
      for (int pixel = 0; pixel < small.length; pixel++) {
        small[pixel] += alpha * output[pixel * channels + k];
      }
    }
    double[] map = new double[HEIGHT * WIDTH];
    for (int i = 0; i < map.length; i++) {
      double down = (i / WIDTH + 0.5) * height / HEIGHT - 0.5;
      double across = (i % WIDTH + 0.5) * width / WIDTH - 0.5;
      for (int pixel = 0; pixel < small.length; pixel++) {
        map[i] +=
            Math.max(0, small[pixel])
                * hat(down, pixel / width, height)
                * hat(across, pixel % width, width);
      }
    }
    return map;
  }

  /** The weight of a pixel's middle, in bilinear interpolation, at a place within the middles. */
  private static double hat(double place, int pixel, int pixels) {
    double within = Math.min(Math.max(place, 0), pixels - 1);
    return Math.max(0, 1 - Math.abs(within - pixel));
  }

  @Test
  void occlusionIsThatOfAPlainComputation() {
    compare(
        (kernels, pool) -> new Occlusion(MODEL, 4, 3, kernels, pool)::of,
        (plain, image, label) ->
            plainOcclusion(4, new int[] {0, 3, 5}, new int[] {0, 3}, plain, image, label));
    compare( // the usual: of 7 pixels a quarter, and a third of that apart, at least one
        (kernels, pool) -> new Occlusion(MODEL, kernels, pool)::of,
        (plain, image, label) ->
            plainOcclusion(
                1,
                IntStream.range(0, HEIGHT).toArray(),
                IntStream.range(0, WIDTH).toArray(),
                plain,
                image,
                label));
  }

  private static double[] plainOcclusion(
      int size, int[] tops, int[] lefts, PlainNetwork plain, byte[] image, int label) {
    double[] map = new double[HEIGHT * WIDTH];
    int[] counts = new int[map.length];
    double[] mean = new double[3];
    for (int i = 0; i < image.length; i++) {
      mean[i % 3] += (image[i] & 0xFF) / (double) (HEIGHT * WIDTH);
    }
    for (int top : tops) {
      for (int left : lefts) {
        byte[] hidden = image.clone();
        List<Integer> pixels = new ArrayList<>();
        for (int i = 0; i < map.length; i++) {
          int down = i / WIDTH - top;
          int across = i % WIDTH - left;
          if (down >= 0 && down < size && across >= 0 && across < size) {
            pixels.add(i);
            for (int c = 0; c < 3; c++) {
              hidden[3 * i + c] = (byte) Math.round(mean[c]);
            }
          }
        }
        double drop = plain.probabilities(image)[label] - plain.probabilities(hidden)[label];
        for (int i : pixels) {
          map[i] += drop;
          counts[i]++;
        }
      }
    }
    for (int i = 0; i < map.length; i++) {
      map[i] /= counts[i];
    }
    return map;
  }

  private interface MakerOf {
    Maker with(Kernels kernels, WorkPool pool);
  }

  private interface Plain {
    double[] map(PlainNetwork plain, byte[] image, int label);
  }

  /** Images, classes that are given or the likeliest; any number of threads and lanes. */
  private static void compare(MakerOf makers, Plain plain) {
    for (int number = 0; number < 3; number++) {
      byte[] image = PlainNetwork.image(number);
      double[] probabilities = PLAIN.probabilities(image);
      int likeliest = IntStream.range(0, 4).reduce(0, (a, b) -> more(probabilities, a, b));
      ClassMap found = map(makers, image, OptionalInt.empty(), KernelProvider.kernels(), 1);
      assertEquals(likeliest, found.label());
      for (int label = 0; label < PlainNetwork.CLASSES; label++) {
        ClassMap given = map(makers, image, OptionalInt.of(label), KernelProvider.kernels(), 1);
        assertEquals(label, given.label());
        assertEquals(probabilities[label], given.probability(), 1e-5);
        double[] expected = plain.map(PLAIN, image, label);
        assertTrue(distance(expected, given.map()) < 1e-4, "as computed plainly");
        assertTrue(
            distance(plain.map(TRAINING, image, label), given.map()) > 0.1, "as in training");
        if (label == likeliest) {
          assertEquals(given, found);
        }
        assertEquals(given, map(makers, image, OptionalInt.of(label), new ScalarKernels(), 2));
        assertEquals(given, map(makers, image, OptionalInt.of(label), KernelProvider.kernels(), 3));
      }
    }
  }

  private static int more(double[] values, int a, int b) {
    return values[b] > values[a] ? b : a;
  }

  private static ClassMap map(
      MakerOf makers, byte[] image, OptionalInt label, Kernels kernels, int threads) {
    try (WorkPool pool = new WorkPool(threads)) {
      Maker maker = makers.with(kernels, pool);
      byte[] other = PlainNetwork.image(99);
      assertEquals(4, maker.of(other, OptionalInt.of(3)).label() + 1); // it has no part in the next
      return maker.of(image, label);
    }
  }

  /** The largest difference, as a share of the largest value. */
  private static double distance(double[] expected, Heatmap map) {
    assertEquals(HEIGHT, map.height());
    assertEquals(WIDTH, map.width());
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    double apart = 0;
    for (int i = 0; i < expected.length; i++) {
      apart = Math.max(apart, Math.abs(expected[i] - map.values()[i]));
    }
    return apart / Math.max(largest, 1e-9);
  }

  @Test
  void featureMapsAreWhatLayersGive() {
    byte[] image = PlainNetwork.image(1);
    try (WorkPool pool = new WorkPool(2)) {
      List<FeatureMaps> all = FeatureMaps.of(MODEL, image, KernelProvider.kernels(), pool);
      assertEquals(
          MODEL.network().nodes().stream().map(node -> node.name()).toList(),
          all.stream().map(FeatureMaps::layer).toList());
      for (String layer : List.of("relu1", "relu2")) {
        FeatureMaps maps =
            FeatureMaps.of(MODEL, List.of(layer), image, KernelProvider.kernels(), pool).get(0);
        double[] expected = PLAIN.upTo(layer, PlainNetwork.standardized(image));
        for (int i = 0; i < expected.length; i++) {
          int channel = i % maps.count();
          assertEquals(expected[i], maps.values()[i], 1e-5);
          assertEquals(maps.values()[i], maps.map(channel).values()[i / maps.count()]);
        }
        FeatureMaps same =
            all.stream().filter(other -> other.layer().equals(layer)).findFirst().orElseThrow();
        assertArrayEquals(maps.values(), same.values(), "whichever layers are asked for");
      }
      FeatureMaps last = all.get(all.size() - 1);
      double[] logits = PLAIN.logits(PlainNetwork.standardized(image));
      for (int label = 0; label < logits.length; label++) {
        assertEquals(logits[label], last.map(label).at(0, 0), 1e-5);
      }
    }
  }

  @Test
  void whatCannotBeExplainedIsRefused() {
    try (WorkPool pool = new WorkPool(1)) {
      Kernels kernels = KernelProvider.kernels();
      refused(
          "a test: 'relu9' is none of the layers that inference computes: conv1, norm1, relu1,"
              + " pool1, conv2, norm2, relu2, pool2, flatten, dropout, logits",
          () -> new GradCam(MODEL, "relu9", kernels, pool));
      refused(
          "a test: the output of layer 'flatten' is 10, and a map needs one of more than a pixel"
              + " (height x width x channels): name one of conv1, norm1, relu1, pool1, conv2, norm2,"
              + " relu2, pool2",
          () -> new GradCam(MODEL, "flatten", kernels, pool));
      byte[] image = PlainNetwork.image(0);
      for (int label : new int[] {-1, 4}) {
        refused(
            "a test: its 4 classes have the numbers 0 to 3; got class " + label,
            () -> new Saliency(MODEL, kernels, pool).of(image, OptionalInt.of(label)));
      }
      refused(
          "occlusion: squares have 1 to 7 pixels, the shorter side of the network's input 9x7x3,"
              + " and start at most so many apart; got squares of 8, 1 apart",
          () -> new Occlusion(MODEL, 8, 1, kernels, pool));
      assertThrows(ConvoyException.class, () -> new Occlusion(MODEL, 3, 4, kernels, pool));
      assertThrows(ConvoyException.class, () -> new Occlusion(MODEL, 0, 1, kernels, pool));
      assertThrows(ConvoyException.class, () -> new Occlusion(MODEL, 3, 0, kernels, pool));
      refused(
          "a test: a map needs a layer whose output has more than one pixel, and the network has"
              + " none: flatten, logits",
          () -> new GradCam(dense(), null, kernels, pool));
      refused(
          "a test: filters are those of a convolution, and the network has none: flatten, logits",
          () -> Filters.of(dense()));
      IllegalArgumentException wrong =
          assertThrows(
              IllegalArgumentException.class,
              () -> new Saliency(MODEL, kernels, pool).of(new byte[188], OptionalInt.empty()));
      assertEquals(
          "an image has the 189 bytes of the network's input 9x7x3; got 188", wrong.getMessage());
    }
  }

  private static Model dense() {
    Network network =
        Network.input(HEIGHT, WIDTH, 3)
            .then("flatten", new Flatten())
            .then("logits", Linear.of(4))
            .build();
    Preprocessing preprocessing = MODEL.preprocessing();
    float[] weights = network.layout().initialState(1);
    return new Model("a test", network, weights, preprocessing, ConvolutionAlgorithm.AUTO);
  }

  private static void refused(String message, Runnable act) {
    ConvoyException e = assertThrows(ConvoyException.class, act::run);
    assertEquals(message, e.getMessage());
    assertEquals(ConvoyException.Kind.USAGE, e.kind());
  }
}
