package io.convoy.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.network.LayerFigures;
import io.convoy.network.Network;
import io.convoy.network.Node;
import io.convoy.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters and multiply-adds are those that were published. */
class ArchitectureFiguresTest {
  /**
   * Torchvision's {@code num_params}, where it has the network; Keras' {@code Trainable params}
   * (MobileNet); for the rest the sums of the layers, which imgclsmob publishes for CIFAR's
   * residual networks with projections, and many who ran TensorFlow's tutorial for its network.
   */
  @ParameterizedTest
  @CsvSource({
    "alexnet, 61_100_840",
    "alexnet_2012, 60_965_224",
    "densenet100_bc, 769_162",
    "densenet121, 7_978_856",
    "densenet161, 28_681_000",
    "densenet169, 14_149_480",
    "densenet201, 20_013_928",
    "efficientnet_b0, 5_288_548",
    "googlenet, 6_624_904",
    "inception_v3, 23_834_568",
    "lenet, 3_274_634",
    "lenet5, 61_706",
    "lenet5_original, 60_850",
    "mobilenet-v1, 4_231_976",
    "mobilenet_v2, 3_504_872",
    "shufflenet_v1, 1_865_728",
    "shufflenet_v2_x0_5, 1_366_792",
    "shufflenet_v2_x1_0, 2_278_604",
    "shufflenet_v2_x1_5, 3_503_624",
    "shufflenet_v2_x2_0, 7_393_996",
    "squeezenet1_0, 1_248_424",
    "squeezenet1_1, 1_235_496",
    "zfnet, 62_357_608",
    "resnet18, 11_689_512",
    "resnet34, 21_797_672",
    "resnet50, 25_557_032",
    "resnet101, 44_549_160",
    "resnet152, 60_192_808",
    "resnext50_32x4d, 25_028_904",
    "resnext101_32x8d, 88_791_336",
    "resnext101_64x4d, 83_455_272",
    "wide_resnet50_2, 68_883_240",
    "wide_resnet101_2, 126_886_696",
    "resnet9, 6_573_120",
    "resnet20, 272_474",
    "resnet56, 855_770",
    "resnet110, 1_730_714",
    "vgg11, 132_863_336",
    "vgg11_bn, 132_868_840",
    "vgg13, 133_047_848",
    "vgg13_bn, 133_053_736",
    "vgg16, 138_357_544",
    "vgg16_bn, 138_365_992",
    "vgg19, 143_667_240",
    "vgg19_bn, 143_678_248",
  })
  void parameters(String name, String published) {
    Network network = Architecture.named(name).network();
    long expected = Long.parseLong(published.replace("_", ""));
    assertEquals(expected, network.layout().trainedParameters());
  }

  /** In millions: torchvision's {@code _ops}, and the paper (MobileNet). */
  @ParameterizedTest
  @CsvSource({
    "alexnet, 714",
    "densenet121, 2834",
    "densenet161, 7728",
    "densenet169, 3360",
    "densenet201, 4291",
    "efficientnet_b0, 386",
    "googlenet, 1498",
    "inception_v3, 5713",
    "shufflenet_v2_x0_5, 40",
    "shufflenet_v2_x1_0, 145",
    "shufflenet_v2_x1_5, 296",
    "shufflenet_v2_x2_0, 583",
    "squeezenet1_0, 819",
    "squeezenet1_1, 349",
    "mobilenet-v1, 569",
    "mobilenet_v2, 301",
    "resnet9, 379",
    "resnet18, 1814",
    "resnet34, 3664",
    "resnet50, 4089",
    "resnet101, 7801",
    "resnet152, 11514",
    "resnext50_32x4d, 4230",
    "resnext101_32x8d, 16414",
    "resnext101_64x4d, 15460",
    "wide_resnet50_2, 11398",
    "wide_resnet101_2, 22753",
    "vgg11, 7609",
    "vgg13, 11308",
    "vgg16, 15470",
    "vgg19, 19632",
  })
  void multiplyAdds(String name, long millions) {
    assertEquals(millions, millions(Architecture.named(name)));
  }

