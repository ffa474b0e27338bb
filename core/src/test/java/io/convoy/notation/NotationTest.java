package io.convoy.notation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.init.Initializer;
import io.convoy.init.Normal;
import io.convoy.init.Orthogonal;
import io.convoy.json.Json;
import io.convoy.layer.AvgPool2d;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Dropout;
import io.convoy.layer.Elu;
import io.convoy.layer.Flatten;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.GlobalMaxPool;
import io.convoy.layer.Layer;
import io.convoy.layer.LeakyRelu;
import io.convoy.layer.Linear;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Relu;
import io.convoy.layer.SelectChannels;
import io.convoy.layer.Silu;
import io.convoy.layer.SpatialDropout;
import io.convoy.network.Network;
import io.convoy.network.Node;
import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NotationTest {
  private static final Conv2d SAME = Conv2d.of(8, 3).withPadding(Padding.SAME);

  static Network network(String notation, String values) {
    JsonNode json =
        Json.object()
            .put("notation", notation)
            .set(
                "values",
                Json.read(values.getBytes(StandardCharsets.UTF_8), JsonNode.class, "values"));
    return Json.value(json, Notation.class, "network").network();
  }

  private static void writes(Layer layer, String written) {
    assertEquals(
        List.of(layer),
        Notation.of("INPUT(12,12,4) => " + written).network().nodes().stream()
            .map(Node::layer)
            .toList(),
        written);
  }

  @Test
  void theExampleOfTheDocuments() {
    Network network =
        Notation.of(
                "INPUT(32,32,3) => [CONV(64,3x3) => RELU => BN] * 2 => POOL(2) =>"
                    + " [CONV(128,3x3) => RELU => BN] * 2 => POOL(2) => FC(256) => RELU =>"
                    + " DO(0.5) => FC(10)")
            .network();
    Network.Builder same = Network.input(32, 32, 3);
    for (int channels : List.of(64, 128)) {
      for (int turn = 0; turn < 2; turn++) {
        same.then(Conv2d.of(channels, 3).withPadding(Padding.SAME))
            .then(new Relu())
            .then(BatchNorm2d.standard());
      }
      same.then(MaxPool2d.of(2));
    }
    same.then(new Flatten()).then(Linear.of(256)).then(new Relu()).then(new Dropout(0.5f));
    assertEquals(same.then(Linear.of(10)).build(), network);
  }

  /** As CS231n writes it, "Layer Patterns"; all that it leaves open stands beside it. */
  @Test
  void thePatternOfTheCourse() {
    Network network =
        network(
            "INPUT -> [[CONV -> RELU]*N -> POOL?]*M -> [FC -> RELU]*K -> FC",
            "{\"INPUT\": [32, 32, 3], \"N\": 2, \"M\": 3, \"K\": 1, \"POOL?\": true,"
                + " \"CONV\": [8, 8, 16, 16, 32, 32], \"FC\": [64, 10]}");
    assertEquals(
        "INPUT(32,32,3) => [CONV(8,3x3) => RELU] * 2 => POOL(2) => [CONV(16,3x3) => RELU] * 2 =>"
            + " POOL(2) => [CONV(32,3x3) => RELU] * 2 => POOL(2) => FC(64) => RELU => FC(10)",
        Notation.write(network).orElseThrow());
  }

  @Test
  void listsGiveTheirValuesOneAfterTheOther() {
    Network vgg11 =
        network(
            "INPUT(32,32,3) => [[CONV(C) => RELU] * N => POOL?] * 5 => FC(10)",
            "{\"N\": [1, 1, 2, 2, 2], \"C\": [64, 128, 256, 256, 512, 512, 512, 512],"
                + " \"POOL?\": [true, true, true, true, false]}");
    assertEquals(
        "INPUT(32,32,3) => CONV(64,3x3) => RELU => POOL(2) => CONV(128,3x3) => RELU => POOL(2) =>"
            + " [CONV(256,3x3) => RELU] * 2 => POOL(2) => [CONV(512,3x3) => RELU] * 2 => POOL(2)"
            + " => [CONV(512,3x3) => RELU] * 2 => FC(10)",
        Notation.write(vgg11).orElseThrow());
  }

  @Test
  void repeatsMayBeNone() {
    assertEquals(
        "INPUT(4) => FC(2)",
        Notation.write(
                network(
                    "INPUT(4) => [FC(8) => RELU] * K => [DO(0.5) => TANH]? => FC(2)",
                    "{\"K\": 0, \"DO?\": false}"))
            .orElseThrow());
  }

  @Test
  void argumentsByPlaceAndByName() {
    writes(SAME, "CONV(8)");
    writes(SAME, "conv(8, 3)");
    writes(SAME, "Conv2d(filters=8, kernel=3x3)");
    writes(SAME.withStride(2), "CONV(8,3x3,2)");
    writes(SAME.withStride(2).withoutBias(), "CONV(8,stride=2,bias=false)");
    writes(Conv2d.of(8, 5).withPadding(Padding.of(1)), "CONV(8,5,pad=1)");
    writes(Conv2d.of(8, 3), "CONV(8,pad=valid)");
    writes(SAME.withDilation(2).withGroups(2), "CONV(8,dilation=2,groups=2)");
    writes(SAME.withInitializer(new Normal(0.01)), "CONV(8,init=normal(0.01))");
    writes(SAME.withInitializer(new Normal(0.5)), "CONV(8,initializer=normal(deviation=.5))");
    writes(SAME.withInitializer(new Orthogonal(1)), "CONV(8,init=orthogonal)");
    writes(SAME.withInitializer(Initializer.ZEROS), "CONV(8,init=zeros)");
    writes(MaxPool2d.of(2), "POOL");
    writes(new MaxPool2d(Extent.square(3), Extent.square(2), Padding.of(1), false), "POOL(3,2,1)");
    writes(new MaxPool2d(new Extent(1, 2), new Extent(1, 2), Padding.VALID, false), "MaxPool(1x2)");
    writes(AvgPool2d.of(3), "AVGPOOL(3)");
    writes(new GlobalAvgPool(), "GAP");
    writes(new SelectChannels(List.of(0)), "SELECTCHANNELS([0])");
    writes(new GlobalMaxPool(), "globalMaxPool()");
    writes(new BatchNorm2d(1e-3f, 0.01f), "BN(1e-3,momentum=0.01)");
    writes(new LeakyRelu(0.2f), "LRELU(0.2)");
    writes(Elu.of(1f), "ELU");
    writes(new Silu(), "SWISH");
    writes(new SpatialDropout(0.25f), "SpatialDropout(0.25)");
  }

  @Test
  void aDepthwiseConvolutionTakesItsChannelsFromItsInput() {
    Conv2d depthwise = Conv2d.of(4, 3).withPadding(Padding.SAME).withGroups(4);
    writes(depthwise, "DWCONV");
    writes(depthwise.withStride(2).withoutBias(), "DWCONV(3x3,stride=2,bias=false)");
    writes(Conv2d.of(8, 5).withPadding(Padding.SAME).withGroups(4), "DWCONV(5x5, multiplier=2)");
  }

  /** Arrows and times of papers, and lines. */
  @Test
  void otherSigns() {
    Network network = Notation.of("INPUT(8,8,1) => [CONV(4) => RELU] * 2 => FC(3)").network();
    assertEquals(
        network, Notation.of("input(8×8×1)\n  → [conv(4, 3×3) → relu] × 2\n  → fc(3)\n").network());
  }

  @Test
  void aGraphIsNone() {
    Network network =
        Network.input(4, 4, 2)
            .then("one", new Relu())
            .join("two", new Relu(), "one")
            .join("three", new Silu(), "two")
            .build();
    assertEquals(Optional.empty(), Notation.branch(network));
    Network fork = network.withOutput("two");
    assertEquals("two", Notation.branch(fork).orElseThrow().name());
    assertEquals(Optional.empty(), Notation.write(fork));
  }

  @Test
  void whatIsMeantAsANotation() {
    for (String text : List.of("INPUT(8)", " input ( 8 )", "CONV => RELU", "A -> B", "x→y")) {
      assertTrue(Notation.isNotation(text), text);
    }
    for (String text : List.of("input", "resnet18", "runs/a-b", "input.yaml", "vgg=3")) {
      assertFalse(Notation.isNotation(text), text);
    }
  }
}
