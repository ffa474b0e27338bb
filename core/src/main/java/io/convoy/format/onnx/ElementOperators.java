package io.convoy.format.onnx;

import io.convoy.format.onnx.Value.Activation;
import io.convoy.layer.Dropout;
import io.convoy.layer.Elu;
import io.convoy.layer.Gelu;
import io.convoy.layer.HardSigmoid;
import io.convoy.layer.HardSwish;
import io.convoy.layer.HardTanh;
import io.convoy.layer.Layer;
import io.convoy.layer.LeakyRelu;
import io.convoy.layer.LogSoftmax;
import io.convoy.layer.Relu;
import io.convoy.layer.Relu6;
import io.convoy.layer.Selu;
import io.convoy.layer.Sigmoid;
import io.convoy.layer.Silu;
import io.convoy.layer.Softmax;
import io.convoy.layer.Tanh;
import java.util.Arrays;
import java.util.function.Function;

/** Operators that map each element by itself. */
final class ElementOperators {
  private static final float DROPOUT_RATIO = 0.5f;

  /** How far an option may lie from a layer's own constant: a float's rounding. */
  private static final float ROUNDING = 1e-6f;

  private ElementOperators() {}

  static void addTo(Operators operators) {
    map(operators, "Relu", node -> new Relu());
    map(operators, "Tanh", node -> new Tanh());
    map(operators, "HardSwish", node -> new HardSwish());
    map(operators, "Elu", node -> Elu.of(node.decimal("alpha", 1)), "alpha");
    map(operators, "LeakyRelu", ElementOperators::leaky, "alpha");
    map(operators, "Selu", ElementOperators::selu, "alpha", "gamma");
    map(operators, "Gelu", ElementOperators::gelu, "approximate");
    operators.add("Sigmoid", (node, graph) -> gate(node, graph, new Sigmoid()));
    operators.add("HardSigmoid", ElementOperators::hardSigmoid, "alpha", "beta");
    operators.add("Clip", ElementOperators::clip, "min", "max");
    operators.add("Dropout", ElementOperators::dropout, "ratio", "seed", "is_test");
    operators.add("Softmax", (node, graph) -> softmax(node, graph, new Softmax()), "axis");
    operators.add("LogSoftmax", (node, graph) -> softmax(node, graph, new LogSoftmax()), "axis");
    operators.add("Identity", (node, graph) -> graph.value(node, 0));
  }

  private static void map(
      Operators operators, String type, Function<OnnxNode, Layer> layer, String... attributes) {
    operators.add(
        type,
        (node, graph) ->
            graph.assembly().keep(node.name(), layer.apply(node), graph.activation(node, 0)),
        attributes);
  }

  private static Layer leaky(OnnxNode node) {
    float alpha = node.decimal("alpha", 0.01f);
    return alpha == 0 ? new Relu() : new LeakyRelu(alpha);
  }

  private static Layer selu(OnnxNode node) {
    float alpha = node.decimal("alpha", 1.6732632f);
    float gamma = node.decimal("gamma", 1.050701f);
    boolean paper =
        Math.abs(alpha - 1.6732632f) <= ROUNDING && Math.abs(gamma - 1.050701f) <= ROUNDING;
    return paper ? new Selu() : new Elu(alpha, gamma);
  }

  private static Layer gelu(OnnxNode node) {
    String approximate = node.text("approximate", "none");
    return switch (approximate) {
      case "none" -> Gelu.standard();
      case "tanh" -> new Gelu(Gelu.Approximation.TANH);
      default -> throw Refusal.of("attribute approximate is %s, which is not known", approximate);
    };
  }

  private static Value hardSigmoid(OnnxNode node, GraphReader graph) {
    HardSigmoid layer = new HardSigmoid(node.decimal("alpha", 0.2f), node.decimal("beta", 0.5f));
    return gate(node, graph, layer);
  }

  /** A sigmoid, which waits where it and its input are multiplied: that is one layer. */
  private static Value gate(OnnxNode node, GraphReader graph, Layer layer) {
    Activation input = graph.activation(node, 0);
    boolean one =
        layer instanceof Sigmoid
            || (layer instanceof HardSigmoid hard
                && Math.abs(hard.slope() - 1 / 6f) < ROUNDING
                && hard.offset() == 0.5f);
    String read = node.inputs().get(0);
    boolean waits =
        one
            && graph
                .onlyReader(node)
                .filter(next -> next.isOnnx() && next.type().equals("Mul"))
                .filter(next -> next.inputs().contains(read))
                .isPresent();
    if (waits) {
      return new Value.Gate(input, layer instanceof Sigmoid ? new Silu() : new HardSwish());
    }
    return graph.assembly().keep(node.name(), layer, input);
  }

  /** Convoy's networks give logits, of which whoever runs them takes the softmax. */
  private static Value softmax(OnnxNode node, GraphReader graph, Layer layer) {
    Activation input = graph.activation(node, 0);
    boolean whole = graph.opset() < 13; // then all behind the axis is one vector
    int axis = ShapeOperators.axis(node.number("axis", whole ? 1 : -1), 1 + input.dims().size());
    int channels = input.dims().size() - ArithmeticOperators.behindChannels(input);
    if (axis != channels || (whole && input.isImage())) {
      throw Refusal.of("attribute axis is %d; Convoy takes a softmax over channels", axis);
    }
    return graph.isOutput(node.outputs().get(0)) && !input.isImage()
        ? input
        : graph.assembly().keep(node.name(), layer, input);
  }

  private static Value clip(OnnxNode node, GraphReader graph) {
    float least = limit(node, graph, 1, "min", -Float.MAX_VALUE);
    float most = limit(node, graph, 2, "max", Float.MAX_VALUE);
    Activation input = graph.activation(node, 0);
    if (least == 0 && most >= Float.MAX_VALUE) {
      return graph.assembly().keep(node.name(), new Relu(), input);
    }
    if (least == 0 && most == 6) {
      return graph.assembly().keep(node.name(), new Relu6(), input);
    }
    if (least <= -Float.MAX_VALUE && most >= Float.MAX_VALUE) {
      return input;
    }
    return graph.assembly().keep(node.name(), new HardTanh(near(least), near(most)), input);
  }

  /** No limit is the farthest number. */
  private static float near(float limit) {
    return Math.min(Math.max(limit, -Float.MAX_VALUE), Float.MAX_VALUE);
  }

  /** One number, that is an input or, in older opsets, an attribute. */
  static float limit(
      OnnxNode node, GraphReader graph, int input, String attribute, float otherwise) {
    if (!node.has(input)) {
      return node.decimal(attribute, otherwise);
    }
    OnnxTensor limit = graph.floats(node, input);
    if (limit.length() != 1) {
      throw Refusal.of("input %d must be one number; it is %s", input + 1, limit.dims());
    }
    return limit.floats()[0];
  }

  private static Value dropout(OnnxNode node, GraphReader graph) {
    Activation input = graph.activation(node, 0);
    if (node.has(2) && Arrays.stream(graph.wholeNumbers(node, 2)).anyMatch(set -> set != 0)) {
      throw new Refusal("input 3, training_mode, is set; Convoy reads networks for inference");
    }
    float rate = limit(node, graph, 1, "ratio", DROPOUT_RATIO);
    return rate == 0 ? input : graph.assembly().keep(node.name(), new Dropout(rate), input);
  }
}