  /**
   * Torchvision's {@code num_params} of the networks that its published weights are loaded into,
   * before the heads are taken off. Multiply-adds of inference stay; those of the heads are a
   * product for each layer.
   */
  @Test
  void parametersWithAuxiliaryHeads() {
    Network google = Architectures.withHeads("googlenet", 224, 1000).network();
    assertEquals(13_004_888, google.layout().trainedParameters());
    assertEquals(1498, millions(google.inferenceNodes()));
    long head = 2048L * 1024 + 1024 * 1000;
    assertEquals(16 * (512 + 528) * 128 + 2 * head, ofHeads(google));
    Network inception = Architectures.withHeads("inception_v3", 299, 1000).network();
    assertEquals(27_161_264, inception.layout().trainedParameters());
    assertEquals(5713, millions(inception.inferenceNodes()));
    assertEquals(25 * 768 * 128 + 25L * 128 * 768 + 768 * 1000, ofHeads(inception));
  }

  private static long millions(List<Node> nodes) {
    return Math.round(multiplyAdds(nodes) / 1e6);
  }

  private static long ofHeads(Network network) {
    return multiplyAdds(network.nodes()) - multiplyAdds(network.inferenceNodes());
  }

  private static long multiplyAdds(List<Node> nodes) {
    return nodes.stream().mapToLong(n -> n.layer().multiplyAdds(n.inputShapes())).sum();
  }

  /** A convolution at a time: its outputs, each times its terms. */
  @Test
  void multiplyAddsOfTheSmallOnes() {
    long lenet = 784L * 32 * 25 + 196L * 64 * 25 * 32 + 3136L * 1024 + 1024L * 10;
    assertEquals(lenet, multiplyAdds(Architecture.named("lenet")));
    long stem = 1024L * 16 * 27;
    long first = 1024L * 16 * 16 * 9 * 6;
    long second = 256L * 32 * (16 * 9 + 16 + 32 * 9 * 5);
    long third = 64L * 64 * (32 * 9 + 32 + 64 * 9 * 5);
    long resnet20 = stem + first + second + third + 64 * 10;
    assertEquals(resnet20, multiplyAdds(Architecture.named("resnet-20")));
  }

  /**
   * Tables 6 and 7 of the paper, in millions, which it rounds either way; parameters in full as
   * imgclsmob has them.
   */
  @ParameterizedTest
  @CsvSource({
    "1.0, 224, 569, 4_231_976",
    "0.75, 224, 325, 2_585_560",
    "0.5, 224, 149, 1_331_592",
    "0.25, 224, 41, 470_072",
    "1.0, 192, 418, 4_231_976",
    "1.0, 160, 290, 4_231_976",
    "1.0, 128, 186, 4_231_976",
  })
  void widthAndResolutionOfMobileNet(
      double width, int resolution, long millions, String parameters) {
    Architecture network = new MobileNetV1(Shape.of(resolution, resolution, 3), 1000, width);
    assertEquals(millions, multiplyAdds(network) / 1e6, 1);
    assertEquals(
        Long.parseLong(parameters.replace("_", "")),
        network.network().layout().trainedParameters());
  }

  /** Table 6 of the paper, in millions; in full as published with weights of option A. */
  @ParameterizedTest
  @CsvSource({
    "RESNET20, 269_722",
    "RESNET32, 464_154",
    "RESNET44, 658_586",
    "RESNET56, 853_018",
    "RESNET110, 1_727_962"
  })
  void shortcutsWithoutParameters(CifarResNet.Type type, String parameters) {
    Network network =
        new CifarResNet(type, Shape.of(32, 32, 3), 10, CifarResNet.Shortcut.PADDING).network();
    assertEquals(Long.parseLong(parameters.replace("_", "")), network.layout().trainedParameters());
  }

  /** As published for Keras' applications. */
  @ParameterizedTest
  @CsvSource({"0.5, 1_968_680", "1.4, 6_108_776"})
  void widthOfMobileNetV2(double width, String parameters) {
    Network network = new MobileNetV2(Shape.of(224, 224, 3), 1000, width).network();
    assertEquals(Long.parseLong(parameters.replace("_", "")), network.layout().trainedParameters());
  }

  private static long millions(Architecture architecture) {
    return Math.round(multiplyAdds(architecture) / 1e6);
  }

  private static long multiplyAdds(Architecture architecture) {
    return LayerFigures.of(architecture.network()).stream()
        .mapToLong(LayerFigures::multiplyAdds)
        .sum();
  }
}
