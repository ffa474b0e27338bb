package io.convoy.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.layer.Conv2d;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.Layer;
import io.convoy.layer.Linear;
import io.convoy.layer.MaxPool2d;
import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import io.convoy.tensor.Shape;
import io.convoy.zoo.Architecture;
import io.convoy.zoo.ResNet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NetworkWarningsTest {
  private static List<String> warnings(int height, int width, Layer... layers) {
    Network.Builder network = Network.input(height, width, 4);
    for (Layer layer : layers) {
      network.then(layer);
    }
    return NetworkWarnings.of(network.build());
  }

  private static MaxPool2d pool(int kernel, int stride, Padding padding) {
    return new MaxPool2d(Extent.square(kernel), Extent.square(stride), padding, false);
  }

  /**
   * Published networks are meant as they stand. The first convolution of SqueezeNet, which has no
   * padding, does leave out a row and a column.
   */
  @Test
  void ofTheZooSqueezeNetAlone() {
    for (String name : Architecture.names()) {
      List<String> warnings = NetworkWarnings.of(Architecture.named(name).network());
      assertEquals(name.startsWith("squeezenet") ? 1 : 0, warnings.size(), name + ": " + warnings);
      assertTrue(warnings.stream().allMatch(it -> it.startsWith("layer 'features.0': ")));
    }
  }

  @Test
  void aStrideThatDoesNotFit() {
    assertEquals(
        List.of(
            "layer 'maxPool2d_2': the stride does not fit, (W - F + 2P) / S + 1 = (7 - 2 + 0) / 2 +"
                + " 1 = 3.500; 1 of 7 rows and 1 of 7 columns are never seen: use padding, or an"
                + " input of another size",
            "input 14x14x4: the strides of the network come to 4, and the image cannot be divided"
                + " that often: use sides that are multiples of 4"),
        warnings(14, 14, MaxPool2d.of(2), MaxPool2d.of(2)));
    assertEquals(
        List.of(
            "layer 'conv2d_1': the stride does not fit, (W - F + 2P) / S + 1 = (11 - 4 + 0) / 4 + 1"
                + " = 2.750; 3 of 11 rows and 2 of 10 columns are never seen: use padding, or an"
                + " input of another size"),
        warnings(11, 10, Conv2d.of(4, 4).withStride(4)).subList(0, 1));
  }

  /** What no window reaches is padding, or lies in the gaps that are meant. */
  @Test
  void stridesThatLeaveNothingOut() {
    Conv2d seven = Conv2d.of(4, 7).withStride(2).withPadding(Padding.of(3));
    assertEquals(List.of(), warnings(224, 224, seven));
    assertEquals(List.of(), warnings(56, 56, Conv2d.of(4, 1).withStride(2)));
    assertEquals(List.of(), warnings(55, 55, pool(3, 2, Padding.VALID)));
    assertEquals(
        List.of(),
        warnings(7, 7, new MaxPool2d(Extent.square(2), Extent.square(2), Padding.VALID, true)));
    assertEquals(List.of(), warnings(64, 64, pool(2, 2, Padding.VALID)));
    assertEquals(List.of(), warnings(7, 7, new GlobalAvgPool(), Linear.of(3)));
  }

  @Test
  void anInputThatCannotBeDividedSoOften() {
    assertEquals(
        List.of(
            "input 30x32x4: the strides of the network come to 4, and the image cannot be divided"
                + " that often: use sides that are multiples of 4"),
        warnings(30, 32, pool(2, 2, Padding.SAME), pool(2, 2, Padding.SAME)));
    assertEquals(
        List.of(
            "input 16x16x3: the strides of the network come to 32, and the image has fewer pixels:"
                + " the last of them step over padding alone: use larger images or fewer strides"),
        NetworkWarnings.of(new ResNet(ResNet.Type.RESNET18, Shape.of(16, 16, 3), 10).network()));
  }

  @Test
  void anEvenKernelWithSame() {
    assertEquals(
        List.of(
            "layer 'conv2d_1': an even kernel, 4x4, with padding same sees one pixel more behind"
                + " than before each place, and moves features by half a pixel: use an odd kernel"),
        warnings(8, 8, Conv2d.of(4, 4).withPadding(Padding.SAME)));
    assertEquals(List.of(), warnings(8, 8, Conv2d.of(4, 3).withPadding(Padding.SAME)));
    assertEquals(
        List.of(), warnings(8, 8, Conv2d.of(4, 3).withStride(2).withPadding(Padding.SAME)));
    assertEquals(
        List.of(), warnings(8, 8, Conv2d.of(4, 2).withDilation(2).withPadding(Padding.SAME)));
  }
}
