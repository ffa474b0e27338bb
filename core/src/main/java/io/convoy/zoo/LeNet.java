package io.convoy.zoo;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.operation.Padding;
import io.convoy.tensor.Shape;

/**
 * A network in the manner of LeNet-5 (LeCun, Bottou, Bengio, Haffner 1998), as wide as it has
 * become usual on MNIST: two convolutions of 5x5 with 32 and 64 channels, each with ReLU and a
 * pooling of 2x2, a dense layer of 1,024, and the classes. It is the network of TensorFlow's
 * tutorial "Deep MNIST for Experts" without its dropout. Weights start by He's normal distribution.
 *
 * <p>By default 28x28x1 and 10 classes: 3,274,634 parameters, 13.9 million multiply-adds.
 *
 * @param input at least 4x4 pixels
 * @param classes at least 1
 */
@JsonIgnoreProperties("type") // its only one
@JsonTypeName(LeNet.NAME)
public record LeNet(Shape input, int classes) implements Architecture {
  static final String NAME = "lenet";

  /** Two poolings halve it. */
  private static final int LEAST_SIDE = 4;

  public LeNet {
    ArchitectureRules.check(NAME, input, classes);
    ArchitectureRules.checkSide(NAME, input, LEAST_SIDE);
  }

  @JsonCreator
  static LeNet parse(
      @JsonProperty("input") JsonNode input, @JsonProperty("classes") Integer classes) {
    return new LeNet(
        ArchitectureJson.inputOr(Shape.of(28, 28, 1), input), classes == null ? 10 : classes);
  }

  @Override
  public Network network() {
    return Network.input(input.toArray())
        .then("conv1", Conv2d.of(32, 5).withPadding(Padding.SAME))
        .then("relu1", new Relu())
        .then("pool1", MaxPool2d.of(2))
        .then("conv2", Conv2d.of(64, 5).withPadding(Padding.SAME))
        .then("relu2", new Relu())
        .then("pool2", MaxPool2d.of(2))
        .then("flatten", new Flatten())
        .then("fc1", Linear.of(1024))
        .then("relu3", new Relu())
        .then("fc2", Linear.of(classes))
        .build();
  }
}
