package io.convoy.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.inference.Model;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.kernel.scalar.ScalarKernels;
import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FilterAscentTest {
  private static final Model MODEL = PlainNetwork.model();
  private static final PlainNetwork PLAIN = PlainNetwork.inference(MODEL);

  private static ExcitingInput excite(
      Ascent ascent, String layer, int channel, Kernels kernels, int threads) {
    try (WorkPool pool = new WorkPool(threads)) {
      return new FilterAscent(MODEL, layer, ascent, kernels, pool).of(channel);
    }
  }

  /** Three steps, of which each is shifted otherwise. */
  @Test
  void stepsAreThoseOfAPlainComputation() {
    Ascent ascent = new Ascent(3, 0.2, 0.05, 2, 11);
    ExcitingInput found = excite(ascent, "relu1", 2, KernelProvider.kernels(), 2);
    byte[] image = new byte[found.shape().elements()];
    Arrays.fill(image, (byte) 128);
    double[] grey = PlainNetwork.standardized(image);
    RandomStream random = new RandomStream(11, Purpose.EXPLANATION);
    double[] x = grey.clone();
    for (int i = 0; i < x.length; i++) {
      x[i] += 0.1 * random.gaussian(i);
    }
    assertEquals(mean(x), found.before(), 1e-5);
    for (int step = 0; step < 3; step++) {
      random.at(1, step);
      int down = random.below(5, 0) - 2;
      int across = random.below(5, 1) - 2;
      double[] g = PlainNetwork.gradient(x, values -> mean(shifted(values, down, across)));
      double size = Math.sqrt(Arrays.stream(g).map(v -> v * v).sum() / g.length);
      for (int i = 0; i < x.length; i++) {
        x[i] = grey[i] + 0.95 * (x[i] - grey[i]) + 0.2 * g[i] / size;
      }
    }
    assertEquals(mean(x), found.after(), 1e-4);
    for (int i = 0; i < x.length; i++) {
      assertEquals(x[i], found.values()[i], 1e-4);
    }
  }

  private static double mean(double[] input) {
    double[] output = PLAIN.upTo("relu1", input);
    double sum = 0;
    for (int i = 2; i < output.length; i += 6) {
      sum += output[i] / (output.length / 6);
    }
    return sum;
  }

  private static double[] shifted(double[] values, int down, int across) {
    double[] shifted = new double[values.length];
    int height = PlainNetwork.HEIGHT;
    int width = PlainNetwork.WIDTH;
    for (int i = 0; i < values.length; i++) {
      int row = (i / 3 / width + down + height) % height;
      int column = (i / 3 % width + across + width) % width;
      shifted[(row * width + column) * 3 + i % 3] = values[i];
    }
    return shifted;
  }

  @Test
  void itExcitesTheFilter() {
    for (String layer : new String[] {"conv1", "norm2", "logits"}) {
      ExcitingInput found = excite(Ascent.USUAL, layer, 1, KernelProvider.kernels(), 1);
      assertTrue(found.after() > found.before() + 0.3, layer + ": " + found.after());
      assertEquals(found.after(), excite(Ascent.USUAL, layer, 1, new ScalarKernels(), 2).after());
    }
  }

  @Test
  void theSameSeedGivesTheSameBits() {
    ExcitingInput one = excite(Ascent.USUAL, "relu2", 0, KernelProvider.kernels(), 1);
    ExcitingInput same = excite(Ascent.USUAL, "relu2", 0, new ScalarKernels(), 3);
    assertArrayEquals(one.values(), same.values());
    Ascent other = new Ascent(100, 0.1, 0.01, 1, 2);
    ExcitingInput another = excite(other, "relu2", 0, KernelProvider.kernels(), 1);
    assertFalse(Arrays.equals(one.values(), another.values()));
  }

  @Test
  void whatIsOutOfRangeIsRefused() {
    ConvoyException e =
        assertThrows(
            ConvoyException.class,
            () -> excite(Ascent.USUAL, "relu2", 5, KernelProvider.kernels(), 1));
    assertEquals(
        "a test: the 5 channels of layer 'relu2' have the numbers 0 to 4; got channel 5",
        e.getMessage());
    e = assertThrows(ConvoyException.class, () -> new Ascent(0, 0.1, 0.01, 1, 1));
    assertEquals(
        "gradient ascent: steps must be at least 1, rate above 0, decay in [0, 1) and jitter at"
            + " least 0; got steps 0, rate 0.1, decay 0.01, jitter 1",
        e.getMessage());
    assertThrows(ConvoyException.class, () -> new Ascent(1, 0, 0.01, 1, 1));
    assertThrows(ConvoyException.class, () -> new Ascent(1, Double.NaN, 0.01, 1, 1));
    assertThrows(ConvoyException.class, () -> new Ascent(1, 0.1, 1, 1, 1));
    assertThrows(ConvoyException.class, () -> new Ascent(1, 0.1, 0, -1, 1));
  }
}
