package io.convoy.zoo;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.network.Network;
import io.convoy.tensor.Shape;
import io.convoy.zoo.ResidualBuilder.Block;

/**
 * Residual networks for small images (He, Zhang, Ren, Sun 2015, "Deep Residual Learning for Image
 * Recognition", section 4.2): a convolution of 3x3 and three stages of n basic blocks with 16, 32
 * and 64 channels, 6 n + 2 layers. Convolutions start by He's normal distribution over the fan-out,
 * the classifier at a deviation of 0.01. Parameters are named as in torchvision's residual
 * networks.
 *
 * <p>Where the shape changes, the shortcut is a 1x1 convolution with batch normalisation (option
 * B). The paper takes every second pixel, and zeros for half of the new channels before and half
 * behind (option A), which has 2,752 parameters less; so do many published weights.
 *
 * <p>By default 32x32x3 and 10 classes (CIFAR-10). Any input will do, since the last pooling takes
 * the mean over all pixels.
 *
 * @param input any image; each side is divided by 4
 * @param classes at least 1
 * @param shortcut where the shape changes, {@code projection} by default
 */
public record CifarResNet(Type type, Shape input, int classes, Shortcut shortcut)
    implements Architecture {
  /** Which of them: the paper's n. */
  public enum Type {
    @JsonProperty("resnet20")
    @JsonAlias("resnet-20")
    RESNET20(3),

    @JsonProperty("resnet32")
    RESNET32(5),

    @JsonProperty("resnet44")
    RESNET44(7),

    @JsonProperty("resnet56")
    RESNET56(9),

    @JsonProperty("resnet110")
    RESNET110(18);

    private final int blocks;

    Type(int blocks) {
      this.blocks = blocks;
    }
  }

  /** What stands beside a block that changes the shape. */
  public enum Shortcut {
    /** A 1x1 convolution: option B. */
    @JsonProperty("projection")
    PROJECTION,

    /** Every second pixel, and channels of zeros: option A. */
    @JsonProperty("padding")
    PADDING
  }

  /** With projections. */
  public CifarResNet(Type type, Shape input, int classes) {
    this(type, input, classes, Shortcut.PROJECTION);
  }

  public CifarResNet {
    ArchitectureRules.check(type, input, classes);
  }

  @JsonCreator
  static CifarResNet parse(
      @JsonProperty("type") Type type,
      @JsonProperty("input") JsonNode input,
      @JsonProperty("classes") Integer classes,
      @JsonProperty("shortcut") Shortcut shortcut) {
    return new CifarResNet(
        type,
        ArchitectureJson.inputOr(Shape.of(32, 32, 3), input),
        classes == null ? 10 : classes,
        shortcut == null ? Shortcut.PROJECTION : shortcut);
  }

  @Override
  public Network network() {
    return new ResidualBuilder(input, shortcut == Shortcut.PADDING)
        .stem(16, 3, 1)
        .stage("layer1", Block.BASIC, type.blocks, 16, 1)
        .stage("layer2", Block.BASIC, type.blocks, 32, 2)
        .stage("layer3", Block.BASIC, type.blocks, 64, 2)
        .classifier(classes);
  }
}
