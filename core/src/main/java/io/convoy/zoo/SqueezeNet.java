package io.convoy.zoo;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.init.Initializer;
import io.convoy.init.Normal;
import io.convoy.layer.Concat;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Dropout;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * SqueezeNet (Iandola, Han, Moskewicz, Ashraf, Dally, Keutzer 2016, "SqueezeNet: AlexNet-level
 * accuracy with 50x fewer parameters", table 1; version 1.1 is of its authors' repository), as in
 * torchvision. A fire module squeezes its input by a 1x1 convolution, expands it by a 1x1 and a 3x3
 * side by side, and joins both. The classifier is a 1x1 convolution, and the mean of each channel.
 * Convolutions start by He's uniform distribution, the last one at a deviation of 0.01. Parameters
 * have the names of torchvision's state dictionary.
 *
 * <p>By default 224x224x3 and 1,000 classes (ImageNet): 1,235,496 parameters and 349 million
 * multiply-adds of version 1.1, 1,248,424 and 819 million of 1.0. Any input will do whose poolings
 * leave a pixel, since the last takes the mean.
 *
 * @param input at least 25x25 pixels, for version 1.0 29x29
 * @param classes at least 1
 */
public record SqueezeNet(Type type, Shape input, int classes) implements Architecture {
  /** Which of both versions. */
  public enum Type {
    @JsonProperty("squeezenet1_0")
    SQUEEZENET1_0,

    @JsonProperty("squeezenet1_1")
    SQUEEZENET1_1
  }

  /** A pooling of 3x3 at every second pixel, in the plan. */
  private static final int POOL = 0;

  /** Channels of each fire module's squeezing convolution, and the poolings between. */
  private List<Integer> plan() {
    return switch (type) {
      case SQUEEZENET1_0 -> List.of(POOL, 16, 16, 32, POOL, 32, 48, 48, 64, POOL, 64);
      case SQUEEZENET1_1 -> List.of(POOL, 16, 16, POOL, 32, 32, POOL, 48, 48, 64, 64);
    };
  }

  public SqueezeNet {
    ArchitectureRules.check(type, input, classes);
    ArchitectureRules.checkSide(type, input, type == Type.SQUEEZENET1_0 ? 29 : 25);
  }

  @JsonCreator
  static SqueezeNet parse(
      @JsonProperty("type") Type type,
      @JsonProperty("input") JsonNode input,
      @JsonProperty("classes") Integer classes) {
    return new SqueezeNet(
        type,
        ArchitectureJson.inputOr(Shape.of(224, 224, 3), input),
        classes == null ? 1000 : classes);
  }

  @Override
  public Network network() {
    Network.Builder network = Network.input(input.toArray());
    boolean first = type == Type.SQUEEZENET1_0;
    network
        .then("features.0", convolution(first ? 96 : 64, first ? 7 : 3).withStride(2))
        .then("features.1", new Relu());
    int number = 2;
    for (int squeezed : plan()) {
      String name = "features." + number++;
      if (squeezed == POOL) {
        network.then(name, new MaxPool2d(Extent.square(3), Extent.square(2), Padding.VALID, true));
      } else {
        fire(network, name + ".", squeezed);
      }
    }
    return network
        .then("classifier.0", new Dropout(0.5f))
        .then("classifier.1", convolution(classes, 1).withInitializer(new Normal(0.01)))
        .then("classifier.2", new Relu())
        .then("classifier.3", new GlobalAvgPool())
        .build();
  }

  private static void fire(Network.Builder network, String prefix, int squeezed) {
    int expanded = 4 * squeezed;
    String squeeze = prefix + "squeeze_activation";
    network
        .then(prefix + "squeeze", convolution(squeezed, 1))
        .then(squeeze, new Relu())
        .then(prefix + "expand1x1", convolution(expanded, 1))
        .then(prefix + "expand1x1_activation", new Relu())
        .join(prefix + "expand3x3", convolution(expanded, 3).withPadding(Padding.of(1)), squeeze)
        .then(prefix + "expand3x3_activation", new Relu())
        .join(
            prefix + "concat",
            new Concat(),
            prefix + "expand1x1_activation",
            prefix + "expand3x3_activation");
  }

  private static Conv2d convolution(int channels, int kernel) {
    return Conv2d.of(channels, kernel).withInitializer(Initializer.HE_UNIFORM);
  }
}
