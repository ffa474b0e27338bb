package io.convoy.format.onnx;

import io.convoy.format.onnx.Value.Activation;
import io.convoy.layer.Add;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.ChannelScale;
import io.convoy.layer.Multiply;
import io.convoy.layer.ScaledTanh;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sums, products and batch normalisation. */
final class ArithmeticOperators {
  private static final float EPSILON = 1e-5f;

  private ArithmeticOperators() {}

  static void addTo(Operators operators) {
    operators.add("Add", ArithmeticOperators::add);
    operators.add("Sum", ArithmeticOperators::sum);
    operators.add("Sub", ArithmeticOperators::subtract);
    operators.add("Mul", ArithmeticOperators::multiply);
    operators.add("Div", ArithmeticOperators::divide);
    operators.add(
        "BatchNormalization",
        ArithmeticOperators::batchNorm,
        "epsilon",
        "momentum",
        "spatial",
        "training_mode");
  }

  private static Value add(OnnxNode node, GraphReader graph) {
    int constant = constant(node, graph);
    return constant < 0
        ? sum(node, graph)
        : affine(node, graph, 1 - constant, 1, graph.floats(node, constant), false);
  }

  private static Value subtract(OnnxNode node, GraphReader graph) {
    int constant = constant(node, graph);
    if (constant < 0) {
      throw new Refusal("Convoy has no difference of two layers");
    }
    return constant == 1
        ? affine(node, graph, 0, 1, negative(graph.floats(node, 1)), false)
        : affine(node, graph, 1, -1, graph.floats(node, 0), false);
  }

