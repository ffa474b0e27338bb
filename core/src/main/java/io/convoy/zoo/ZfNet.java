package io.convoy.zoo;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.init.Normal;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Dropout;
import io.convoy.layer.Flatten;
import io.convoy.layer.LocalResponseNorm;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import io.convoy.tensor.Shape;

/**
 * ZFNet (Zeiler, Fergus 2013, "Visualizing and Understanding Convolutional Networks", figure 3): an
 * AlexNet without groups, whose first convolution is smaller and reads more densely. The paper's
 * contrast normalisation is local response normalisation, as in AlexNet. All weights start at a
 * deviation of 0.01, biases at zero.
 *
 * <p>By default 224x224x3 and 1,000 classes (ImageNet): 62,357,608 parameters, 1.17 billion
 * multiply-adds.
 *
 * @param input at least 53x53 pixels
 * @param classes at least 1
 */
@JsonIgnoreProperties("type") // its only one
@JsonTypeName(ZfNet.NAME)
public record ZfNet(Shape input, int classes) implements Architecture {
  static final String NAME = "zfnet";

  private static final int HIDDEN = 4096;

  public ZfNet {
    ArchitectureRules.check(NAME, input, classes);
    ArchitectureRules.checkSide(NAME, input, 53);
  }

  @JsonCreator
  static ZfNet parse(
      @JsonProperty("input") JsonNode input, @JsonProperty("classes") Integer classes) {
    return new ZfNet(
        ArchitectureJson.inputOr(Shape.of(224, 224, 3), input), classes == null ? 1000 : classes);
  }

  @Override
  public Network network() {
    return Network.input(input.toArray())
        .then("conv1", convolution(96, 7, 1).withStride(2))
        .then("relu1", new Relu())
        .then("pool1", pooling(1))
        .then("norm1", normalization())
        .then("conv2", convolution(256, 5, 0).withStride(2))
        .then("relu2", new Relu())
        .then("pool2", pooling(1))
        .then("norm2", normalization())
        .then("conv3", convolution(384, 3, 1))
        .then("relu3", new Relu())
        .then("conv4", convolution(384, 3, 1))
        .then("relu4", new Relu())
        .then("conv5", convolution(256, 3, 1))
        .then("relu5", new Relu())
        .then("pool5", pooling(0))
        .then("flatten", new Flatten())
        .then("fc6", ZooLayers.dense(HIDDEN))
        .then("relu6", new Relu())
        .then("drop6", new Dropout(0.5f))
        .then("fc7", ZooLayers.dense(HIDDEN))
        .then("relu7", new Relu())
        .then("drop7", new Dropout(0.5f))
        .then("fc8", ZooLayers.dense(classes))
        .build();
  }

  private static Conv2d convolution(int channels, int kernel, int padding) {
    return Conv2d.of(channels, kernel)
        .withPadding(Padding.of(padding))
        .withInitializer(new Normal(0.01));
  }

  private static LocalResponseNorm normalization() {
    return new LocalResponseNorm(5, 5e-4f, 0.75f, 2f);
  }

  private static MaxPool2d pooling(int padding) {
    return new MaxPool2d(Extent.square(3), Extent.square(2), Padding.of(padding));
  }
}
