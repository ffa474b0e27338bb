package io.convoy.zoo;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.init.Initializer;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.ChannelShuffle;
import io.convoy.layer.Concat;
import io.convoy.layer.Conv2d;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Relu;
import io.convoy.layer.SelectChannels;
import io.convoy.network.Network;
import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * ShuffleNet V2 (Ma, Zhang, Zheng, Sun 2018, "ShuffleNet V2: Practical Guidelines for Efficient CNN
 * Architecture Design", figure 3 c and d, table 5), as in torchvision. A unit splits its channels
 * in halves, works on one of them, joins both and shuffles; a unit with stride 2 works on all
 * channels twice. Convolutions have no bias and start by He's normal distribution over the fan-out,
 * the classifier at a deviation of 0.01. Parameters have the names of torchvision's state
 * dictionary.
 *
 * <p>By default 224x224x3 and 1,000 classes (ImageNet). Any input will do, since the last pooling
 * takes the mean over all pixels.
 *
 * @param input any image; each side is divided by 32
 * @param classes at least 1
 */
public record ShuffleNetV2(Type type, Shape input, int classes) implements Architecture {
  /** Which of them: by the multiple of the channels. */
  public enum Type {
    @JsonProperty("shufflenet_v2_x0_5")
    SHUFFLENET_V2_X0_5,

    @JsonProperty("shufflenet_v2_x1_0")
    SHUFFLENET_V2_X1_0,

    @JsonProperty("shufflenet_v2_x1_5")
    SHUFFLENET_V2_X1_5,

    @JsonProperty("shufflenet_v2_x2_0")
    SHUFFLENET_V2_X2_0
  }

  private static final int STEM = 24;

  /** Units of each stage. */
  private static final List<Integer> UNITS = List.of(4, 8, 4);

  /** Channels of each stage, and of the last convolution. */
  private List<Integer> channels() {
    return switch (type) {
      case SHUFFLENET_V2_X0_5 -> List.of(48, 96, 192, 1024);
      case SHUFFLENET_V2_X1_0 -> List.of(116, 232, 464, 1024);
      case SHUFFLENET_V2_X1_5 -> List.of(176, 352, 704, 1024);
      case SHUFFLENET_V2_X2_0 -> List.of(244, 488, 976, 2048);
    };
  }

  public ShuffleNetV2 {
    ArchitectureRules.check(type, input, classes);
  }

  @JsonCreator
  static ShuffleNetV2 parse(
      @JsonProperty("type") Type type,
      @JsonProperty("input") JsonNode input,
      @JsonProperty("classes") Integer classes) {
    return new ShuffleNetV2(
        type,
        ArchitectureJson.inputOr(Shape.of(224, 224, 3), input),
        classes == null ? 1000 : classes);
  }

  @Override
  public Network network() {
    Network.Builder network = Network.input(input.toArray());
    pointwise(network, "conv1.", 0, plain(Conv2d.of(STEM, 3)).withStride(2));
    network.then("maxpool", new MaxPool2d(Extent.square(3), Extent.square(2), Padding.of(1)));
    String last = "maxpool";
    int before = STEM;
    for (int stage = 0; stage < UNITS.size(); stage++) {
      for (int unit = 0; unit < UNITS.get(stage); unit++) {
        String prefix = "stage%s.%s.".formatted(stage + 2, unit);
        int half = channels().get(stage) / 2;
        last =
            unit == 0
                ? halving(network, prefix, last, before, half)
                : unit(network, prefix, last, half);
      }
      before = channels().get(stage);
    }
    pointwise(network, "conv5.", 0, plain(Conv2d.of(channels().get(UNITS.size()), 1)));
    return network.then("mean", new GlobalAvgPool()).then("fc", ZooLayers.dense(classes)).build();
  }

  private static String unit(Network.Builder network, String prefix, String input, int half) {
    network
        .join(prefix + "kept", SelectChannels.range(0, half), input)
        .join(prefix + "worked", SelectChannels.range(half, 2 * half), input);
    String worked = branch(network, prefix + "branch2.", half, 1);
    return joined(network, prefix, prefix + "kept", worked);
  }

  private static String halving(
      Network.Builder network, String prefix, String input, int channels, int half) {
    String first = prefix + "branch1.";
    network
        .join(first + "0", plain(Conv2d.of(channels, 3)).withStride(2).withGroups(channels), input)
        .then(first + "1", BatchNorm2d.standard());
    String left = pointwise(network, first, 2, plain(Conv2d.of(half, 1)));
    network.from(input);
    String right = branch(network, prefix + "branch2.", half, 2);
    return joined(network, prefix, left, right);
  }

  /** 1x1, a depthwise 3x3, 1x1. */
  private static String branch(Network.Builder network, String prefix, int channels, int stride) {
    pointwise(network, prefix, 0, plain(Conv2d.of(channels, 1)));
    network
        .then(prefix + "3", plain(Conv2d.of(channels, 3)).withStride(stride).withGroups(channels))
        .then(prefix + "4", BatchNorm2d.standard());
    return pointwise(network, prefix, 5, plain(Conv2d.of(channels, 1)));
  }

  private static String joined(Network.Builder network, String prefix, String left, String right) {
    network
        .join(prefix + "concat", new Concat(), left, right)
        .then(prefix + "shuffle", new ChannelShuffle(2));
    return prefix + "shuffle";
  }

  /** A convolution with batch normalisation and ReLU, numbered from {@code first} on. */
  private static String pointwise(
      Network.Builder network, String prefix, int first, Conv2d convolution) {
    String last = prefix + (first + 2);
    network
        .then(prefix + first, convolution)
        .then(prefix + (first + 1), BatchNorm2d.standard())
        .then(last, new Relu());
    return last;
  }

  private static Conv2d plain(Conv2d convolution) {
    return convolution
        .withPadding(Padding.of(convolution.kernel().height() / 2))
        .withoutBias()
        .withInitializer(Initializer.HE_NORMAL_FAN_OUT);
  }
}
