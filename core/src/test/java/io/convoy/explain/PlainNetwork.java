package io.convoy.explain;

import io.convoy.data.augment.StandardScore;
import io.convoy.inference.Model;
import io.convoy.layer.AvgPool2d;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Dropout;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.network.StateLayout.Entry;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.operation.Padding;
import io.convoy.recipe.Preprocessing;
import io.convoy.reference.Numbers;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * A small network, and a plain computation of it in double precision, by loops over NHWC arrays:
 * forward alone. Gradients are central differences of that, in double as well.
 */
final class PlainNetwork {
  static final int HEIGHT = 9;
  static final int WIDTH = 7;
  static final int CLASSES = 4;
  private static final float EPSILON = 0.01f;
  private static final float[] MEAN = {0.4f, 0.5f, 0.45f};
  private static final float[] DEVIATION = {0.2f, 0.25f, 0.3f};
  private static final double STEP = 1e-6;

  private final Model model;

  /** Whether batch norms use the image's own statistics, as a training would. */
  private final boolean training;

  private PlainNetwork(Model model, boolean training) {
    this.model = model;
    this.training = training;
  }

  /** As inference computes. */
  static PlainNetwork inference(Model model) {
    return new PlainNetwork(model, false);
  }

  /** As a training step would, over this image alone, where every second feature is dropped. */
  static PlainNetwork training(Model model) {
    return new PlainNetwork(model, true);
  }

  /** Its moving averages are far from what a batch has. */
  static Model model() {
    Network network =
        Network.input(HEIGHT, WIDTH, 3)
            .then("conv1", Conv2d.of(6, 3).withPadding(Padding.SAME))
            .then("norm1", new BatchNorm2d(EPSILON, 0.1f))
            .then("relu1", new Relu())
            .then("pool1", AvgPool2d.of(2))
            .then("conv2", Conv2d.of(5, 3).withPadding(Padding.SAME))
            .then("norm2", new BatchNorm2d(EPSILON, 0.1f))
            .then("relu2", new Relu())
            .then("pool2", AvgPool2d.of(2))
            .then("flatten", new Flatten())
            .then("dropout", new Dropout(0.5f))
            .then("logits", Linear.of(CLASSES))
            .build();
    float[] state = network.layout().initialState(3);
    for (Entry entry : network.layout().entries()) {
      for (int i = entry.offset(); i < entry.offset() + entry.length(); i++) {
        float change = Numbers.uniform(4, i);
        state[i] += entry.name().endsWith("running_var") ? 1.5f + change : 0.4f * change;
      }
    }
    return new Model("a test", network, state, preprocessing(), ConvolutionAlgorithm.AUTO);
  }

  private static Preprocessing preprocessing() {
    StandardScore score = new StandardScore(MEAN, DEVIATION);
    return new Preprocessing(
        HEIGHT, WIDTH, 3, null, null, score, List.of("ant", "bee", "cat", "dog"));
  }

  /** An image, in the order row, column, channel. */
  static byte[] image(int number) {
    byte[] image = new byte[HEIGHT * WIDTH * 3];
    for (int i = 0; i < image.length; i++) {
      image[i] = (byte) (128 + 127 * Numbers.uniform(100 + number, i));
    }
    return image;
  }

  static double[] standardized(byte[] image) {
    double[] values = new double[image.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = ((image[i] & 0xFF) / 255.0 - MEAN[i % 3]) / DEVIATION[i % 3];
    }
    return values;
  }

  double[] probabilities(byte[] image) {
    double[] logits = logits(standardized(image));
    double largest = Arrays.stream(logits).max().orElseThrow();
    double[] powers = Arrays.stream(logits).map(x -> Math.exp(x - largest)).toArray();
    double sum = Arrays.stream(powers).sum();
    return Arrays.stream(powers).map(x -> x / sum).toArray();
  }

  double[] logits(double[] input) {
    return behind("relu1", upTo("relu1", input));
  }

  /** The output of {@code relu1} or {@code relu2}, from the network's input. */
  double[] upTo(String layer, double[] input) {
    double[] first = block("1", input, HEIGHT, WIDTH, 3, 6);
    return layer.equals("relu1") ? first : second(first);
  }

