package io.convoy.zoo;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.init.Initializer;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Dropout;
import io.convoy.layer.Flatten;
import io.convoy.layer.GlobalAvgPool;
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
 * VGG (Simonyan, Zisserman 2014, "Very Deep Convolutional Networks for Large-Scale Image
 * Recognition", table 1, columns A, B, D and E), as in torchvision: convolutions of 3x3 in five
 * stages of 64, 128, 256, 512 and 512 channels, each ended by a pooling, and three dense layers
 * with dropout of a half between them; with batch normalisation behind each convolution or without.
 * Convolutions start by He's normal distribution over the fan-out, dense layers at a deviation of
 * 0.01, biases at zero, as in torchvision.
 *
 * <p>By default 224x224x3 and 1,000 classes (ImageNet). The first dense layer takes all pixels that
 * are left, and so has as many weights as the input asks for; torchvision's pools to 7x7 first,
 * which at 224x224 alters nothing. Parameters have the names of torchvision's state dictionary,
 * such as {@code features.0.weight}.
 *
 * @param input at least 32x32 pixels
 * @param classes at least 1
 * @param convolutional whether the dense layers are convolutions with the same weights (Long,
 *     Shelhamer, Darrell 2015, "Fully Convolutional Networks for Semantic Segmentation", section
 *     3.1), by default no: then an input may have any size from 224x224 on, and the logits are the
 *     mean over all places
 */
public record Vgg(Type type, Shape input, int classes, boolean convolutional)
    implements Architecture {
  /** Which of them; those of {@code BN} have batch normalisation. */
  public enum Type {
    @JsonProperty("vgg11")
    @JsonAlias("vgg-11")
    VGG11,

    @JsonProperty("vgg11_bn")
    VGG11_BN,

    @JsonProperty("vgg13")
    VGG13,

    @JsonProperty("vgg13_bn")
    VGG13_BN,

    @JsonProperty("vgg16")
    VGG16,

    @JsonProperty("vgg16_bn")
    VGG16_BN,

    @JsonProperty("vgg19")
    VGG19,

    @JsonProperty("vgg19_bn")
    VGG19_BN
  }

  /** Channels of each stage; the pooling behind it halves the image. */
  private static final int[] CHANNELS = {64, 128, 256, 512, 512};

  private static final int HIDDEN = 4096;

  /** The first dense layer of the paper reads so many pixels each way. */
  private static final int PIXELS = 7;

  public Vgg {
    ArchitectureRules.check(type, input, classes);
    int pixel = 1 << CHANNELS.length;
    ArchitectureRules.checkSide(type, input, convolutional ? PIXELS * pixel : pixel);
  }

  /** With dense layers. */
  public Vgg(Type type, Shape input, int classes) {
    this(type, input, classes, false);
  }

  @JsonCreator
  static Vgg parse(
      @JsonProperty("type") Type type,
      @JsonProperty("input") JsonNode input,
      @JsonProperty("classes") Integer classes,
      @JsonProperty("convolutional") Boolean convolutional) {
    return new Vgg(
        type,
        ArchitectureJson.inputOr(Shape.of(224, 224, 3), input),
        classes == null ? 1000 : classes,
        convolutional != null && convolutional);
  }

  /** How many convolutions there are in each stage. */
  private List<Integer> convolutions() {
    return switch (type) {
      case VGG11, VGG11_BN -> List.of(1, 1, 2, 2, 2);
      case VGG13, VGG13_BN -> List.of(2, 2, 2, 2, 2);
      case VGG16, VGG16_BN -> List.of(2, 2, 3, 3, 3);
      case VGG19, VGG19_BN -> List.of(2, 2, 4, 4, 4);
    };
  }

  private boolean isNormalised() {
    return switch (type) {
      case VGG11, VGG13, VGG16, VGG19 -> false;
      case VGG11_BN, VGG13_BN, VGG16_BN, VGG19_BN -> true;
    };
  }

  @Override
  public Network network() {
    List<Layer> features = new ArrayList<>();
    for (int stage = 0; stage < CHANNELS.length; stage++) {
      for (int i = 0; i < convolutions().get(stage); i++) {
        features.add(
            Conv2d.of(CHANNELS[stage], 3)
                .withPadding(Padding.SAME)
                .withInitializer(Initializer.HE_NORMAL_FAN_OUT));
        if (isNormalised()) {
          features.add(BatchNorm2d.standard());
        }
        features.add(new Relu());
      }
      features.add(MaxPool2d.of(2));
    }
    Network.Builder network = Network.input(input.toArray());
    ZooLayers.numbered(network, "features.", features);
    if (!convolutional) {
      network.then("flatten", new Flatten());
    }
    ZooLayers.numbered(
        network,
        "classifier.",
        List.of(
            classifier(HIDDEN, PIXELS),
            new Relu(),
            new Dropout(0.5f),
            classifier(HIDDEN, 1),
            new Relu(),
            new Dropout(0.5f),
            classifier(classes, 1)));
    return convolutional ? network.then("mean", new GlobalAvgPool()).build() : network.build();
  }

  /**
   * @param pixels that a convolution reads each way
   */
  private Layer classifier(int outputs, int pixels) {
    Linear dense = ZooLayers.dense(outputs);
    return convolutional ? Conv2d.of(outputs, pixels).withInitializer(dense.initializer()) : dense;
  }
}
