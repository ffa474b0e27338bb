package io.convoy.zoo;

import io.convoy.init.Initializer;
import io.convoy.layer.Add;
import io.convoy.layer.AvgPool2d;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.PadChannels;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import io.convoy.tensor.Shape;

/**
 * A residual network in the making (He, Zhang, Ren, Sun 2015, "Deep Residual Learning for Image
 * Recognition"): a stem, stages of blocks, a classifier.
 *
 * <pre>
 *   y = relu(F(x) + shortcut(x))
 * </pre>
 *
 * The shortcut is x itself, or, where a block changes the shape, a 1x1 convolution with batch
 * normalisation (the paper's option B), or every second pixel and channels of zeros (option A).
 * Convolutions have no bias: the batch normalisation behind each has one. They start by He's normal
 * distribution over the fan-out; the classifier at a deviation of 0.01 (Goyal et al. 2017, section
 * 5.1).
 *
 * <p>Parameters have the names of torchvision's state dictionary, such as {@code
 * layer2.0.downsample.0.weight}.
 */
final class ResidualBuilder {
  /**
   * What stands beside the shortcut.
   *
   * @param expansion output channels over a stage's
   * @param groups of the 3x3 convolution of a bottleneck
   * @param width its channels over the stage's
   */
  record Block(int expansion, int groups, int width) {
    /** Two convolutions of 3x3; the first has the stride (figure 5, left). */
    static final Block BASIC = new Block(1, 1, 1);

    /**
     * 1x1, 3x3, 1x1, the last with four times the channels (figure 5, right). The 3x3 has the
     * stride, not the first 1x1 as in the paper: version 1.5, as in torchvision.
     */
    static final Block BOTTLENECK = bottleneck(1, 1);

    static Block bottleneck(int groups, int width) {
      return new Block(4, groups, width);
    }
  }

  private final Network.Builder network;
  private final boolean pads;
  private String last = Network.INPUT;
  private int channels;

  ResidualBuilder(Shape input) {
    this(input, false);
  }

  /**
   * @param pads whether shortcuts are those of option A
   */
  ResidualBuilder(Shape input, boolean pads) {
    this.pads = pads;
    network = Network.input(input.toArray());
    channels = input.channels();
  }

  /** The first convolution, with batch normalisation and ReLU. */
  ResidualBuilder stem(int channels, int kernel, int stride) {
    convolution("conv1", "bn1", channels, kernel, stride, 1);
    network.then("relu", new Relu());
    last = "relu";
    this.channels = channels;
    return this;
  }

  /** A pooling of 3x3 at every second pixel. */
  ResidualBuilder maxPool() {
    network.then("maxpool", new MaxPool2d(Extent.square(3), Extent.square(2), Padding.of(1)));
    last = "maxpool";
    return this;
  }

  /**
   * Blocks one behind the other.
   *
   * @param channels of the stage: inner channels of each, but where its block is wider
   * @param stride of the first block
   */
  ResidualBuilder stage(String name, Block block, int blocks, int channels, int stride) {
    for (int i = 0; i < blocks; i++) {
      block(name + "." + i + ".", block, channels, i == 0 ? stride : 1);
    }
    return this;
  }

  private void block(String prefix, Block block, int inner, int stride) {
    String input = last;
    int outer = inner * block.expansion;
    String residual =
        block.expansion == 1
            ? basic(prefix, inner, stride)
            : bottleneck(prefix, block, inner * block.width, outer, stride);
    String shortcut = input;
    if (stride > 1 || outer != channels) {
      network.from(input);
      shortcut = pads ? padded(prefix, outer, stride) : projected(prefix, outer, stride);
    }
    network.join(prefix + "add", new Add(), residual, shortcut);
    last = prefix + "relu";
    network.then(last, new Relu());
    channels = outer;
  }

  private String projected(String prefix, int outer, int stride) {
    convolution(prefix + "downsample.0", prefix + "downsample.1", outer, 1, stride, 1);
    return prefix + "downsample.1";
  }

  private String padded(String prefix, int outer, int stride) {
    int zeros = outer - channels;
    network
        .then(
            prefix + "downsample.pixels",
            new AvgPool2d(Extent.square(1), Extent.square(stride), Padding.VALID, false))
        .then(prefix + "downsample.zeros", new PadChannels(zeros / 2, zeros - zeros / 2));
    return prefix + "downsample.zeros";
  }

  private String basic(String prefix, int inner, int stride) {
    convolution(prefix + "conv1", prefix + "bn1", inner, 3, stride, 1);
    network.then(prefix + "relu1", new Relu());
    convolution(prefix + "conv2", prefix + "bn2", inner, 3, 1, 1);
    return prefix + "bn2";
  }

  private String bottleneck(String prefix, Block block, int inner, int outer, int stride) {
    convolution(prefix + "conv1", prefix + "bn1", inner, 1, 1, 1);
    network.then(prefix + "relu1", new Relu());
    convolution(prefix + "conv2", prefix + "bn2", inner, 3, stride, block.groups);
    network.then(prefix + "relu2", new Relu());
    convolution(prefix + "conv3", prefix + "bn3", outer, 1, 1, 1);
    return prefix + "bn3";
  }

  private void convolution(
      String name, String norm, int channels, int kernel, int stride, int groups) {
    network
        .then(
            name,
            Conv2d.of(channels, kernel)
                .withStride(stride)
                .withGroups(groups)
                .withPadding(Padding.of(kernel / 2))
                .withoutBias()
                .withInitializer(Initializer.HE_NORMAL_FAN_OUT))
        .then(norm, BatchNorm2d.standard());
  }

  /** The mean of each channel, and a dense layer. */
  Network classifier(int classes) {
    return network
        .then("avgpool", new GlobalAvgPool())
        .then("fc", ZooLayers.dense(classes))
        .build();
  }
}