  private double[] second(double[] first) {
    return block("2", pool(first, HEIGHT, WIDTH, 6), HEIGHT / 2, WIDTH / 2, 6, 5);
  }

  /** The logits, from the output of {@code relu1} or {@code relu2}. */
  double[] behind(String layer, double[] output) {
    double[] last = layer.equals("relu1") ? second(output) : output;
    double[] features = pool(last, HEIGHT / 2, WIDTH / 2, 5);
    int pixels = features.length / 5;
    double[] logits = new double[CLASSES];
    for (int o = 0; o < CLASSES; o++) {
      logits[o] = parameter("logits.bias", o);
      for (int i = 0; i < features.length; i++) {
        double feature = features[i % pixels * 5 + i / pixels]; // flattened as channel, row, column
        double kept = training ? 2 * (i % 2) : 1;
        logits[o] += kept * feature * parameter("logits.weight", o * features.length + i);
      }
    }
    return logits;
  }

  private double parameter(String name, int i) {
    Entry entry =
        model.network().layout().entries().stream()
            .filter(e -> e.name().equals(name))
            .findFirst()
            .orElseThrow();
    return model.weights()[entry.offset() + i];
  }

  /** Convolution, batch norm, rectifier. */
  private double[] block(
      String number, double[] x, int height, int width, int inputs, int outputs) {
    double[] y = new double[height * width * outputs];
    for (int o = 0; o < outputs; o++) {
      for (int pixel = 0; pixel < height * width; pixel++) {
        double sum = parameter("conv" + number + ".bias", o);
        for (int tap = 0; tap < 9; tap++) {
          int h = pixel / width + tap / 3 - 1;
          int w = pixel % width + tap % 3 - 1;
          boolean inside = h >= 0 && h < height && w >= 0 && w < width;
          for (int i = 0; inside && i < inputs; i++) {
            double weight = parameter("conv" + number + ".weight", (o * inputs + i) * 9 + tap);
            sum += x[(h * width + w) * inputs + i] * weight;
          }
        }
        y[pixel * outputs + o] = sum;
      }
      normalize("norm" + number, y, o, outputs);
    }
    return y;
  }

  private void normalize(String layer, double[] y, int channel, int channels) {
    double mean = parameter(layer + ".running_mean", channel);
    double variance = parameter(layer + ".running_var", channel);
    if (training) {
      mean = meanOf(y, channel, channels, value -> value);
      double centre = mean;
      variance = meanOf(y, channel, channels, value -> (value - centre) * (value - centre));
    }
    double scale = parameter(layer + ".weight", channel) / Math.sqrt(variance + EPSILON);
    for (int i = channel; i < y.length; i += channels) {
      y[i] = Math.max(0, (y[i] - mean) * scale + parameter(layer + ".bias", channel));
    }
  }

  private static double meanOf(
      double[] y, int channel, int channels, DoubleUnaryOperator function) {
    double sum = 0;
    for (int i = channel; i < y.length; i += channels) {
      sum += function.applyAsDouble(y[i]);
    }
    return sum * channels / y.length;
  }

  private static double[] pool(double[] x, int height, int width, int channels) {
    double[] y = new double[height / 2 * (width / 2) * channels];
    for (int h = 0; h < height / 2 * 2; h++) {
      for (int w = 0; w < width / 2 * 2; w++) {
        for (int c = 0; c < channels; c++) {
          int to = (h / 2 * (width / 2) + w / 2) * channels + c;
          y[to] += x[(h * width + w) * channels + c] / 4;
        }
      }
    }
    return y;
  }

  /** Central differences. */
  static double[] gradient(double[] at, ToDoubleFunction<double[]> score) {
    double[] gradient = new double[at.length];
    double[] moved = at.clone();
    for (int i = 0; i < at.length; i++) {
      moved[i] = at[i] + STEP;
      double above = score.applyAsDouble(moved);
      moved[i] = at[i] - STEP;
      gradient[i] = (above - score.applyAsDouble(moved)) / (2 * STEP);
      moved[i] = at[i];
    }
    return gradient;
  }
}
