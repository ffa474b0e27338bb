package io.convoy.zoo;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.init.Initializer;
import io.convoy.init.Normal;
import io.convoy.layer.Add;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.GlobalMaxPool;
import io.convoy.layer.Linear;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.operation.Padding;
import io.convoy.tensor.Shape;

/**
 * The small residual network that records in training time on CIFAR-10 were set with (Page 2018,
 * "How to train your ResNet", part 4; first in Stanford's DAWNBench): eight convolutions of 3x3,
 * four of them in two residual blocks, poolings between, and the maximum over what is left. The
 * paper multiplies the logits by 0.125; here the classifier starts that much smaller instead.
 *
 * <p>By default 32x32x3 and 10 classes (CIFAR-10): 6,573,120 parameters, 379 million multiply-adds.
 *
 * @param input at least 8x8 pixels
 * @param classes at least 1
 */
@JsonIgnoreProperties("type") // its only one
@JsonTypeName(ResNet9.NAME)
public record ResNet9(Shape input, int classes) implements Architecture {
  static final String NAME = "resnet9";

  /** Three poolings halve it. */
  private static final int LEAST_SIDE = 8;

  public ResNet9 {
    ArchitectureRules.check(NAME, input, classes);
    ArchitectureRules.checkSide(NAME, input, LEAST_SIDE);
  }

  @JsonCreator
  static ResNet9 parse(
      @JsonProperty("input") JsonNode input, @JsonProperty("classes") Integer classes) {
    return new ResNet9(
        ArchitectureJson.inputOr(Shape.of(32, 32, 3), input), classes == null ? 10 : classes);
  }

  @Override
  public Network network() {
    Network.Builder network = Network.input(input.toArray());
    convolution(network, "prep", 64);
    convolution(network, "layer1", 128);
    network.then("layer1.pool", MaxPool2d.of(2));
    residual(network, "layer1", 128);
    convolution(network, "layer2", 256);
    network.then("layer2.pool", MaxPool2d.of(2));
    convolution(network, "layer3", 512);
    network.then("layer3.pool", MaxPool2d.of(2));
    residual(network, "layer3", 512);
    return network
        .then("pool", new GlobalMaxPool())
        .then("fc", new Linear(classes, false, new Normal(0.0025)))
        .build();
  }

  private static void residual(Network.Builder network, String layer, int channels) {
    convolution(network, layer + ".residual.1", channels);
    convolution(network, layer + ".residual.2", channels);
    network.join(layer + ".add", new Add(), layer + ".residual.2.relu", layer + ".pool");
  }

  private static void convolution(Network.Builder network, String name, int channels) {
    network
        .then(
            name + ".conv",
            Conv2d.of(channels, 3)
                .withPadding(Padding.of(1))
                .withoutBias()
                .withInitializer(Initializer.HE_NORMAL_FAN_OUT))
        .then(name + ".bn", BatchNorm2d.standard())
        .then(name + ".relu", new Relu());
  }
}
