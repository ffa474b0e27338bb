package io.convoy.zoo;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.error.ConvoyException;
import io.convoy.init.Initializer;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.operation.Padding;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * MobileNet, version 1 (Howard et al. 2017, "MobileNets: Efficient Convolutional Neural Networks
 * for Mobile Vision Applications", table 1): a convolution of 3x3 and thirteen blocks of a
 * depthwise 3x3 and a pointwise 1x1 convolution, each with batch normalisation and ReLU.
 * Convolutions have no bias and start by He's normal distribution over the fan-out; the classifier
 * starts at a deviation of 0.01.
 *
 * <p>By default 224x224x3 and 1,000 classes (ImageNet): 4,231,976 parameters, 569 million
 * multiply-adds. The paper's table gives the last depthwise convolution a stride of 2 that its
 * shapes refute; it is 1. Any input will do, since the last pooling takes the mean over all pixels.
 *
 * @param input any image; each side is divided by 32
 * @param classes at least 1
 * @param width the paper's width multiplier (section 3.3), in (0, 1], by default 1: the share of
 *     each layer's channels, rounded down, but no fewer than 8 of them (as in TensorFlow's models).
 *     The paper takes 0.25, 0.5 and 0.75
 */
@JsonIgnoreProperties("type") // its only one
@JsonTypeName(MobileNetV1.NAME)
public record MobileNetV1(Shape input, int classes, double width) implements Architecture {
  static final String NAME = "mobilenet-v1";

  private static final int FEWEST_CHANNELS = 8;

  /** The depthwise stride and the pointwise channels of a block. */
  private record Block(int stride, int channels) {}

  private static final List<Block> BLOCKS =
      List.of(
          new Block(1, 64),
          new Block(2, 128),
          new Block(1, 128),
          new Block(2, 256),
          new Block(1, 256),
          new Block(2, 512),
          new Block(1, 512),
          new Block(1, 512),
          new Block(1, 512),
          new Block(1, 512),
          new Block(1, 512),
          new Block(2, 1024),
          new Block(1, 1024));

  public MobileNetV1 {
    ArchitectureRules.check(NAME, input, classes);
    if (!(width > 0 && width <= 1)) {
      throw ConvoyException.usage("%s: width must lie in (0, 1]; got %s", NAME, width);
    }
  }

  @JsonCreator
  static MobileNetV1 parse(
      @JsonProperty("input") JsonNode input,
      @JsonProperty("classes") Integer classes,
      @JsonProperty("width") Double width) {
    return new MobileNetV1(
        ArchitectureJson.inputOr(Shape.of(224, 224, 3), input),
        classes == null ? 1000 : classes,
        width == null ? 1 : width);
  }

  @Override
  public Network network() {
    int channels = scaled(32);
    Network.Builder network = Network.input(input.toArray());
    normalised(network, "", "conv", 1, conv3x3(channels, 2));
    int number = 0;
    for (Block block : BLOCKS) {
      String prefix = "block" + ++number + ".";
      Conv2d depthwise = conv3x3(channels, block.stride()).withGroups(channels);
      normalised(network, prefix, "depthwise", 1, depthwise);
      channels = scaled(block.channels());
      normalised(network, prefix, "pointwise", 2, Conv2d.of(channels, 1));
    }
    return network
        .then("avgpool", new GlobalAvgPool())
        .then("fc", ZooLayers.dense(classes))
        .build();
  }

  private int scaled(int channels) {
    return Math.max(FEWEST_CHANNELS, (int) (channels * width));
  }

  private static Conv2d conv3x3(int channels, int stride) {
    return Conv2d.of(channels, 3).withStride(stride).withPadding(Padding.of(1));
  }

  private static void normalised(
      Network.Builder network, String prefix, String name, int number, Conv2d convolution) {
    network
        .then(
            prefix + name, convolution.withoutBias().withInitializer(Initializer.HE_NORMAL_FAN_OUT))
        .then(prefix + "bn" + number, BatchNorm2d.standard())
        .then(prefix + "relu" + number, new Relu());
  }
}
