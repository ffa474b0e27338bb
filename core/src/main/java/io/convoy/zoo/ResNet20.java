package io.convoy.zoo;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.network.Network;
import io.convoy.tensor.Shape;
import io.convoy.zoo.ResidualBuilder.Block;

/**
 * ResNet-20 for small images (He, Zhang, Ren, Sun 2015, "Deep Residual Learning for Image
 * Recognition", section 4.2, n = 3): a convolution of 3x3 and three stages of three basic blocks
 * with 16, 32 and 64 channels. Convolutions start by He's normal distribution over the fan-out, the
 * classifier at a deviation of 0.01. Parameters have the names of torchvision's state dictionary.
 *
 * <p>Where the shape changes, the shortcut is a 1x1 convolution with batch normalisation (option
 * B); the paper takes every second pixel and zeros for the new channels (option A), which has 2,752
 * parameters less.
 *
 * <p>By default 32x32x3 and 10 classes (CIFAR-10): 272,474 parameters, 40.8 million multiply-adds.
 * Any input will do, since the last pooling takes the mean over all pixels.
 *
 * @param input any image; each side is divided by 4
 * @param classes at least 1
 */
@JsonTypeName(ResNet20.NAME)
public record ResNet20(Shape input, int classes) implements Architecture {
  static final String NAME = "resnet-20";

  public ResNet20 {
    ArchitectureRules.check(NAME, input, classes);
  }

  @JsonCreator
  static ResNet20 parse(
      @JsonProperty("input") JsonNode input, @JsonProperty("classes") Integer classes) {
    return new ResNet20(
        ArchitectureJson.inputOr(Shape.of(32, 32, 3), input), classes == null ? 10 : classes);
  }

  @Override
  public Network network() {
    return new ResidualBuilder(input)
        .stem(16, 3, 1)
        .stage("layer1", Block.BASIC, 3, 16, 1)
        .stage("layer2", Block.BASIC, 3, 32, 2)
        .stage("layer3", Block.BASIC, 3, 64, 2)
        .classifier(classes);
  }
}
