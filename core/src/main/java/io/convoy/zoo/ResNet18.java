package io.convoy.zoo;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.network.Network;
import io.convoy.tensor.Shape;
import io.convoy.zoo.ResidualBuilder.Block;

/**
 * ResNet-18 (He, Zhang, Ren, Sun 2015, "Deep Residual Learning for Image Recognition", table 1), as
 * in torchvision: four stages of two basic blocks with 64, 128, 256 and 512 channels, projections
 * where the shape changes. Convolutions start by He's normal distribution over the fan-out, the
 * classifier at a deviation of 0.01. Parameters have the names of torchvision's state dictionary.
 *
 * <p>By default 224x224x3 and 1,000 classes (ImageNet): 11,689,512 parameters, 1.814 billion
 * multiply-adds. Any input will do, since the last pooling takes the mean over all pixels.
 *
 * @param input any image; each side is divided by 32
 * @param classes at least 1
 */
@JsonTypeName(ResNet18.NAME)
public record ResNet18(Shape input, int classes) implements Architecture {
  static final String NAME = "resnet-18";

  public ResNet18 {
    ArchitectureRules.check(NAME, input, classes);
  }

  @JsonCreator
  static ResNet18 parse(
      @JsonProperty("input") JsonNode input, @JsonProperty("classes") Integer classes) {
    return new ResNet18(
        ArchitectureJson.inputOr(Shape.of(224, 224, 3), input), classes == null ? 1000 : classes);
  }

  @Override
  public Network network() {
    return new ResidualBuilder(input)
        .stem(64, 7, 2)
        .maxPool()
        .stage("layer1", Block.BASIC, 2, 64, 1)
        .stage("layer2", Block.BASIC, 2, 128, 2)
        .stage("layer3", Block.BASIC, 2, 256, 2)
        .stage("layer4", Block.BASIC, 2, 512, 2)
        .classifier(classes);
  }
}
