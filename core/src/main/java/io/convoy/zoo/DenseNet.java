package io.convoy.zoo;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.init.Initializer;
import io.convoy.layer.AvgPool2d;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Concat;
import io.convoy.layer.Conv2d;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Densely connected networks (Huang, Liu, van der Maaten, Weinberger 2016, "Densely Connected
 * Convolutional Networks", table 1 and, for small images, table 2), with bottlenecks and
 * compression, as in torchvision. Each layer of a block reads the channels of all before it:
 *
 * <pre>
 *   x_l = conv3x3(relu(norm(conv1x1(relu(norm([x_0, x_1, ..., x_(l-1)]))))))
 * </pre>
 *
 * A 1x1 convolution and a pooling behind each block but the last halve channels and image.
 * Convolutions have no bias and start by He's normal distribution over the fan-out, the classifier
 * at a deviation of 0.01. Parameters have the names of torchvision's state dictionary.
 *
 * <p>By default 224x224x3 and 1,000 classes (ImageNet), {@code densenet100_bc} 32x32x3 and 10
 * (CIFAR-10). Any input will do whose poolings leave a pixel, since the last takes the mean.
 *
 * @param input at least 29x29 pixels, for {@code densenet100_bc} 4x4
 * @param classes at least 1
 */
public record DenseNet(Type type, Shape input, int classes) implements Architecture {
  /** Which of them. */
  public enum Type {
    @JsonProperty("densenet121")
    DENSENET121,

    @JsonProperty("densenet169")
    DENSENET169,

    @JsonProperty("densenet201")
    DENSENET201,

    @JsonProperty("densenet161")
    DENSENET161,

    /** 100 layers, each with 12 channels, for small images. */
    @JsonProperty("densenet100_bc")
    DENSENET100_BC
  }

  /** Channels of a bottleneck, over those that a layer adds. */
  private static final int BOTTLENECK = 4;

  /**
   * A row of the table.
   *
   * @param growth channels that a layer adds
   * @param stem channels of the first convolution
   * @param blocks layers of each block
   */
  private record Plan(int growth, int stem, List<Integer> blocks) {}

  private Plan plan() {
    return switch (type) {
      case DENSENET121 -> new Plan(32, 64, List.of(6, 12, 24, 16));
      case DENSENET169 -> new Plan(32, 64, List.of(6, 12, 32, 32));
      case DENSENET201 -> new Plan(32, 64, List.of(6, 12, 48, 32));
      case DENSENET161 -> new Plan(48, 96, List.of(6, 12, 36, 24));
      case DENSENET100_BC -> new Plan(12, 24, List.of(16, 16, 16));
    };
  }

  public DenseNet {
    ArchitectureRules.check(type, input, classes);
    ArchitectureRules.checkSide(type, input, type == Type.DENSENET100_BC ? 4 : 29);
  }

  @JsonCreator
  static DenseNet parse(
      @JsonProperty("type") Type type,
      @JsonProperty("input") JsonNode input,
      @JsonProperty("classes") Integer classes) {
    boolean small = type == Type.DENSENET100_BC;
    return new DenseNet(
        type,
        ArchitectureJson.inputOr(small ? Shape.of(32, 32, 3) : Shape.of(224, 224, 3), input),
        classes != null ? classes : small ? 10 : 1000);
  }

  @Override
  public Network network() {
    Plan plan = plan();
    Network.Builder network = Network.input(input.toArray());
    String last = stem(network, plan.stem);
    int channels = plan.stem;
    for (int block = 0; block < plan.blocks.size(); block++) {
      int layers = plan.blocks.get(block);
      last = block(network, "features.denseblock" + (block + 1), last, layers, plan.growth);
      channels += layers * plan.growth;
      if (block < plan.blocks.size() - 1) {
        channels /= 2;
        last = transition(network, "features.transition" + (block + 1) + ".", channels);
      }
    }
    return network
        .then("features.norm5", BatchNorm2d.standard())
        .then("relu5", new Relu())
        .then("avgpool", new GlobalAvgPool())
        .then("classifier", ZooLayers.dense(classes))
        .build();
  }

  private String stem(Network.Builder network, int channels) {
    if (type == Type.DENSENET100_BC) {
      network.then("features.conv0", convolution(channels, 3));
      return "features.conv0";
    }
    network
        .then("features.conv0", convolution(channels, 7).withStride(2))
        .then("features.norm0", BatchNorm2d.standard())
        .then("features.relu0", new Relu())
        .then("features.pool0", new MaxPool2d(Extent.square(3), Extent.square(2), Padding.of(1)));
    return "features.pool0";
  }

  private static String block(
      Network.Builder network, String name, String input, int layers, int growth) {
    List<String> features = new ArrayList<>(List.of(input));
    String last = input;
    for (int layer = 1; layer <= layers; layer++) {
      String prefix = name + ".denselayer" + layer + ".";
      network
          .then(prefix + "norm1", BatchNorm2d.standard())
          .then(prefix + "relu1", new Relu())
          .then(prefix + "conv1", convolution(BOTTLENECK * growth, 1))
          .then(prefix + "norm2", BatchNorm2d.standard())
          .then(prefix + "relu2", new Relu())
          .then(prefix + "conv2", convolution(growth, 3));
      features.add(prefix + "conv2");
      last = prefix + "concat";
      network.join(last, new Concat(), features.toArray(String[]::new));
    }
    return last;
  }

  private static String transition(Network.Builder network, String prefix, int channels) {
    network
        .then(prefix + "norm", BatchNorm2d.standard())
        .then(prefix + "relu", new Relu())
        .then(prefix + "conv", convolution(channels, 1))
        .then(prefix + "pool", AvgPool2d.of(2));
    return prefix + "pool";
  }

  private static Conv2d convolution(int channels, int kernel) {
    return Conv2d.of(channels, kernel)
        .withPadding(Padding.of(kernel / 2))
        .withoutBias()
        .withInitializer(Initializer.HE_NORMAL_FAN_OUT);
  }
}
