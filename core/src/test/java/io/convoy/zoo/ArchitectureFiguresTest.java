package io.convoy.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.network.LayerFigures;
import io.convoy.network.Network;
import io.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters and multiply-adds are those that were published. */
class ArchitectureFiguresTest {
  /**
   * Parameters: torchvision's {@code num_params} (resnet18, resnet50, vgg11); Keras' {@code
   * Trainable params} (MobileNet); for the rest the sums of the layers, which imgclsmob publishes
   * for ResNet-20 with projections, and many who ran TensorFlow's tutorial for its network.
   */
  @ParameterizedTest
  @CsvSource({
    "lenet, 3_274_634",
    "mobilenet-v1, 4_231_976",
    "resnet-18, 11_689_512",
    "resnet-20, 272_474",
    "resnet-50, 25_557_032",
    "vgg-11, 132_863_336",
  })
  void parameters(String name, String published) {
    Network network = Architecture.named(name).network();
    long expected = Long.parseLong(published.replace("_", ""));
    assertEquals(expected, network.layout().trainedParameters());
  }

  /**
   * In millions: torchvision's {@code _ops} (resnet18, resnet50, vgg11) and the paper (MobileNet).
   */
  @ParameterizedTest
  @CsvSource({"mobilenet-v1, 569", "resnet-18, 1814", "resnet-50, 4089", "vgg-11, 7609"})
  void multiplyAdds(String name, long millions) {
    assertEquals(millions, millions(Architecture.named(name)));
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

  private static long millions(Architecture architecture) {
    return Math.round(multiplyAdds(architecture) / 1e6);
  }

  private static long multiplyAdds(Architecture architecture) {
    return LayerFigures.of(architecture.network()).stream()
        .mapToLong(LayerFigures::multiplyAdds)
        .sum();
  }
}
