package io.convoy.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.convoy.error.ConvoyException;
import io.convoy.network.Network;
import io.convoy.network.StateLayout.Entry;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Names, options, what is wrong with them, and the networks as data. */
class ArchitectureTest {
  private static final JsonMapper LENIENT =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .build();

  /** Pixels a side. */
  private static final Map<String, Integer> LEAST =
      Map.ofEntries(
          Map.entry("alexnet", 63),
          Map.entry("alexnet_2012", 67),
          Map.entry("densenet", 29),
          Map.entry("densenet100_bc", 4),
          Map.entry("googlenet", 31),
          Map.entry("inception_v3", 75),
          Map.entry("lenet", 4),
          Map.entry("lenet5", 12),
          Map.entry("lenet5_original", 12),
          Map.entry("resnet9", 8),
          Map.entry("squeezenet1_0", 29),
          Map.entry("squeezenet1_1", 25),
          Map.entry("vgg", 32),
          Map.entry("zfnet", 53));

  static List<String> names() {
    return Architecture.names();
  }

  @Test
  void namesInOrder() {
    assertEquals(
        List.of(
            "alexnet",
            "alexnet_2012",
            "densenet100_bc",
            "densenet121",
            "densenet161",
            "densenet169",
            "densenet201",
            "efficientnet_b0",
            "googlenet",
            "inception_v3",
            "lenet",
            "lenet5",
            "lenet5_original",
            "mobilenet-v1",
            "mobilenet_v2",
            "resnet101",
            "resnet110",
            "resnet152",
            "resnet18",
            "resnet20",
            "resnet32",
            "resnet34",
            "resnet44",
            "resnet50",
            "resnet56",
            "resnet9",
            "resnext101_32x8d",
            "resnext101_64x4d",
            "resnext50_32x4d",
            "shufflenet_v1",
            "shufflenet_v2_x0_5",
            "shufflenet_v2_x1_0",
            "shufflenet_v2_x1_5",
            "shufflenet_v2_x2_0",
            "squeezenet1_0",
            "squeezenet1_1",
            "vgg11",
            "vgg11_bn",
            "vgg13",
            "vgg13_bn",
            "vgg16",
            "vgg16_bn",
            "vgg19",
            "vgg19_bn",
            "wide_resnet101_2",
            "wide_resnet50_2",
            "zfnet"),
        names());
  }

  @Test
  void whatIsLeftOutIsThePapers() {
    assertEquals(new LeNet(Shape.of(28, 28, 1), 10), read("'lenet'"));
    Shape large = Shape.of(224, 224, 3);
    assertEquals(new ResNet(ResNet.Type.RESNET18, large, 1000), read("{type: 'resnet18'}"));
    assertEquals(
        new CifarResNet(CifarResNet.Type.RESNET20, Shape.of(32, 32, 3), 10),
        Architecture.named("resnet20"));
    assertEquals(
        new ResNet(ResNet.Type.RESNET50, large, 7), read("{type: 'resnet50', classes: 7}"));
    assertEquals(
        new Vgg(Vgg.Type.VGG11, Shape.of(64, 96, 1), 1000),
        read("{type: 'vgg11', input: [64, 96, 1]}"));
    assertEquals(new MobileNetV1(large, 1000, 1), Architecture.named("mobilenet-v1"));
    assertEquals(new MobileNetV1(large, 1000, 0.5), read("{type: 'mobilenet-v1', width: 0.5}"));
  }

