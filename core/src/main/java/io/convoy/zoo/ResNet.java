package io.convoy.zoo;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.network.Network;
import io.convoy.tensor.Shape;
import io.convoy.zoo.ResidualBuilder.Block;

/**
 * Residual networks for large images, as in torchvision: a convolution of 7x7, a pooling, four
 * stages of blocks, projections where the shape changes.
 *
 * <ul>
 *   <li>ResNet (He, Zhang, Ren, Sun 2015, "Deep Residual Learning for Image Recognition", table 1),
 *       from 50 layers on with the stride in the 3x3 convolution (version 1.5).
 *   <li>ResNeXt (Xie, Girshick, Dollár, Tu, He 2016, "Aggregated Residual Transformations for Deep
 *       Neural Networks", table 1): the 3x3 convolution in 32 or 64 groups.
 *   <li>Wide ResNet (Zagoruyko, Komodakis 2016, "Wide Residual Networks", table 8): twice the inner
 *       channels.
 * </ul>
 *
 * <p>Convolutions start by He's normal distribution over the fan-out, the classifier at a deviation
 * of 0.01. Parameters have the names of torchvision's state dictionary. By default 224x224x3 and
 * 1,000 classes (ImageNet). Any input will do, since the last pooling takes the mean over all
 * pixels.
 *
 * @param input any image; each side is divided by 32
 * @param classes at least 1
 */
public record ResNet(Type type, Shape input, int classes) implements Architecture {
  /** Which of them. */
  public enum Type {
    @JsonProperty("resnet18")
    @JsonAlias("resnet-18")
    RESNET18,

    @JsonProperty("resnet34")
    RESNET34,

    @JsonProperty("resnet50")
    @JsonAlias("resnet-50")
    RESNET50,

    @JsonProperty("resnet101")
    RESNET101,

    @JsonProperty("resnet152")
    RESNET152,

    @JsonProperty("resnext50_32x4d")
    RESNEXT50_32X4D,

    @JsonProperty("resnext101_32x8d")
    RESNEXT101_32X8D,

    @JsonProperty("resnext101_64x4d")
    RESNEXT101_64X4D,

    @JsonProperty("wide_resnet50_2")
    WIDE_RESNET50_2,

    @JsonProperty("wide_resnet101_2")
    WIDE_RESNET101_2
  }

  /** A block, and how many there are in each stage. */
  private record Stages(Block block, int first, int second, int third, int fourth) {}

  private Stages stages() {
    return switch (type) {
      case RESNET18 -> new Stages(Block.BASIC, 2, 2, 2, 2);
      case RESNET34 -> new Stages(Block.BASIC, 3, 4, 6, 3);
      case RESNET50 -> new Stages(Block.BOTTLENECK, 3, 4, 6, 3);
      case RESNET101 -> new Stages(Block.BOTTLENECK, 3, 4, 23, 3);
      case RESNET152 -> new Stages(Block.BOTTLENECK, 3, 8, 36, 3);
      case RESNEXT50_32X4D -> new Stages(Block.bottleneck(32, 2), 3, 4, 6, 3);
      case RESNEXT101_32X8D -> new Stages(Block.bottleneck(32, 4), 3, 4, 23, 3);
      case RESNEXT101_64X4D -> new Stages(Block.bottleneck(64, 4), 3, 4, 23, 3);
      case WIDE_RESNET50_2 -> new Stages(Block.bottleneck(1, 2), 3, 4, 6, 3);
      case WIDE_RESNET101_2 -> new Stages(Block.bottleneck(1, 2), 3, 4, 23, 3);
    };
  }

  public ResNet {
    ArchitectureRules.check(type, input, classes);
  }

  @JsonCreator
  static ResNet parse(
      @JsonProperty("type") Type type,
      @JsonProperty("input") JsonNode input,
      @JsonProperty("classes") Integer classes) {
    return new ResNet(
        type,
        ArchitectureJson.inputOr(Shape.of(224, 224, 3), input),
        classes == null ? 1000 : classes);
  }

  @Override
  public Network network() {
    Stages stages = stages();
    return new ResidualBuilder(input)
        .stem(64, 7, 2)
        .maxPool()
        .stage("layer1", stages.block, stages.first, 64, 1)
        .stage("layer2", stages.block, stages.second, 128, 2)
        .stage("layer3", stages.block, stages.third, 256, 2)
        .stage("layer4", stages.block, stages.fourth, 512, 2)
        .classifier(classes);
  }
}
