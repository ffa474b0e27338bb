package io.convoy.benchmarks.layers;

import io.convoy.error.ConvoyException;

/**
 * A convolution over images, with the names that benchdnn gives them.
 *
 * @param groups groups of channels that do not mix (g)
 * @param inChannels input channels of all groups (ic)
 * @param outChannels output channels of all groups (oc)
 * @param height along rows: input ih, kernel kh, stride sh, padding ph, dilation dh
 * @param width along columns: iw, kw, sw, pw, dw
 */
public record ConvolutionShape(int groups, int inChannels, int outChannels, Axis height, Axis width)
    implements LayerShape {

  /** The channels of an image, at the most. */
  private static final int IMAGE_CHANNELS = 3;

  /**
   * A convolution along one axis.
   *
   * @param input pixels, at least 1
   * @param kernel taps, at least 1
   * @param stride at least 1
   * @param padding zero pixels on both sides, at least 0
   * @param dilation pixels left out between taps, as benchdnn counts: 0 for a dense kernel
   */
  public record Axis(int input, int kernel, int stride, int padding, int dilation) {
    public Axis {
      if (input < 1 || kernel < 1 || stride < 1 || padding < 0 || dilation < 0) {
        throw ConvoyException.usage(
            "image, kernel and stride must be at least 1, padding and dilation at least 0; got"
                + " image %d, kernel %d, stride %d, padding %d, dilation %d",
            input, kernel, stride, padding, dilation);
      }
      if (span(kernel, dilation) > input + 2L * padding) {
        throw ConvoyException.usage(
            "the kernel must fit into the padded image; kernel %d with dilation %d spans %d pixels,"
                + " the image has %d and %d on each side",
            kernel, dilation, span(kernel, dilation), input, padding);
      }
    }

    private static long span(int kernel, int dilation) {
      return (kernel - 1) * (dilation + 1L) + 1;
    }

    /** Output pixels. */
    public int output() {
      return (int) ((input + 2L * padding - span(kernel, dilation)) / stride + 1);
    }
  }

  public ConvolutionShape {
    if (groups < 1 || inChannels < 1 || outChannels < 1) {
      throw ConvoyException.usage(
          "groups and channels must be at least 1; got g%d ic%d oc%d",
          groups, inChannels, outChannels);
    }
    if (inChannels % groups != 0 || outChannels % groups != 0) {
      throw ConvoyException.usage(
          "groups must divide the channels; got g%d ic%d oc%d", groups, inChannels, outChannels);
    }
    Sizes.requireArray("one input sample", (long) inChannels * height.input() * width.input());
    Sizes.requireArray("one output sample", (long) outChannels * height.output() * width.output());
    Sizes.requireArray(
        "the weights",
        (long) outChannels * (inChannels / groups) * height.kernel() * width.kernel());
  }

  /** Input channels of a group. */
  public int groupInputs() {
    return inChannels / groups;
  }

  /** Output channels of a group. */
  public int groupOutputs() {
    return outChannels / groups;
  }

  boolean depthwise() {
    return groups > 1 && groups == inChannels;
  }

  @Override
  public int inputs() {
    return inChannels * height.input() * width.input();
  }

  @Override
  public int outputs() {
    return outChannels * height.output() * width.output();
  }

  @Override
  public int weights() {
    return outChannels * groupInputs() * height.kernel() * width.kernel();
  }

  @Override
  public long multiplyAdds() {
    return (long) weights() * height.output() * width.output();
  }

  @Override
  public long terms(Direction direction, int batch) {
    long taps = (long) height.kernel() * width.kernel();
    return switch (direction) {
      case FORWARD -> taps * groupInputs();
      case BACKWARD_DATA -> taps * groupOutputs();
      case BACKWARD_WEIGHTS -> (long) batch * height.output() * width.output();
    };
  }

  @Override
  public boolean first() {
    return inChannels <= IMAGE_CHANNELS;
  }

  @Override
  public Group group(Direction direction) {
    if (depthwise()) {
      return Group.DEPTHWISE;
    }
    if (groups > 1 || !threeByThree(height) || !threeByThree(width)) {
      return Group.OTHER;
    }
    return switch (direction) {
      case FORWARD, BACKWARD_DATA -> Group.THREE_BY_THREE;
      case BACKWARD_WEIGHTS -> Group.THREE_BY_THREE_WEIGHTS;
    };
  }

  private static boolean threeByThree(Axis axis) {
    return axis.kernel() == 3 && axis.stride() == 1 && axis.dilation() == 0;
  }
}
