package io.convoy.zoo;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.layer.AvgPool2d;
import io.convoy.layer.Dropout;
import io.convoy.layer.Flatten;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * GoogLeNet (Szegedy, Liu, Jia, Sermanet, Reed, Anguelov, Erhan, Vanhoucke, Rabinovich 2014, "Going
 * Deeper with Convolutions", table 1), as in torchvision: each convolution has batch normalisation
 * instead of a bias, there is no local response normalisation, and where the paper has 5x5
 * convolutions there are 3x3. Convolutions start by He's normal distribution over the fan-out,
 * dense layers at a deviation of 0.01. Parameters have the names of torchvision's state dictionary.
 *
 * <p>By default 224x224x3 and 1,000 classes (ImageNet): 6,624,904 parameters, 1.50 billion
 * multiply-adds. Any input will do whose poolings leave a pixel, since the last takes the mean.
 *
 * <p>The two auxiliary classifiers (section 5) bring a gradient to the middle of the network:
 * 6,379,984 parameters more, for training alone. Before each is a mean over 5x5 pixels at every
 * third, as in the paper. From 14x14 pixels torchvision takes means of 4x4 that overlap by one or
 * two; the classifier sees 4x4 of them either way.
 *
 * @param input at least 31x31 pixels, with auxiliary heads 79x79
 * @param classes at least 1
 * @param auxiliaryHeads whether it has the auxiliary classifiers, by default no
 * @param auxiliaryWeight what the loss of each is multiplied by, above 0; 0.3, the paper's, by
 *     default
 */
@JsonIgnoreProperties("type") // its only one
@JsonTypeName(GoogLeNet.NAME)
public record GoogLeNet(Shape input, int classes, boolean auxiliaryHeads, double auxiliaryWeight)
    implements Architecture {
  static final String NAME = "googlenet";

  /**
   * A row of the table: channels of each branch, of its first convolution where it has two.
   *
   * @param reduce3 before the 3x3
   * @param reduce5 before what is a 5x5 in the paper
   * @param pool behind the pooling
   */
  private record Module(
      String name, int one, int reduce3, int three, int reduce5, int five, int pool) {}

  private static final List<List<Module>> STAGES =
      List.of(
          List.of(
              new Module("inception3a", 64, 96, 128, 16, 32, 32),
              new Module("inception3b", 128, 128, 192, 32, 96, 64)),
          List.of(
              new Module("inception4a", 192, 96, 208, 16, 48, 64),
              new Module("inception4b", 160, 112, 224, 24, 64, 64),
              new Module("inception4c", 128, 128, 256, 24, 64, 64),
              new Module("inception4d", 112, 144, 288, 32, 64, 64),
              new Module("inception4e", 256, 160, 320, 32, 128, 128)),
          List.of(
              new Module("inception5a", 256, 160, 320, 32, 128, 128),
              new Module("inception5b", 384, 192, 384, 48, 128, 128)));

  /** Means of 5x5 pixels at every third. */
  static final AvgPool2d BEFORE_HEADS =
      new AvgPool2d(Extent.square(5), Extent.square(3), Padding.VALID, true);

  private static final double AUXILIARY_WEIGHT = 0.3;
  private static final int HIDDEN = 1024;

  public GoogLeNet {
    ArchitectureRules.check(NAME, input, classes);
    ArchitectureRules.checkSide(NAME, input, 31);
    ArchitectureRules.checkHeads(NAME, input, auxiliaryHeads, 79, auxiliaryWeight);
  }

  /** Without auxiliary heads. */
  public GoogLeNet(Shape input, int classes) {
    this(input, classes, false, AUXILIARY_WEIGHT);
  }

  @JsonCreator
  static GoogLeNet parse(
      @JsonProperty("input") JsonNode input,
      @JsonProperty("classes") Integer classes,
      @JsonProperty("auxiliaryHeads") boolean auxiliaryHeads,
      @JsonProperty("auxiliaryWeight") Double auxiliaryWeight) {
    return new GoogLeNet(
        ArchitectureJson.inputOr(Shape.of(224, 224, 3), input),
        classes == null ? 1000 : classes,
        auxiliaryHeads,
        auxiliaryWeight == null ? AUXILIARY_WEIGHT : auxiliaryWeight);
  }

  @Override
  public Network network() {
    InceptionBuilder network =
        new InceptionBuilder(input)
            .convolution("conv1", 64, 7, 2, 3)
            .pool("maxpool1", pooling(3))
            .convolution("conv2", 64, 1, 1, 0)
            .convolution("conv3", 192, 3, 1, 1)
            .pool("maxpool2", pooling(3));
    for (int stage = 0; stage < STAGES.size(); stage++) {
      if (stage > 0) {
        network.pool("maxpool" + (stage + 2), pooling(stage == 1 ? 3 : 2));
      }
      STAGES.get(stage).forEach(module -> add(network, module));
    }
    Network.Builder whole =
        network
            .then("avgpool", new GlobalAvgPool())
            .then("dropout", new Dropout(0.2f))
            .then("fc", ZooLayers.dense(classes))
            .output("fc");
    if (auxiliaryHeads) { // last, so that all else starts and trains as it does without them
      addHead(network, "aux1", "inception4a");
      addHead(network, "aux2", "inception4d");
    }
    return whole.build();
  }

  private void addHead(InceptionBuilder network, String name, String module) {
    network
        .from(module + ".concat")
        .pool(name + ".avgpool", BEFORE_HEADS)
        .convolution(name + ".conv", 128, 1, 1, 0)
        .then(name + ".flatten", new Flatten())
        .then(name + ".fc1", ZooLayers.dense(HIDDEN))
        .then(name + ".relu", new Relu())
        .then(name + ".dropout", new Dropout(0.7f))
        .then(name + ".fc2", ZooLayers.dense(classes))
        .auxiliary(name + ".fc2", auxiliaryWeight);
  }

  private static void add(InceptionBuilder network, Module module) {
    String name = module.name + ".";
    network
        .module(module.name)
        .branch()
        .convolution(name + "branch1", module.one, 1, 1, 0)
        .branch()
        .convolution(name + "branch2.0", module.reduce3, 1, 1, 0)
        .convolution(name + "branch2.1", module.three, 3, 1, 1)
        .branch()
        .convolution(name + "branch3.0", module.reduce5, 1, 1, 0)
        .convolution(name + "branch3.1", module.five, 3, 1, 1)
        .branch()
        .pool(
            name + "branch4.0",
            new MaxPool2d(Extent.square(3), Extent.square(1), Padding.of(1), true))
        .convolution(name + "branch4.1", module.pool, 1, 1, 0)
        .joined();
  }

  private static MaxPool2d pooling(int kernel) {
    return new MaxPool2d(Extent.square(kernel), Extent.square(2), Padding.VALID, true);
  }
}
