package io.convoy.zoo;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.error.ConvoyException;
import io.convoy.init.Initializer;
import io.convoy.layer.Add;
import io.convoy.layer.AvgPool2d;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.ChannelShuffle;
import io.convoy.layer.Concat;
import io.convoy.layer.Conv2d;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.Map;

/**
 * ShuffleNet (Zhang, Zhou, Lin, Sun 2017, "ShuffleNet: An Extremely Efficient Convolutional Neural
 * Network for Mobile Devices", figure 2 b and c, table 1). A unit narrows its input to a quarter of
 * its channels by a grouped 1x1 convolution, shuffles the channels, filters each by a depthwise 3x3
 * and widens them by a grouped 1x1 again; the input is added, or, where the stride is 2, its mean
 * pooling is joined. The first convolution of stage 2 has no groups. Convolutions have no bias and
 * start by He's normal distribution over the fan-out, the classifier at a deviation of 0.01.
 *
 * <p>By default 224x224x3, 1,000 classes (ImageNet) and three groups: 1,865,728 parameters, 137
 * million multiply-adds. Any input will do, since the last pooling takes the mean over all pixels.
 *
 * @param input any image; each side is divided by 32
 * @param classes at least 1
 * @param groups of the 1x1 convolutions: 1, 2, 3, 4 or 8, 3 by default
 */
@JsonIgnoreProperties("type") // its only one
@JsonTypeName(ShuffleNetV1.NAME)
public record ShuffleNetV1(Shape input, int classes, int groups) implements Architecture {
  static final String NAME = "shufflenet_v1";

  private static final int STEM = 24;

  /** A bottleneck's channels are those of its stage over this. */
  private static final int NARROWING = 4;

  /** Units of each stage. */
  private static final List<Integer> UNITS = List.of(4, 8, 4);

  /** Channels of stage 2 by the number of groups; each further stage has twice as many. */
  private static final Map<Integer, Integer> CHANNELS =
      Map.of(1, 144, 2, 200, 3, 240, 4, 272, 8, 384);

  public ShuffleNetV1 {
    ArchitectureRules.check(NAME, input, classes);
    if (!CHANNELS.containsKey(groups)) {
      throw ConvoyException.usage("%s: groups must be 1, 2, 3, 4 or 8; got %d", NAME, groups);
    }
  }

  @JsonCreator
  static ShuffleNetV1 parse(
      @JsonProperty("input") JsonNode input,
      @JsonProperty("classes") Integer classes,
      @JsonProperty("groups") Integer groups) {
    return new ShuffleNetV1(
        ArchitectureJson.inputOr(Shape.of(224, 224, 3), input),
        classes == null ? 1000 : classes,
        groups == null ? 3 : groups);
  }

  @Override
  public Network network() {
    Network.Builder network = Network.input(input.toArray());
    network
        .then("conv1", plain(Conv2d.of(STEM, 3)).withStride(2))
        .then("bn1", BatchNorm2d.standard())
        .then("relu", new Relu())
        .then("maxpool", new MaxPool2d(Extent.square(3), Extent.square(2), Padding.of(1)));
    String last = "maxpool";
    int before = STEM;
    int channels = CHANNELS.get(groups);
    for (int stage = 0; stage < UNITS.size(); stage++, channels *= 2) {
      for (int unit = 0; unit < UNITS.get(stage); unit++) {
        String prefix = "stage%s.%s.".formatted(stage + 2, unit);
        last = unit(network, prefix, last, before, channels);
        before = channels;
      }
    }
    return network.then("mean", new GlobalAvgPool()).then("fc", ZooLayers.dense(classes)).build();
  }

  private String unit(
      Network.Builder network, String prefix, String input, int before, int channels) {
    boolean halves = before != channels;
    int inner = channels / NARROWING;
    network
        .then(prefix + "conv1", plain(Conv2d.of(inner, 1)).withGroups(before == STEM ? 1 : groups))
        .then(prefix + "bn1", BatchNorm2d.standard())
        .then(prefix + "relu1", new Relu())
        .then(prefix + "shuffle", new ChannelShuffle(groups))
        .then(
            prefix + "conv2",
            plain(Conv2d.of(inner, 3)).withStride(halves ? 2 : 1).withGroups(inner))
        .then(prefix + "bn2", BatchNorm2d.standard())
        .then(
            prefix + "conv3",
            plain(Conv2d.of(halves ? channels - before : channels, 1)).withGroups(groups))
        .then(prefix + "bn3", BatchNorm2d.standard());
    if (halves) {
      network
          .join(
              prefix + "avgpool",
              new AvgPool2d(Extent.square(3), Extent.square(2), Padding.of(1), true),
              input)
          .join(prefix + "concat", new Concat(), prefix + "avgpool", prefix + "bn3");
    } else {
      network.join(prefix + "add", new Add(), prefix + "bn3", input);
    }
    network.then(prefix + "relu", new Relu());
    return prefix + "relu";
  }

  private static Conv2d plain(Conv2d convolution) {
    return convolution
        .withPadding(Padding.of(convolution.kernel().height() / 2))
        .withoutBias()
        .withInitializer(Initializer.HE_NORMAL_FAN_OUT);
  }
}
