package io.convoy.zoo;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.init.Initializer;
import io.convoy.layer.AvgPool2d;
import io.convoy.layer.ChannelScale;
import io.convoy.layer.Concat;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Relu;
import io.convoy.layer.ScaledTanh;
import io.convoy.layer.SelectChannels;
import io.convoy.network.Network;
import io.convoy.operation.Padding;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * LeNet-5 (LeCun, Bottou, Bengio, Haffner 1998, "Gradient-Based Learning Applied to Document
 * Recognition", section II.B, figure 2).
 *
 * <ul>
 *   <li>{@code lenet5}, as it is taught today: ReLU, max-pooling, and a second convolution that
 *       reads all channels. 61,706 parameters, 416,520 multiply-adds.
 *   <li>{@code lenet5_original}: the squashing function 1.7159 tanh(2 x / 3), subsampling by a mean
 *       with a trained factor and offset, and the sparse connections of the paper's table I. 60,000
 *       trained parameters as in the paper, and 850 of the last layer: the paper has fixed weights
 *       and a Euclidean distance there.
 * </ul>
 *
 * <p>By default 28x28x1 and 10 classes (MNIST), with two pixels of zero on each side, which makes
 * them the paper's 32x32. Weights start by He's normal distribution, in the original by Xavier's
 * uniform one.
 *
 * @param input at least 12x12 pixels
 * @param classes at least 1
 */
public record LeNet5(Type type, Shape input, int classes) implements Architecture {
  /** Which of both. */
  public enum Type {
    @JsonProperty("lenet5")
    LENET5,

    @JsonProperty("lenet5_original")
    LENET5_ORIGINAL
  }

  /** Table I: the channels of S2 that each channel of C3 reads. */
  private static final List<List<Integer>> CONNECTIONS =
      List.of(
          List.of(0, 1, 2),
          List.of(1, 2, 3),
          List.of(2, 3, 4),
          List.of(3, 4, 5),
          List.of(0, 4, 5),
          List.of(0, 1, 5),
          List.of(0, 1, 2, 3),
          List.of(1, 2, 3, 4),
          List.of(2, 3, 4, 5),
          List.of(0, 3, 4, 5),
          List.of(0, 1, 4, 5),
          List.of(0, 1, 2, 5),
          List.of(0, 1, 3, 4),
          List.of(1, 2, 4, 5),
          List.of(0, 2, 3, 5),
          List.of(0, 1, 2, 3, 4, 5));

  public LeNet5 {
    ArchitectureRules.check(type, input, classes);
    ArchitectureRules.checkSide(type, input, 12);
  }

  @JsonCreator
  static LeNet5 parse(
      @JsonProperty("type") Type type,
      @JsonProperty("input") JsonNode input,
      @JsonProperty("classes") Integer classes) {
    return new LeNet5(
        type, ArchitectureJson.inputOr(Shape.of(28, 28, 1), input), classes == null ? 10 : classes);
  }

  @Override
  public Network network() {
    return switch (type) {
      case LENET5 -> today();
      case LENET5_ORIGINAL -> original();
    };
  }

  private Network today() {
    return Network.input(input.toArray())
        .then("conv1", Conv2d.of(6, 5).withPadding(Padding.of(2)))
        .then("relu1", new Relu())
        .then("pool1", MaxPool2d.of(2))
        .then("conv2", Conv2d.of(16, 5))
        .then("relu2", new Relu())
        .then("pool2", MaxPool2d.of(2))
        .then("flatten", new Flatten())
        .then("fc1", Linear.of(120))
        .then("relu3", new Relu())
        .then("fc2", Linear.of(84))
        .then("relu4", new Relu())
        .then("fc3", Linear.of(classes))
        .build();
  }

  /** With the names of the paper's layers. */
  private Network original() {
    Network.Builder network = Network.input(input.toArray());
    network
        .then("c1", convolution(6).withPadding(Padding.of(2)))
        .then("c1.squash", ScaledTanh.standard());
    subsample(network, "s2");
    String[] maps = new String[CONNECTIONS.size()];
    for (int map = 0; map < maps.length; map++) {
      maps[map] = "c3." + map;
      network
          .join(maps[map] + ".read", new SelectChannels(CONNECTIONS.get(map)), "s2.squash")
          .then(maps[map], convolution(1));
    }
    network.join("c3", new Concat(), maps).then("c3.squash", ScaledTanh.standard());
    subsample(network, "s4");
    return network
        .then("flatten", new Flatten())
        .then("c5", dense(120))
        .then("c5.squash", ScaledTanh.standard())
        .then("f6", dense(84))
        .then("f6.squash", ScaledTanh.standard())
        .then("output", dense(classes))
        .build();
  }

  private static void subsample(Network.Builder network, String name) {
    network
        .then(name + ".mean", AvgPool2d.of(2))
        .then(name, new ChannelScale(true))
        .then(name + ".squash", ScaledTanh.standard());
  }

  private static Conv2d convolution(int channels) {
    return Conv2d.of(channels, 5).withInitializer(Initializer.XAVIER_UNIFORM);
  }

  private static Linear dense(int outFeatures) {
    return Linear.of(outFeatures).withInitializer(Initializer.XAVIER_UNIFORM);
  }
}
