package io.convoy.zoo;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.init.Initializer;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Dropout;
import io.convoy.layer.Flatten;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * AlexNet as in torchvision (Krizhevsky 2014, "One weird trick for parallelizing convolutional
 * neural networks"): five convolutions, three poolings of 3x3 at every second pixel, and three
 * dense layers with dropout of a half before the first two. Unlike the network of 2012 it has no
 * groups and no local response normalisation. Convolutions start by He's normal distribution over
 * the fan-out, dense layers at a deviation of 0.01, biases at zero. Parameters have the names of
 * torchvision's state dictionary.
 *
 * <p>By default 224x224x3 and 1,000 classes (ImageNet): 61,100,840 parameters, 714 million
 * multiply-adds. The first dense layer takes all pixels that are left, and so has as many weights
 * as the input asks for; torchvision's pools to 6x6 first, which at 224x224 alters nothing.
 *
 * @param input at least 63x63 pixels
 * @param classes at least 1
 */
@JsonIgnoreProperties("type") // its only one
@JsonTypeName(AlexNet.NAME)
public record AlexNet(Shape input, int classes) implements Architecture {
  static final String NAME = "alexnet";

  private static final int HIDDEN = 4096;

  public AlexNet {
    ArchitectureRules.check(NAME, input, classes);
    ArchitectureRules.checkSide(NAME, input, 63);
  }

  @JsonCreator
  static AlexNet parse(
      @JsonProperty("input") JsonNode input, @JsonProperty("classes") Integer classes) {
    return new AlexNet(
        ArchitectureJson.inputOr(Shape.of(224, 224, 3), input), classes == null ? 1000 : classes);
  }

  @Override
  public Network network() {
    Network.Builder network = Network.input(input.toArray());
    ZooLayers.numbered(
        network,
        "features.",
        List.of(
            convolution(64, 11, 2).withStride(4),
            new Relu(),
            pooling(),
            convolution(192, 5, 2),
            new Relu(),
            pooling(),
            convolution(384, 3, 1),
            new Relu(),
            convolution(256, 3, 1),
            new Relu(),
            convolution(256, 3, 1),
            new Relu(),
            pooling()));
    network.then("flatten", new Flatten());
    ZooLayers.numbered(
        network,
        "classifier.",
        List.of(
            new Dropout(0.5f),
            ZooLayers.dense(HIDDEN),
            new Relu(),
            new Dropout(0.5f),
            ZooLayers.dense(HIDDEN),
            new Relu(),
            ZooLayers.dense(classes)));
    return network.build();
  }

  private static Conv2d convolution(int channels, int kernel, int padding) {
    return Conv2d.of(channels, kernel)
        .withPadding(Padding.of(padding))
        .withInitializer(Initializer.HE_NORMAL_FAN_OUT);
  }

  private static MaxPool2d pooling() {
    return new MaxPool2d(Extent.square(3), Extent.square(2), Padding.VALID);
  }
}
