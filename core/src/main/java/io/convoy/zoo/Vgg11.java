package io.convoy.zoo;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.init.Initializer;
import io.convoy.init.Normal;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Dropout;
import io.convoy.layer.Flatten;
import io.convoy.layer.Layer;
import io.convoy.layer.Linear;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.operation.Padding;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * VGG-11 (Simonyan, Zisserman 2014, "Very Deep Convolutional Networks for Large-Scale Image
 * Recognition", table 1, column A), as in torchvision without batch normalisation: eight
 * convolutions of 3x3 in five stages, each ended by a pooling, and three dense layers with dropout
 * of a half between them. Convolutions start by He's normal distribution over the fan-out, dense
 * layers at a deviation of 0.01, biases at zero, as in torchvision.
 *
 * <p>By default 224x224x3 and 1,000 classes (ImageNet): 132,863,336 parameters, 7.609 billion
 * multiply-adds. The first dense layer takes all pixels that are left, and so has as many weights
 * as the input asks for; torchvision's pools to 7x7 first, which at 224x224 alters nothing.
 * Parameters have the names of torchvision's state dictionary, such as {@code features.0.weight}.
 *
 * @param input at least 32x32 pixels
 * @param classes at least 1
 */
@JsonTypeName(Vgg11.NAME)
public record Vgg11(Shape input, int classes) implements Architecture {
  static final String NAME = "vgg-11";

  /** Channels of the convolutions, stage by stage; the pooling behind each halves the image. */
  private static final List<List<Integer>> STAGES =
      List.of(List.of(64), List.of(128), List.of(256, 256), List.of(512, 512), List.of(512, 512));

  private static final int HIDDEN = 4096;

  public Vgg11 {
    ArchitectureRules.check(NAME, input, classes);
    ArchitectureRules.checkSide(NAME, input, 1 << STAGES.size());
  }

  @JsonCreator
  static Vgg11 parse(
      @JsonProperty("input") JsonNode input, @JsonProperty("classes") Integer classes) {
    return new Vgg11(
        ArchitectureJson.inputOr(Shape.of(224, 224, 3), input), classes == null ? 1000 : classes);
  }

  @Override
  public Network network() {
    List<Layer> features = new ArrayList<>();
    for (List<Integer> stage : STAGES) {
      for (int channels : stage) {
        features.add(
            Conv2d.of(channels, 3)
                .withPadding(Padding.SAME)
                .withInitializer(Initializer.HE_NORMAL_FAN_OUT));
        features.add(new Relu());
      }
      features.add(MaxPool2d.of(2));
    }
    Network.Builder network = Network.input(input.toArray());
    numbered(network, "features.", features);
    network.then("flatten", new Flatten());
    numbered(
        network,
        "classifier.",
        List.of(
            dense(HIDDEN),
            new Relu(),
            new Dropout(0.5f),
            dense(HIDDEN),
            new Relu(),
            new Dropout(0.5f),
            dense(classes)));
    return network.build();
  }

  private static Linear dense(int outFeatures) {
    return Linear.of(outFeatures).withInitializer(new Normal(0.01));
  }

  private static void numbered(Network.Builder network, String prefix, List<Layer> layers) {
    for (int i = 0; i < layers.size(); i++) {
      network.then(prefix + i, layers.get(i));
    }
  }
}
