package io.convoy.zoo;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.layer.AvgPool2d;
import io.convoy.layer.Dropout;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.MaxPool2d;
import io.convoy.network.Network;
import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import io.convoy.tensor.Shape;

/**
 * Inception-v3 (Szegedy, Vanhoucke, Ioffe, Shlens, Wojna 2015, "Rethinking the Inception
 * Architecture for Computer Vision", table 1, figures 5 to 7 and 10), as in torchvision.
 * Convolutions start by He's normal distribution over the fan-out, the classifier at a deviation of
 * 0.01. Parameters have the names of torchvision's state dictionary.
 *
 * <p>By default 299x299x3 and 1,000 classes (ImageNet): 23,834,568 parameters, 5.71 billion
 * multiply-adds. Any input will do whose poolings leave a pixel, since the last takes the mean.
 *
 * <p>The auxiliary classifier (section 4), which steadies the end of a training, has 3,326,696
 * parameters more, for training alone.
 *
 * @param input at least 75x75 pixels, with the auxiliary head 299x299
 * @param classes at least 1
 * @param auxiliaryHeads whether it has the auxiliary classifier, by default no
 * @param auxiliaryWeight what its loss is multiplied by, above 0; 0.4, that of the authors' code,
 *     by default
 */
@JsonIgnoreProperties("type") // its only one
@JsonTypeName(InceptionV3.NAME)
public record InceptionV3(Shape input, int classes, boolean auxiliaryHeads, double auxiliaryWeight)
    implements Architecture {
  static final String NAME = "inception_v3";

  private static final double AUXILIARY_WEIGHT = 0.4;

  public InceptionV3 {
    ArchitectureRules.check(NAME, input, classes);
    ArchitectureRules.checkSide(NAME, input, 75);
    ArchitectureRules.checkHeads(NAME, input, auxiliaryHeads, 299, auxiliaryWeight);
  }

  /** Without the auxiliary head. */
  public InceptionV3(Shape input, int classes) {
    this(input, classes, false, AUXILIARY_WEIGHT);
  }

  @JsonCreator
  static InceptionV3 parse(
      @JsonProperty("input") JsonNode input,
      @JsonProperty("classes") Integer classes,
      @JsonProperty("auxiliaryHeads") boolean auxiliaryHeads,
      @JsonProperty("auxiliaryWeight") Double auxiliaryWeight) {
    return new InceptionV3(
        ArchitectureJson.inputOr(Shape.of(299, 299, 3), input),
        classes == null ? 1000 : classes,
        auxiliaryHeads,
        auxiliaryWeight == null ? AUXILIARY_WEIGHT : auxiliaryWeight);
  }

  @Override
  public Network network() {
    InceptionBuilder network =
        new InceptionBuilder(input)
            .convolution("Conv2d_1a_3x3", 32, 3, 2, 0)
            .convolution("Conv2d_2a_3x3", 32, 3, 1, 0)
            .convolution("Conv2d_2b_3x3", 64, 3, 1, 1)
            .pool("maxpool1", maxPooling())
            .convolution("Conv2d_3b_1x1", 80, 1, 1, 0)
            .convolution("Conv2d_4a_3x3", 192, 3, 1, 0)
            .pool("maxpool2", maxPooling());
    small(network, "Mixed_5b", 32);
    small(network, "Mixed_5c", 64);
    small(network, "Mixed_5d", 64);
    firstReduction(network, "Mixed_6a");
    factorised(network, "Mixed_6b", 128);
    factorised(network, "Mixed_6c", 160);
    factorised(network, "Mixed_6d", 160);
    factorised(network, "Mixed_6e", 192);
    secondReduction(network, "Mixed_7a");
    wide(network, "Mixed_7b");
    wide(network, "Mixed_7c");
    Network.Builder whole =
        network
            .then("avgpool", new GlobalAvgPool())
            .then("dropout", new Dropout(0.5f))
            .then("fc", ZooLayers.dense(classes))
            .output("fc");
    if (auxiliaryHeads) { // last, so that all else starts and trains as it does without it
      addHead(network);
    }
    return whole.build();
  }

  private void addHead(InceptionBuilder network) {
    network
        .from("Mixed_6e.concat")
        .pool("AuxLogits.avgpool", GoogLeNet.BEFORE_HEADS)
        .convolution("AuxLogits.conv0", 128, 1, 1, 0)
        .convolution("AuxLogits.conv1", 768, 5, 1, 0)
        .then("AuxLogits.mean", new GlobalAvgPool())
        .then("AuxLogits.fc", ZooLayers.dense(classes))
        .auxiliary("AuxLogits.fc", auxiliaryWeight);
  }

  /** Figure 5: the 5x5 beside two 3x3. */
  private static void small(InceptionBuilder network, String name, int pooled) {
    String prefix = name + ".";
    network
        .module(name)
        .branch()
        .convolution(prefix + "branch1x1", 64, 1, 1, 0)
        .branch()
        .convolution(prefix + "branch5x5_1", 48, 1, 1, 0)
        .convolution(prefix + "branch5x5_2", 64, 5, 1, 2)
        .branch()
        .convolution(prefix + "branch3x3dbl_1", 64, 1, 1, 0)
        .convolution(prefix + "branch3x3dbl_2", 96, 3, 1, 1)
        .convolution(prefix + "branch3x3dbl_3", 96, 3, 1, 1);
    pooled(network, prefix, pooled);
  }

  /** Figure 10, from 35x35 to 17x17 pixels. */
  private static void firstReduction(InceptionBuilder network, String name) {
    String prefix = name + ".";
    network
        .module(name)
        .branch()
        .convolution(prefix + "branch3x3", 384, 3, 2, 0)
        .branch()
        .convolution(prefix + "branch3x3dbl_1", 64, 1, 1, 0)
        .convolution(prefix + "branch3x3dbl_2", 96, 3, 1, 1)
        .convolution(prefix + "branch3x3dbl_3", 96, 3, 2, 0)
        .branch()
        .pool(prefix + "maxpool", maxPooling())
        .joined();
  }

  /** Figure 6: 7x7 as 1x7 and 7x1. */
  private static void factorised(InceptionBuilder network, String name, int inner) {
    String prefix = name + ".";
    network
        .module(name)
        .branch()
        .convolution(prefix + "branch1x1", 192, 1, 1, 0)
        .branch()
        .convolution(prefix + "branch7x7_1", inner, 1, 1, 0)
        .rectangle(prefix + "branch7x7_2", inner, 1, 7)
        .rectangle(prefix + "branch7x7_3", 192, 7, 1)
        .branch()
        .convolution(prefix + "branch7x7dbl_1", inner, 1, 1, 0)
        .rectangle(prefix + "branch7x7dbl_2", inner, 7, 1)
        .rectangle(prefix + "branch7x7dbl_3", inner, 1, 7)
        .rectangle(prefix + "branch7x7dbl_4", inner, 7, 1)
        .rectangle(prefix + "branch7x7dbl_5", 192, 1, 7);
    pooled(network, prefix, 192);
  }

  /** Figure 10, from 17x17 to 8x8 pixels. */
  private static void secondReduction(InceptionBuilder network, String name) {
    String prefix = name + ".";
    network
        .module(name)
        .branch()
        .convolution(prefix + "branch3x3_1", 192, 1, 1, 0)
        .convolution(prefix + "branch3x3_2", 320, 3, 2, 0)
        .branch()
        .convolution(prefix + "branch7x7x3_1", 192, 1, 1, 0)
        .rectangle(prefix + "branch7x7x3_2", 192, 1, 7)
        .rectangle(prefix + "branch7x7x3_3", 192, 7, 1)
        .convolution(prefix + "branch7x7x3_4", 192, 3, 2, 0)
        .branch()
        .pool(prefix + "maxpool", maxPooling())
        .joined();
  }

  /** Figure 7: 1x3 and 3x1 side by side. */
  private static void wide(InceptionBuilder network, String name) {
    String prefix = name + ".";
    network
        .module(name)
        .branch()
        .convolution(prefix + "branch1x1", 320, 1, 1, 0)
        .branch()
        .convolution(prefix + "branch3x3_1", 384, 1, 1, 0)
        .rectangle(prefix + "branch3x3_2a", 384, 1, 3)
        .fork(prefix + "branch3x3_1")
        .rectangle(prefix + "branch3x3_2b", 384, 3, 1)
        .branch()
        .convolution(prefix + "branch3x3dbl_1", 448, 1, 1, 0)
        .convolution(prefix + "branch3x3dbl_2", 384, 3, 1, 1)
        .rectangle(prefix + "branch3x3dbl_3a", 384, 1, 3)
        .fork(prefix + "branch3x3dbl_2")
        .rectangle(prefix + "branch3x3dbl_3b", 384, 3, 1);
    pooled(network, prefix, 192);
  }

  /** The last branch of a module: the mean around each pixel. */
  private static void pooled(InceptionBuilder network, String prefix, int channels) {
    network
        .branch()
        .pool(
            prefix + "avgpool",
            new AvgPool2d(Extent.square(3), Extent.square(1), Padding.of(1), true))
        .convolution(prefix + "branch_pool", channels, 1, 1, 0)
        .joined();
  }

  private static MaxPool2d maxPooling() {
    return new MaxPool2d(Extent.square(3), Extent.square(2), Padding.VALID);
  }
}
