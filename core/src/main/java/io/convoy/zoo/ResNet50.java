package io.convoy.zoo;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.network.Network;
import io.convoy.tensor.Shape;
import io.convoy.zoo.ResidualBuilder.Block;

/**
 * ResNet-50 (He, Zhang, Ren, Sun 2015, "Deep Residual Learning for Image Recognition", table 1), as
 * in torchvision: stages of 3, 4, 6 and 3 bottlenecks with 256, 512, 1,024 and 2,048 channels, the
 * stride in the 3x3 convolution (version 1.5), projections where the shape changes. Convolutions
 * start by He's normal distribution over the fan-out, the classifier at a deviation of 0.01.
 * Parameters have the names of torchvision's state dictionary.
 *
 * <p>By default 224x224x3 and 1,000 classes (ImageNet): 25,557,032 parameters, 4.089 billion
 * multiply-adds. Any input will do, since the last pooling takes the mean over all pixels.
 *
 * @param input any image; each side is divided by 32
 * @param classes at least 1
 */
@JsonTypeName(ResNet50.NAME)
public record ResNet50(Shape input, int classes) implements Architecture {
  static final String NAME = "resnet-50";

  public ResNet50 {
    ArchitectureRules.check(NAME, input, classes);
  }

  @JsonCreator
  static ResNet50 parse(
      @JsonProperty("input") JsonNode input, @JsonProperty("classes") Integer classes) {
    return new ResNet50(
        ArchitectureJson.inputOr(Shape.of(224, 224, 3), input), classes == null ? 1000 : classes);
  }

  @Override
  public Network network() {
    return new ResidualBuilder(input)
        .stem(64, 7, 2)
        .maxPool()
        .stage("layer1", Block.BOTTLENECK, 3, 64, 1)
        .stage("layer2", Block.BOTTLENECK, 4, 128, 2)
        .stage("layer3", Block.BOTTLENECK, 6, 256, 2)
        .stage("layer4", Block.BOTTLENECK, 3, 512, 2)
        .classifier(classes);
  }
}
