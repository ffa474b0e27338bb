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
 * AlexNet as in the paper (Krizhevsky, Sutskever, Hinton 2012, "ImageNet Classification with Deep
 * Convolutional Neural Networks", figure 2, section 3): its two halves, which were trained on two
 * processors, are two groups in the second, fourth and fifth convolution. Local response
 * normalisation follows the first two. All weights start at a deviation of 0.01, as in the paper;
 * biases at zero, where the paper has 1 for some.
 *
 * <p>By default 227x227x3 and 1,000 classes (ImageNet): 60,965,224 parameters, 724 million
 * multiply-adds. The paper says 224x224, from which its 55x55 pixels do not follow.
 *
 * @param input at least 67x67 pixels
 * @param classes at least 1
 */
@JsonIgnoreProperties("type") // its only one
@JsonTypeName(AlexNet2012.NAME)
public record AlexNet2012(Shape input, int classes) implements Architecture {
  static final String NAME = "alexnet_2012";

  private static final int HIDDEN = 4096;

  public AlexNet2012 {
    ArchitectureRules.check(NAME, input, classes);
    ArchitectureRules.checkSide(NAME, input, 67);
  }

  @JsonCreator
  static AlexNet2012 parse(
      @JsonProperty("input") JsonNode input, @JsonProperty("classes") Integer classes) {
    return new AlexNet2012(
        ArchitectureJson.inputOr(Shape.of(227, 227, 3), input), classes == null ? 1000 : classes);
  }

  @Override
  public Network network() {
    return Network.input(input.toArray())
        .then("conv1", convolution(96, 11, 0, 1).withStride(4))
        .then("relu1", new Relu())
        .then("norm1", normalization())
        .then("pool1", pooling())
        .then("conv2", convolution(256, 5, 2, 2))
        .then("relu2", new Relu())
        .then("norm2", normalization())
        .then("pool2", pooling())
        .then("conv3", convolution(384, 3, 1, 1))
        .then("relu3", new Relu())
        .then("conv4", convolution(384, 3, 1, 2))
        .then("relu4", new Relu())
        .then("conv5", convolution(256, 3, 1, 2))
        .then("relu5", new Relu())
        .then("pool5", pooling())
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

  private static Conv2d convolution(int channels, int kernel, int padding, int groups) {
    return Conv2d.of(channels, kernel)
        .withPadding(Padding.of(padding))
        .withGroups(groups)
        .withInitializer(new Normal(0.01));
  }

  /** The paper's alpha of 1e-4 is not divided by the size. */
  private static LocalResponseNorm normalization() {
    return new LocalResponseNorm(5, 5e-4f, 0.75f, 2f);
  }

  private static MaxPool2d pooling() {
    return new MaxPool2d(Extent.square(3), Extent.square(2), Padding.VALID);
  }
}