  private static Value divide(OnnxNode node, GraphReader graph) {
    OnnxTensor by = graph.floats(node, 1);
    float[] factors = new float[by.length()];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = 1 / by.floats()[i];
    }
    return affine(node, graph, 0, 1, new OnnxTensor(by.dims(), factors, null), true);
  }

  private static OnnxTensor negative(OnnxTensor tensor) {
    float[] values = new float[tensor.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = -tensor.floats()[i];
    }
    return new OnnxTensor(tensor.dims(), values, null);
  }

  /** Which of two inputs is a constant; -1 where none is. */
  private static int constant(OnnxNode node, GraphReader graph) {
    if (graph.find(node, 1).isPresent()) {
      return 1;
    }
    return graph.find(node, 0).isPresent() ? 0 : -1;
  }

  private static Value sum(OnnxNode node, GraphReader graph) {
    List<Activation> terms = new ArrayList<>(List.of(graph.activation(node, 0)));
    for (int k = 1; k < node.inputs().size(); k++) {
      terms.add(graph.activation(node, k));
    }
    Activation first = terms.get(0);
    if (terms.size() == 1) {
      return first;
    }
    for (Activation term : terms) {
      if (!alike(term, first)) {
        throw Refusal.of(
            "Convoy adds what has one shape; got samples %s and %s", first.dims(), term.dims());
      }
    }
    Activation[] others = terms.subList(1, terms.size()).toArray(Activation[]::new);
    return graph.assembly().add(node.name(), new Add(), first.dims(), first.order(), first, others);
  }

  private static boolean alike(Activation one, Activation other) {
    return one.shape().equals(other.shape())
        && one.dims().equals(other.dims())
        && one.order().equals(other.order());
  }

  private static Value multiply(OnnxNode node, GraphReader graph) {
    int constant = constant(node, graph);
    if (constant >= 0) {
      OnnxTensor factor = graph.floats(node, constant);
      Optional<Activation> squashed = squashed(node, graph, 1 - constant, factor);
      return squashed.isPresent()
          ? squashed.get()
          : affine(node, graph, 1 - constant, 1, factor, true);
    }
    for (int k = 0; k < 2; k++) {
      if (graph.value(node, k) instanceof Value.Gate gate) {
        return graph.assembly().keep(node.name(), gate.product(), gate.of());
      }
    }
    Activation first = graph.activation(node, 0);
    Activation second = graph.activation(node, 1);
    if (alike(first, second) || scales(first, second)) {
      return product(node, graph, first, second);
    }
    if (scales(second, first)) {
      return product(node, graph, second, first);
    }
    throw Refusal.of(
        "Convoy multiplies what has one shape, or an image with a factor for each channel; got"
            + " samples %s and %s",
        first.dims(), second.dims());
  }

  /** A factor before a tanh, and one behind it: one layer; empty where other nodes follow. */
  private static Optional<Activation> squashed(
      OnnxNode node, GraphReader graph, int input, OnnxTensor slope) {
    Optional<List<OnnxNode>> chain = Chain.behind(node, graph, "Tanh", "Mul");
    if (chain.isEmpty() || slope.length() != 1 || !(slope.floats()[0] > 0)) {
      return Optional.empty();
    }
    OnnxNode tanh = chain.get().get(0);
    OnnxNode scales = chain.get().get(1);
    Optional<Float> scale = Chain.number(scales, tanh, graph).filter(factor -> factor > 0);
    if (scale.isEmpty()) {
      return Optional.empty();
    }
    ScaledTanh layer = new ScaledTanh(scale.get(), slope.floats()[0]);
    Activation added = graph.assembly().keep(scales.name(), layer, graph.activation(node, input));
    chain.get().forEach(done -> graph.done(done, added));
    return Optional.of(added);
  }

  private static Value product(
      OnnxNode node, GraphReader graph, Activation image, Activation factors) {
    return graph
        .assembly()
        .add(node.name(), new Multiply(), image.dims(), image.order(), image, factors);
  }

  /** Whether one is an image and the other a factor for each of its channels. */
  private static boolean scales(Activation image, Activation factors) {
    int channels = image.shape().channels();
    List<Integer> dims =
        image.order().channelsLast() ? List.of(1, 1, channels) : List.of(channels, 1, 1);
    return image.isImage() && !factors.isImage() && factors.dims().equals(dims);
  }

  /** Dimensions in ONNX behind that of the channels. */
  static int behindChannels(Activation input) {
    if (input.isImage()) {
      return input.order().channelsLast() ? 0 : 2;
    }
    if (!input.isChannels()) {
      throw Refusal.of("channels cannot be told in a vector seen as %s", input.dims());
    }
    return input.dims().size() - 1;
  }

  /** A constant that is added for each channel, or by which it is multiplied. */
  private static Value affine(
      OnnxNode node,
      GraphReader graph,
      int input,
      float sign,
      OnnxTensor constant,
      boolean multiplies) {
    Activation scaled = graph.activation(node, input);
    int channels = scaled.shape().channels();
    float[] values = Bias.perChannel(constant, scaled);
    Optional<Bias> bias =
        multiplies
            ? scaled.isChannels()
                ? Bias.added(node, channels, behindChannels(scaled), graph)
                : Optional.empty()
            : Optional.of(new Bias(values, null));
    ChannelScale scale = new ChannelScale(bias.isPresent());
    Activation layer = graph.assembly().keep(node.name(), scale, scaled);
    graph.assembly().set(layer, "weight", multiplies ? values : Bias.filled(channels, sign));
    return Bias.set(bias, layer, graph);
  }

  private static Value batchNorm(OnnxNode node, GraphReader graph) {
    node.requireZero("training_mode", "Convoy reads networks for inference");
    if (node.number("spatial", 1) != 1) {
      throw new Refusal("attribute spatial is 0; Convoy normalises whole channels");
    }
    Activation image = graph.image(node, 0);
    int channels = image.shape().channels();
    Activation layer =
        norm(
            node,
            graph,
            image,
            node.decimal("epsilon", EPSILON),
            Attributes.complement(node.decimal("momentum", 0.9f)));
    List<String> parameters = List.of("weight", "bias", "running_mean", "running_var");
    for (int k = 0; k < parameters.size(); k++) {
      float[] values = Bias.perOutput(graph.floats(node, k + 1), channels, 0);
      graph.assembly().set(layer, parameters.get(k), values);
    }
    return layer;
  }

  private static Activation norm(
      OnnxNode node, GraphReader graph, Activation image, float epsilon, float momentum) {
    float share = momentum > 0 && momentum <= 1 ? momentum : 0.1f; // inference does not need it
    return graph.assembly().keep(node.name(), new BatchNorm2d(epsilon, share), image);
  }
}