  /** Recipes outlive names. */
  @ParameterizedTest
  @CsvSource({"resnet-18, resnet18", "resnet-50, resnet50", "resnet-20, resnet20", "vgg-11, vgg11"})
  void namesOfBeforeStillDo(String before, String now) {
    assertEquals(Architecture.named(now), Architecture.named(before));
    assertEquals(
        read("{type: '" + now + "', classes: 3}"), read("{type: '" + before + "', classes: 3}"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void jsonRoundTripKeepsTheNetwork(String name) throws Exception {
    Network network = Architecture.named(name).network();
    String text = LENIENT.writeValueAsString(network.toJson());
    Network again = Network.fromJson(LENIENT.readTree(text));
    assertEquals(network, again);
    assertEquals(network.layout().entries(), again.layout().entries());
  }

  @Test
  void parametersHaveTheNamesOfTorchvision() {
    List<String> names =
        Architecture.named("resnet-18").network().layout().entries().stream()
            .map(Entry::name)
            .filter(name -> name.startsWith("conv1") || name.startsWith("layer2.0"))
            .toList();
    assertEquals(
        List.of(
            "conv1.weight",
            "layer2.0.conv1.weight",
            "layer2.0.bn1.weight",
            "layer2.0.bn1.bias",
            "layer2.0.bn1.running_mean",
            "layer2.0.bn1.running_var",
            "layer2.0.conv2.weight",
            "layer2.0.bn2.weight",
            "layer2.0.bn2.bias",
            "layer2.0.bn2.running_mean",
            "layer2.0.bn2.running_var",
            "layer2.0.downsample.0.weight",
            "layer2.0.downsample.1.weight",
            "layer2.0.downsample.1.bias",
            "layer2.0.downsample.1.running_mean",
            "layer2.0.downsample.1.running_var"),
        names);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'resnet21'| network: unknown type 'resnet21', did you mean 'resnet20'? known types: NAMES",
        "{classes: 10}| network: type is missing; it must be one of NAMES",
        "{type: 'resnet-18', clases: 10}| network: unknown key 'clases', did you mean 'classes'?"
            + " known here: classes, input, type",
        "{type: 'resnet-18', width: 0.5}| network: unknown key 'width'; known here: classes, input,"
            + " type",
        "{type: 'mobilenet-v1', with: 0.5}| network: unknown key 'with', did you mean 'width'?"
            + " known here: classes, input, width",
        "{type: 'resnet-18', classes: 'ten'}| network.classes: expected a whole number; got 'ten'",
        "{type: 'resnet-18', classes: 10.5}| network.classes: expected a whole number; got 10.5",
        "{type: 'resnet-18', classes: 0}| network: resnet18: classes must be at least 1; got 0",
        "{type: 'lenet', input: 224}| network: input must be whole numbers [height, width,"
            + " channels], each at least 1; got 224",
        "{type: 'vgg-11', input: [224]}| network: vgg11: input must be an image [height, width,"
            + " channels]; got 224",
        "{type: 'lenet', input: [28, 'a', 1]}| network: input must be whole numbers [height, width,"
            + " channels], each at least 1; got [28,\"a\",1]",
        "{type: 'lenet', input: [28, null, 1]}| network: input must be whole numbers [height, width,"
            + " channels], each at least 1; got [28,null,1]",
        "{type: 'lenet', input: [28, 28.5, 1]}| network: input must be whole numbers [height, width,"
            + " channels], each at least 1; got [28,28.5,1]",
        "{type: 'lenet', input: [28, 28, 0]}| network: input must be whole numbers [height, width,"
            + " channels], each at least 1; got [28,28,0]",
        "{type: 'lenet', input: []}| network: input must be whole numbers [height, width,"
            + " channels], each at least 1; got []",
        "{type: 'lenet', input: null}| network: input must be whole numbers [height, width,"
            + " channels], each at least 1; got null",
        "{type: 'lenet', input: [3, 28, 1]}| network: lenet: input must have at least 4x4 pixels;"
            + " got 3x28x1",
        "{type: 'vgg-11', input: [32, 31, 3]}| network: vgg11: input must have at least 32x32"
            + " pixels; got 32x31x3",
        "{type: 'lenet', input: [1, 28, 28, 1]}| network: lenet: input must be an image [height, width,"
            + " channels]; got 1x28x28x1",
        "{type: 'lenet', input: [1, 1, 1, 28, 28]}| network: a shape has 1 to 4 extents; got [1, 1,"
            + " 1, 28, 28]",
        "{type: 'mobilenet-v1', width: 1.5}| network: mobilenet-v1: width must lie in (0, 1];"
            + " got 1.5",
        "7| network: type is missing; it must be one of NAMES",
      })
  void whatIsWrongIsTold(String json, String message) {
    refuses(message.replace("NAMES", String.join(", ", names())), () -> read(json));
  }

  /** The least input that each names is one that its layers take; the others take a pixel. */
  @ParameterizedTest
  @MethodSource("names")
  void theLeastInputIsEnough(String name) {
    int side = LEAST.getOrDefault(name, LEAST.getOrDefault(name.replaceAll("[0-9].*", ""), 1));
    Architecture least = Architectures.of(name, List.of(side, side, 3), 10);
    assertEquals(Shape.of(10), least.network().outputShape());
  }

  private static void refuses(String message, Executable call) {
    ConvoyException error = assertThrows(ConvoyException.class, call);
    assertEquals(message, error.getMessage());
    assertEquals(ConvoyException.Kind.USAGE, error.kind());
  }

  private static Architecture read(String json) {
    try {
      return Architecture.read(LENIENT.readTree(json), "network");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }
}
