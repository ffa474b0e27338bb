package io.convoy.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.convoy.error.ConvoyException;
import io.convoy.layer.Add;
import io.convoy.layer.AvgPool2d;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Concat;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Dropout;
import io.convoy.layer.Flatten;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.Layer;
import io.convoy.layer.Linear;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Relu;
import io.convoy.operation.Padding;
import io.convoy.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class NetworkTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Conv2d same(int channels) {
    return Conv2d.of(channels, 3).withPadding(Padding.SAME);
  }

  /** All layers, a fan-out and a residual connection. */
  private static Network residual() {
    return Network.input(9, 7, 3)
        .then("stem", same(10))
        .then(BatchNorm2d.standard())
        .then("relu", new Relu())
        .then("branch", same(10).withGroups(2).withDilation(2).withoutBias())
        .join("sum", new Add(), "relu", "branch", "stem")
        .then(MaxPool2d.of(2))
        .then(new Flatten())
        .then(new Dropout(0.25f))
        .then(Linear.of(5))
        .build();
  }

  @Test
  void namesAndShapesFollow() {
    Network network = residual();
    assertEquals(
        List.of(
            "stem",
            "batchNorm2d_1",
            "relu",
            "branch",
            "sum",
            "maxPool2d_1",
            "flatten_1",
            "dropout_1",
            "linear_1"),
        network.nodes().stream().map(Node::name).toList());
    assertEquals(Shape.of(5), network.outputShape());
    assertEquals(Shape.of(4, 3, 10), network.nodes().get(5).shape());
  }

  @Test
  void jsonRoundTripKeepsTheNetwork() throws Exception {
    Network network = residual();
    String text = JSON.writeValueAsString(network.toJson());
    Network again = Network.fromJson(JSON.readTree(text));
    assertEquals(network, again);
    assertEquals(network.hashCode(), again.hashCode());
    assertEquals(text, JSON.writeValueAsString(again.toJson()));
    assertEquals(network.layout().entries(), again.layout().entries());
  }

  @Test
  void outputsAreNamedAndKept() throws Exception {
    Network network =
        Network.input(9, 7, 3)
            .then("stem", same(10))
            .then("relu", new Relu())
            .output("stem")
            .output("relu")
            .build();
    assertEquals(List.of("stem", "relu"), network.outputs().stream().map(Node::name).toList());
    assertEquals(Shape.of(9, 7, 10), network.outputShape());
    String text = JSON.writeValueAsString(network.toJson());
    assertTrue(text.endsWith(",\"outputs\":[\"stem\",\"relu\"]}"), text);
    assertEquals(network, Network.fromJson(JSON.readTree(text)));
    assertNotEquals(
        network, Network.input(9, 7, 3).then("stem", same(10)).then("relu", new Relu()).build());
  }

  @Test
  void anOptionMakesANetworkAnother() {
    Network.Builder one = Network.input(9, 7, 3);
    Network.Builder two = Network.input(9, 7, 3);
    assertNotEquals(one.then(same(10)).build(), two.then(same(10).withoutBias()).build());
  }

  @Test
  void shapeErrorsNameTheLayer() {
    check(
        "layer 'head': linear takes a vector [features]; got the image 9x7x3: put a flatten layer"
            + " before it",
        image("head", Linear.of(3)));
    check(
        "layer 'pool': maxPool2d: the window must fit into the padded image; window 11x11 (kernel"
            + " 11x11, dilation 1x1), image 9x7x3 padded to 9x7: use a smaller kernel or more"
            + " padding",
        image("pool", MaxPool2d.of(11)));
    check(
        "layer 'conv': conv2d: groups must divide the input's channels; got groups 2, input 9x7x3",
        image("conv", same(10).withGroups(2)));
    check(
        "layer 'dense': a shape holds at most 2^31 elements; got [2000000000, 3]",
        () -> Network.input(3).then("dense", Linear.of(2_000_000_000)).build());
    check(
        "layer 'b': the parameters and averages of a network must be at most 2147475455; up to here"
            + " they are 2400080001: use fewer channels or features",
        () ->
            Network.input(60_000)
                .then("a", Linear.of(20_000))
                .then("back", Linear.of(1))
                .then("wide", Linear.of(20_000))
                .then("b", Linear.of(60_000))
                .build());
    check(
        "layer 'sum': add takes two or more inputs of one shape; got [9x7x3]",
        image("sum", new Add()));
    check(
        "layer 'side': concat takes two or more images of one height and width, or two or more"
            + " vectors; got [9x7x3]",
        image("side", new Concat()));
    for (Layer layer :
        List.of(
            same(3),
            MaxPool2d.of(1),
            AvgPool2d.of(1),
            new GlobalAvgPool(),
            BatchNorm2d.standard(),
            new Flatten())) {
      ConvoyException error =
          assertThrows(ConvoyException.class, () -> Network.input(7).then("x", layer));
      assertEquals(
          "takes an image [height, width, channels]; got the vector [7]",
          error.getMessage().replaceFirst("layer 'x': \\w+ ", ""));
    }
  }

  private static Executable image(String name, Layer layer) {
    return () -> Network.input(9, 7, 3).then(name, layer);
  }

  @Test
  void builderErrorsSayWhatIsWrong() {
    Network.Builder started = Network.input(9, 7, 3).then("a", new Relu());
    check(
        "layer 'a': this name is taken; every layer needs one of its own",
        () -> started.then("a", new Relu()));
    check(
        "layer 'input': this name is taken; every layer needs one of its own",
        () -> started.then("input", new Relu()));
    check(
        "layer 'b': its input 'z' is none of the layers before it: input, a",
        () -> started.join("b", new Relu(), "z"));
    check(
        "layer 'b b': a name consists of letters, digits and _ . / -",
        () -> started.then("b b", new Relu()));
    check(
        "layer 'from': its input 'z' is none of the layers before it: input, a",
        () -> started.from("z"));
    check("a network needs at least one layer", () -> Network.input(3).build());
    check("every extent of a shape is at least 1; got [0, 7, 3]", () -> Network.input(0, 7, 3));
  }

  @Test
  void anOutputThatNobodyReadsIsRefused() {
    Network.Builder builder =
        Network.input(9, 7, 3).then("lost", new Relu()).from("input").then("end", new Flatten());
    check("layer 'lost': nobody reads its output; the network's outputs are end", builder::build);
  }

  @Test
  void jsonErrorsNameThePlace() {
    checkJson(
        "network.layers[0]: conv2d: outChannels must be at least 1; got 0",
        "{\"input\":[9,7,3],\"layers\":[{\"type\":\"conv2d\",\"outChannels\":0,\"kernel\":3}]}");
    checkJson(
        "network.input: expected whole numbers; got [9.5,7,3]",
        "{\"input\":[9.5,7,3],\"layers\":[]}");
    checkJson("a network needs at least one layer", "{\"input\":[9,7,3],\"layers\":[]}");
    checkJson(
        "network.layers[0]: a layer with inputs needs a name, and inputs is a list of names",
        "{\"input\":[9,7,3],\"layers\":[{\"type\":\"relu\",\"inputs\":[\"input\"]}]}");
    checkJson(
        "network.layers[0]: expected a layer such as {type: relu}; got 7",
        "{\"input\":[9,7,3],\"layers\":[7]}");
  }

  private static void checkJson(String message, String json) {
    check(message, () -> Network.fromJson(JSON.readTree(json)));
  }

  private static void check(String message, Executable call) {
    ConvoyException error = assertThrows(ConvoyException.class, call);
    assertEquals(message, error.getMessage());
    assertEquals(ConvoyException.Kind.USAGE, error.kind());
  }
}
