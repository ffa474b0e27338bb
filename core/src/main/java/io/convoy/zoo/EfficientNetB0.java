package io.convoy.zoo;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.init.Initializer;
import io.convoy.layer.Add;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Dropout;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.Linear;
import io.convoy.layer.Multiply;
import io.convoy.layer.Sigmoid;
import io.convoy.layer.Silu;
import io.convoy.layer.StochasticDepth;
import io.convoy.network.Network;
import io.convoy.operation.Padding;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * EfficientNet-B0 (Tan, Le 2019, "EfficientNet: Rethinking Model Scaling for Convolutional Neural
 * Networks", table 1), as in torchvision: a convolution of 3x3, sixteen inverted residuals with
 * squeeze-and-excitation (Hu et al. 2017) in seven stages, a convolution of 1x1 to 1,280 channels,
 * dropout of a fifth and a classifier; SiLU throughout. Residual branches are left out in training
 * at a rate that grows from 0 to a fifth. Convolutions have no bias; they and the two dense layers
 * of an excitation start by He's normal distribution over the fan-out, the classifier at a
 * deviation of 0.01. Parameters have the names of torchvision's state dictionary.
 *
 * <p>By default 224x224x3 and 1,000 classes (ImageNet): 5,288,548 parameters, 386 million
 * multiply-adds. Any input will do, since the last pooling takes the mean over all pixels.
 *
 * @param input any image; each side is divided by 32
 * @param classes at least 1
 */
@JsonIgnoreProperties("type") // its only one
@JsonTypeName(EfficientNetB0.NAME)
public record EfficientNetB0(Shape input, int classes) implements Architecture {
  static final String NAME = "efficientnet_b0";

  private static final int STEM = 32;
  private static final int LAST = 1280;
  private static final float DROPPED = 0.2f;

  /** Channels of a block's input over those that an excitation squeezes them to. */
  private static final int SQUEEZE = 4;

  /**
   * A line of the table.
   *
   * @param expansion inner channels over those of the input
   * @param repeats blocks, of which the first has the stride
   */
  private record Stage(int expansion, int kernel, int channels, int repeats, int stride) {}

  private static final List<Stage> STAGES =
      List.of(
          new Stage(1, 3, 16, 1, 1),
          new Stage(6, 3, 24, 2, 2),
          new Stage(6, 5, 40, 2, 2),
          new Stage(6, 3, 80, 3, 2),
          new Stage(6, 5, 112, 3, 1),
          new Stage(6, 5, 192, 4, 2),
          new Stage(6, 3, 320, 1, 1));

  private static final int BLOCKS = STAGES.stream().mapToInt(Stage::repeats).sum();

  public EfficientNetB0 {
    ArchitectureRules.check(NAME, input, classes);
  }

  @JsonCreator
  static EfficientNetB0 parse(
      @JsonProperty("input") JsonNode input, @JsonProperty("classes") Integer classes) {
    return new EfficientNetB0(
        ArchitectureJson.inputOr(Shape.of(224, 224, 3), input), classes == null ? 1000 : classes);
  }

  @Override
  public Network network() {
    Network.Builder network = Network.input(input.toArray());
    String last = activated(network, "features.0.", convolution(STEM, 3).withStride(2));
    int channels = STEM;
    int block = 0;
    for (int stage = 0; stage < STAGES.size(); stage++) {
      Stage line = STAGES.get(stage);
      for (int i = 0; i < line.repeats(); i++) {
        String prefix = "features." + (stage + 1) + "." + i + ".";
        int stride = i == 0 ? line.stride() : 1;
        String narrow = narrowed(network, prefix + "block.", line, channels, stride);
        if (stride == 1 && channels == line.channels()) {
          network
              .then(prefix + "stochastic_depth", new StochasticDepth(DROPPED * block / BLOCKS))
              .join(prefix + "add", new Add(), prefix + "stochastic_depth", last);
          narrow = prefix + "add";
        }
        last = narrow;
        channels = line.channels();
        block++;
      }
    }
    activated(network, "features.8.", convolution(LAST, 1));
    return network
        .then("avgpool", new GlobalAvgPool())
        .then("classifier.0", new Dropout(DROPPED))
        .then("classifier.1", ZooLayers.dense(classes))
        .build();
  }

  /** The branch of an inverted residual; gives the name of its end. */
  private static String narrowed(
      Network.Builder network, String prefix, Stage line, int channels, int stride) {
    int inner = channels * line.expansion();
    int number = 0;
    if (line.expansion() > 1) {
      activated(network, prefix + number++ + ".", convolution(inner, 1));
    }
    Conv2d depthwise = convolution(inner, line.kernel()).withStride(stride).withGroups(inner);
    String filtered = activated(network, prefix + number++ + ".", depthwise);
    excite(network, prefix + number++ + ".", filtered, inner, channels / SQUEEZE);
    network
        .then(prefix + number + ".0", convolution(line.channels(), 1))
        .then(prefix + number + ".1", BatchNorm2d.standard());
    return prefix + number + ".1";
  }

  /** Squeeze-and-excitation: a factor for each channel, out of the means of all. */
  private static void excite(
      Network.Builder network, String prefix, String input, int channels, int squeezed) {
    network
        .then(prefix + "avgpool", new GlobalAvgPool())
        .then(prefix + "fc1", dense(squeezed))
        .then(prefix + "activation", new Silu())
        .then(prefix + "fc2", dense(channels))
        .then(prefix + "scale_activation", new Sigmoid())
        .join(prefix + "scale", new Multiply(), input, prefix + "scale_activation");
  }

  private static String activated(Network.Builder network, String prefix, Conv2d convolution) {
    network
        .then(prefix + "0", convolution)
        .then(prefix + "1", BatchNorm2d.standard())
        .then(prefix + "2", new Silu());
    return prefix + "2";
  }

  private static Conv2d convolution(int channels, int kernel) {
    return Conv2d.of(channels, kernel)
        .withPadding(Padding.of(kernel / 2))
        .withoutBias()
        .withInitializer(Initializer.HE_NORMAL_FAN_OUT);
  }

  private static Linear dense(int outFeatures) {
    return Linear.of(outFeatures).withInitializer(Initializer.HE_NORMAL_FAN_OUT);
  }
}
