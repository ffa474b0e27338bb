package io.convoy.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.convoy.init.Initializer;
import io.convoy.layer.Add;
import io.convoy.layer.AvgPool2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Flatten;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.Linear;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Multiply;
import io.convoy.layer.Relu;
import io.convoy.layer.ZeroPad2d;
import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import io.convoy.operation.Window;
import io.convoy.zoo.Architecture;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class ReceptiveFieldTest {
  private static ReceptiveField field(String network, String layer) {
    return ReceptiveField.of(Architecture.named(network).network()).get(layer);
  }

  /** Those of the table in Araujo et al. whose networks are the same layer for layer. */
  @Test
  void publishedSizes() {
    assertEquals("195x195", field("alexnet", "features.12").toString());
    assertEquals("212x212", field("vgg16", "features.30").toString());
    assertEquals("315x315", field("mobilenet-v1", "block13.relu2").toString());
    assertEquals(32, field("mobilenet-v1", "block13.relu2").columns().stride());
  }

  @Test
  void denseLayersAndGlobalPoolingsSeeAll() {
    Network network =
        Network.input(6, 6, 2)
            .then("conv", Conv2d.of(4, 3))
            .then("flat", new Flatten())
            .then("fc", Linear.of(4))
            .join("pool", new GlobalAvgPool(), "conv")
            .join("relu", new Relu(), "pool")
            .join("scaled", new Multiply(), "conv", "relu")
            .output("fc")
            .output("scaled")
            .build();
    Map<String, ReceptiveField> fields = ReceptiveField.of(network);
    assertEquals("3x3", fields.get("flat").toString());
    for (String all : List.of("fc", "pool", "relu", "scaled")) {
      assertEquals("all", fields.get(all).toString(), all);
    }
  }

  /** Against the pixels that are found by going back from single pixels of the output. */
  @Test
  void theyAreWhatPixelsDependOn() {
    Network network =
        Network.input(61, 47, 1)
            .then("a", new Conv2dOf(5, 3, 2, 1).layer())
            .then("b", new MaxPool2d(new Extent(3, 2), new Extent(2, 1), Padding.of(1), false))
            .then("c", new Conv2dOf(3, 3, 1, 2).layer())
            .join("d", new Conv2dOf(1, 1, 1, 1).layer(), "b")
            .join("e", new Add(), "c", "d")
            .then("pad", new ZeroPad2d(1, 0, 0, 2))
            .then(
                "f", new AvgPool2d(Extent.square(2), Extent.square(2), Padding.VALID, true, false))
            .build();
    Map<String, ReceptiveField> fields = ReceptiveField.of(network);
    for (Node node : network.nodes()) {
      ReceptiveField field = fields.get(node.name());
      for (int row = 0; row < node.shape().height(); row++) {
        for (int column = 0; column < node.shape().width(); column++) {
          assertRange(rows(network, node, row), field.rows(), row, 61, node.name());
          assertRange(columns(network, node, column), field.columns(), column, 47, node.name());
        }
      }
    }
    assertFalse(fields.get("f").whole());
  }

  private static void assertRange(
      TreeSet<Integer> seen, ReceptiveField.Axis axis, int pixel, int size, String layer) {
    if (seen.isEmpty()) {
      return; // padding alone
    }
    long first = axis.first() + pixel * axis.stride();
    long last = axis.last() + pixel * axis.stride();
    assertEquals(Math.max(0, first), (long) seen.first(), layer);
    assertEquals(Math.min(size - 1, last), (long) seen.last(), layer);
  }

  private record Conv2dOf(int height, int width, int stride, int dilation) {
    Conv2d layer() {
      return new Conv2d(
          4,
          new Extent(height, width),
          Extent.square(stride),
          Padding.SAME,
          Extent.square(dilation),
          1,
          true,
          Initializer.HE_NORMAL);
    }
  }

  private static TreeSet<Integer> rows(Network network, Node node, int row) {
    TreeSet<Integer> seen = new TreeSet<>();
    for (int k = 0; k < node.inputs().size(); k++) {
      Window w = node.layer().windows(node.inputShapes()).orElse(null);
      for (int tap = 0; tap < (w == null ? 1 : w.kernel().height()); tap++) {
        int at =
            w == null ? row : row * w.stride().height() + tap * w.dilation().height() - w.padTop();
        if (at >= 0 && at < node.inputShapes().get(k).height()) {
          seen.addAll(back(network, node.inputs().get(k), at, true));
        }
      }
    }
    return seen;
  }

  private static TreeSet<Integer> columns(Network network, Node node, int column) {
    TreeSet<Integer> seen = new TreeSet<>();
    for (int k = 0; k < node.inputs().size(); k++) {
      Window w = node.layer().windows(node.inputShapes()).orElse(null);
      for (int tap = 0; tap < (w == null ? 1 : w.kernel().width()); tap++) {
        int at =
            w == null
                ? column
                : column * w.stride().width() + tap * w.dilation().width() - w.padLeft();
        if (at >= 0 && at < node.inputShapes().get(k).width()) {
          seen.addAll(back(network, node.inputs().get(k), at, false));
        }
      }
    }
    return seen;
  }

  private static TreeSet<Integer> back(Network network, String name, int at, boolean vertical) {
    if (name.equals(Network.INPUT)) {
      return new TreeSet<>(Set.of(at));
    }
    Node node =
        network.nodes().stream().filter(n -> n.name().equals(name)).findFirst().orElseThrow();
    return vertical ? rows(network, node, at) : columns(network, node, at);
  }
}
