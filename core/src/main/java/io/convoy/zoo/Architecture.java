package io.convoy.zoo;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonTypeIdResolver;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.convoy.error.ConvoyException;
import io.convoy.json.Families;
import io.convoy.json.FamilyNames;
import io.convoy.network.Network;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * A published architecture with its options, an immutable value. Input and classes are those of the
 * paper where they are left out. In JSON an object, or the bare name:
 *
 * <pre>{@code
 * {"type": "resnet20", "input": [32, 32, 3], "classes": 100}
 * "resnet20"
 * }</pre>
 */
@JsonTypeInfo(
    use = JsonTypeInfo.Id.CUSTOM,
    include = JsonTypeInfo.As.EXISTING_PROPERTY,
    property = "type",
    visible = true)
@JsonTypeIdResolver(FamilyNames.class)
public sealed interface Architecture
    permits AlexNet,
        AlexNet2012,
        CifarResNet,
        DenseNet,
        EfficientNetB0,
        GoogLeNet,
        InceptionV3,
        LeNet,
        LeNet5,
        MobileNetV1,
        MobileNetV2,
        ResNet,
        ResNet9,
        ShuffleNetV1,
        ShuffleNetV2,
        SqueezeNet,
        Vgg,
        ZfNet {

  /** The shape of an image, {@code [height, width, channels]}. */
  Shape input();

  /** The number of classes: the network's output is one logit for each. */
  int classes();

  /**
   * The network, whole: layers by name, none of them tied to this package.
   *
   * @throws ConvoyException of kind USAGE when a layer would be too large for an array
   */
  Network network();

  /** The names of all architectures, in alphabetical order; some are known by others, too. */
  static List<String> names() {
    return Families.names(Architecture.class);
  }

  /** Whether a name is that of an architecture, or one that it had before. */
  static boolean isName(String name) {
    return Families.members(Architecture.class).containsKey(name);
  }

  /**
   * The architecture of a name, with the paper's input and classes.
   *
   * @throws ConvoyException of kind USAGE when there is none; the message lists those there are
   */
  static Architecture named(String name) {
    return read(JsonNodeFactory.instance.textNode(name), "network");
  }

  /**
   * Reads an architecture: an object with its {@code type} and options, or the bare name.
   *
   * @param place what errors name: where the value stands
   * @throws ConvoyException of kind USAGE when the name or an option is unknown, or a value does
   *     not fit
   */
  static Architecture read(JsonNode json, String place) {
    return ArchitectureJson.read(json, place);
  }
}
