package io.convoy.benchmarks.layers;

import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;

/**
 * A problem's results as the formula has them, one sum in double after the other, for a number of
 * elements drawn at random.
 */
final class Reference {
  private static final int SAMPLES = 256;

  /** Half the distance from 1 to the next float: the error of one rounding. */
  private static final double ROUNDING = 0x1p-24;

  private final Problem problem;
  private final Operands operands;

  Reference(Problem problem, Operands operands) {
    this.problem = problem;
    this.operands = operands;
  }

  /**
   * How far a result is off.
   *
   * @return the largest difference over the drawn elements, as a share of their root mean square
   */
  double error(Direction direction, float[] result) {
    RandomStream random = new RandomStream(direction.ordinal(), Purpose.SYNTHETIC_DATA);
    double squares = 0;
    double largest = 0;
    for (int i = 0; i < SAMPLES; i++) {
      int index = random.below(result.length, i);
      double expected = element(direction, index);
      squares += expected * expected;
      double difference = Math.abs(result[index] - expected);
      largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
    }
    return largest / Math.sqrt(squares / SAMPLES);
  }

  /**
   * The error that the length of the sums explains: roundings that add up like a random walk, with
   * room for transforms such as Winograd's.
   */
  double limit(Direction direction) {
    long terms = problem.shape().terms(direction, problem.batch());
    return ROUNDING * (256 + 8 * Math.sqrt(terms));
  }

  /** One element of a result, by its index in NHWC or OIHW order. */
  double element(Direction direction, int index) {
    if (problem.shape() instanceof DenseShape dense) {
      return dense(dense, direction, index);
    }
    ConvolutionShape conv = (ConvolutionShape) problem.shape();
    return switch (direction) {
      case FORWARD -> forward(conv, index);
      case BACKWARD_DATA -> data(conv, index);
      case BACKWARD_WEIGHTS -> weights(conv, index);
    };
  }

  private double dense(DenseShape dense, Direction direction, int index) {
    int in = dense.in();
    int out = dense.out();
    double sum = 0;
    switch (direction) {
      case FORWARD -> {
        for (int i = 0; i < in; i++) {
          sum += product(index / out * in + i, index % out * in + i);
        }
      }
      case BACKWARD_DATA -> {
        for (int o = 0; o < out; o++) {
          sum += gradientByWeight(index / in * out + o, o * in + index % in);
        }
      }
      case BACKWARD_WEIGHTS -> {
        for (int n = 0; n < problem.batch(); n++) {
          sum += gradientByInput(n * out + index / in, n * in + index % in);
        }
      }
    }
    return sum;
  }

  private double forward(ConvolutionShape conv, int index) {
    int channel = index % conv.outChannels();
    int w = index / conv.outChannels() % conv.width().output();
    int h = index / conv.outChannels() / conv.width().output() % conv.height().output();
    int n = index / conv.outputs();
    int first = channel / conv.groupOutputs() * conv.groupInputs();
    double sum = 0;
    for (int kh = 0; kh < conv.height().kernel(); kh++) {
      for (int kw = 0; kw < conv.width().kernel(); kw++) {
        int pixel = inputPixel(conv, n, h, w, kh, kw);
        for (int i = 0; pixel >= 0 && i < conv.groupInputs(); i++) {
          sum += product(pixel + first + i, weight(conv, channel, i, kh, kw));
        }
      }
    }
    return sum;
  }

  private double data(ConvolutionShape conv, int index) {
    int channel = index % conv.inChannels();
    int group = channel / conv.groupInputs();
    int target = index - channel;
    int n = index / conv.inputs();
    double sum = 0;
    for (int h = 0; h < conv.height().output(); h++) {
      for (int w = 0; w < conv.width().output(); w++) {
        for (int kh = 0; kh < conv.height().kernel(); kh++) {
          for (int kw = 0; kw < conv.width().kernel(); kw++) {
            if (inputPixel(conv, n, h, w, kh, kw) == target) {
              sum += overOutputs(conv, n, h, w, group, channel, kh, kw);
            }
          }
        }
      }
    }
    return sum;
  }

  private double overOutputs(
      ConvolutionShape conv, int n, int h, int w, int group, int channel, int kh, int kw) {
    double sum = 0;
    for (int o = 0; o < conv.groupOutputs(); o++) {
      int output = group * conv.groupOutputs() + o;
      sum +=
          gradientByWeight(
              outputPixel(conv, n, h, w) + output,
              weight(conv, output, channel % conv.groupInputs(), kh, kw));
    }
    return sum;
  }

  private double weights(ConvolutionShape conv, int index) {
    int kw = index % conv.width().kernel();
    int kh = index / conv.width().kernel() % conv.height().kernel();
    int tap = conv.width().kernel() * conv.height().kernel();
    int channel = index / tap % conv.groupInputs();
    int output = index / tap / conv.groupInputs();
    int input = output / conv.groupOutputs() * conv.groupInputs() + channel;
    double sum = 0;
    for (int n = 0; n < problem.batch(); n++) {
      for (int h = 0; h < conv.height().output(); h++) {
        for (int w = 0; w < conv.width().output(); w++) {
          int pixel = inputPixel(conv, n, h, w, kh, kw);
          if (pixel >= 0) {
            sum += gradientByInput(outputPixel(conv, n, h, w) + output, pixel + input);
          }
        }
      }
    }
    return sum;
  }

  /** Where the input pixel of an output pixel and a tap starts; -1 outside of the image. */
  private static int inputPixel(ConvolutionShape conv, int n, int h, int w, int kh, int kw) {
    int row = position(conv.height(), h, kh);
    int column = position(conv.width(), w, kw);
    if (row < 0 || column < 0) {
      return -1;
    }
    int image = n * conv.inputs();
    return image + (row * conv.width().input() + column) * conv.inChannels();
  }

  private static int position(ConvolutionShape.Axis axis, int output, int tap) {
    int at = output * axis.stride() + tap * (axis.dilation() + 1) - axis.padding();
    return at < axis.input() ? at : -1;
  }

  private static int outputPixel(ConvolutionShape conv, int n, int h, int w) {
    return n * conv.outputs() + (h * conv.width().output() + w) * conv.outChannels();
  }

  private static int weight(ConvolutionShape conv, int output, int input, int kh, int kw) {
    int row = (output * conv.groupInputs() + input) * conv.height().kernel() + kh;
    return row * conv.width().kernel() + kw;
  }

  private double product(int input, int weight) {
    return (double) operands.input()[input] * operands.weights()[weight];
  }

  private double gradientByWeight(int output, int weight) {
    return (double) operands.outputGradient()[output] * operands.weights()[weight];
  }

  private double gradientByInput(int output, int input) {
    return (double) operands.outputGradient()[output] * operands.input()[input];
  }
}
