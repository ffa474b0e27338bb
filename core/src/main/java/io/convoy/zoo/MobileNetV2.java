package io.convoy.zoo;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.error.ConvoyException;
import io.convoy.init.Initializer;
import io.convoy.layer.Add;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Dropout;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.Relu6;
import io.convoy.network.Network;
import io.convoy.operation.Padding;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * MobileNet, version 2 (Sandler, Howard, Zhu, Zhmoginov, Chen 2018, "MobileNetV2: Inverted
 * Residuals and Linear Bottlenecks", table 2), as in torchvision: a convolution of 3x3, seventeen
 * inverted residuals, a convolution of 1x1 to 1,280 channels, dropout of a fifth and a classifier.
 * An inverted residual widens its input by a 1x1 convolution, filters each channel by a depthwise
 * 3x3, and narrows it by a 1x1 without an activation; where stride and channels allow, the input is
 * added. Convolutions have no bias and start by He's normal distribution over the fan-out, the
 * classifier at a deviation of 0.01. Parameters have the names of torchvision's state dictionary.
 *
 * <p>By default 224x224x3 and 1,000 classes (ImageNet): 3,504,872 parameters, 301 million
 * multiply-adds. Any input will do, since the last pooling takes the mean over all pixels.
 *
 * @param input any image; each side is divided by 32
 * @param classes at least 1
 * @param width the width multiplier, in (0, 2], by default 1: channels times it, rounded to a
 *     multiple of 8 that is not under nine tenths; the last convolution never gets fewer than 1,280
 */
@JsonIgnoreProperties("type") // its only one
@JsonTypeName(MobileNetV2.NAME)
public record MobileNetV2(Shape input, int classes, double width) implements Architecture {
  static final String NAME = "mobilenet_v2";

  private static final int STEM = 32;
  private static final int LAST = 1280;

  /**
   * A line of the table.
   *
   * @param expansion inner channels over those of the input
   * @param repeats blocks, of which the first has the stride
   */
  private record Stage(int expansion, int channels, int repeats, int stride) {}

  private static final List<Stage> STAGES =
      List.of(
          new Stage(1, 16, 1, 1),
          new Stage(6, 24, 2, 2),
          new Stage(6, 32, 3, 2),
          new Stage(6, 64, 4, 2),
          new Stage(6, 96, 3, 1),
          new Stage(6, 160, 3, 2),
          new Stage(6, 320, 1, 1));

  public MobileNetV2 {
    ArchitectureRules.check(NAME, input, classes);
    if (!(width > 0 && width <= 2)) {
      throw ConvoyException.usage("%s: width must lie in (0, 2]; got %s", NAME, width);
    }
  }

  @JsonCreator
  static MobileNetV2 parse(
      @JsonProperty("input") JsonNode input,
      @JsonProperty("classes") Integer classes,
      @JsonProperty("width") Double width) {
    return new MobileNetV2(
        ArchitectureJson.inputOr(Shape.of(224, 224, 3), input),
        classes == null ? 1000 : classes,
        width == null ? 1 : width);
  }

  @Override
  public Network network() {
    Network.Builder network = Network.input(input.toArray());
    int channels = scaled(STEM);
    String last = rectified(network, "features.0.", "features.0.1", conv3x3(channels, 2));
    int number = 1;
    for (Stage stage : STAGES) {
      int outer = scaled(stage.channels());
      for (int i = 0; i < stage.repeats(); i++) {
        int stride = i == 0 ? stage.stride() : 1;
        String prefix = "features." + number++ + ".";
        String narrow = block(network, prefix, channels, stage.expansion(), outer, stride);
        if (stride == 1 && channels == outer) {
          network.join(prefix + "add", new Add(), narrow, last);
          narrow = prefix + "add";
        }
        last = narrow;
        channels = outer;
      }
    }
    String top = "features." + number + ".";
    rectified(network, top, top + "1", Conv2d.of(Math.max(LAST, scaled(LAST)), 1));
    return network
        .then("avgpool", new GlobalAvgPool())
        .then("classifier.0", new Dropout(0.2f))
        .then("classifier.1", ZooLayers.dense(classes))
        .build();
  }

  private static String block(
      Network.Builder network, String prefix, int channels, int expansion, int outer, int stride) {
    int inner = channels * expansion;
    int number = 0;
    if (expansion > 1) {
      String wide = prefix + "conv." + number++ + ".";
      rectified(network, wide, wide + "1", Conv2d.of(inner, 1));
    }
    String depthwise = prefix + "conv." + number++ + ".";
    rectified(network, depthwise, depthwise + "1", conv3x3(inner, stride).withGroups(inner));
    network.then(prefix + "conv." + number++, plain(Conv2d.of(outer, 1)));
    String norm = prefix + "conv." + number;
    network.then(norm, BatchNorm2d.standard());
    return norm;
  }

  /** The convolution is called {@code 0} behind the prefix, the activation {@code 2}. */
  private static String rectified(
      Network.Builder network, String prefix, String norm, Conv2d convolution) {
    network
        .then(prefix + "0", plain(convolution))
        .then(norm, BatchNorm2d.standard())
        .then(prefix + "2", new Relu6());
    return prefix + "2";
  }

  private int scaled(int channels) {
    int eights = 8 * Math.max(1, (int) (channels * width + 4) / 8);
    return eights < 0.9 * channels * width ? eights + 8 : eights;
  }

  private static Conv2d conv3x3(int channels, int stride) {
    return Conv2d.of(channels, 3).withStride(stride).withPadding(Padding.of(1));
  }

  private static Conv2d plain(Conv2d convolution) {
    return convolution.withoutBias().withInitializer(Initializer.HE_NORMAL_FAN_OUT);
  }
}
