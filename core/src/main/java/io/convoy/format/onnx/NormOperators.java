package io.convoy.format.onnx;

import io.convoy.format.onnx.Value.Activation;
import io.convoy.layer.GroupNorm;
import io.convoy.layer.InstanceNorm;
import io.convoy.layer.L2Norm;
import io.convoy.layer.Layer;
import io.convoy.layer.LayerNorm;
import io.convoy.layer.LocalResponseNorm;
import io.convoy.layer.PRelu;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Normalisations of samples by themselves, and rectifiers with trained slopes. */
final class NormOperators {
  private static final float EPSILON = 1e-5f;

  /** What is told of no least length: no number is divided by 0. */
  private static final float LEAST = 1e-12f;

  private NormOperators() {}

  static void addTo(Operators operators) {
    operators.add("LRN", NormOperators::localResponse, "alpha", "beta", "bias", "size");
    operators.add("InstanceNormalization", NormOperators::instance, "epsilon");
    operators.add(
        "GroupNormalization", NormOperators::group, "epsilon", "num_groups", "stash_type");
    operators.add("LayerNormalization", NormOperators::layer, "axis", "epsilon", "stash_type");
    operators.add("PRelu", NormOperators::slopes);
    operators.add("ReduceL2", NormOperators::length, "axes", "keepdims", "noop_with_empty_axes");
    operators.add("LpNormalization", NormOperators::unit, "axis", "p");
  }

  private static Value localResponse(OnnxNode node, GraphReader graph) {
    LocalResponseNorm layer =
        new LocalResponseNorm(
            Math.toIntExact(node.number("size", 0)),
            node.decimal("alpha", 1e-4f),
            node.decimal("beta", 0.75f),
            node.decimal("bias", 1));
    Activation input = graph.activation(node, 0);
    if (ArithmeticOperators.behindChannels(input) != 2) {
      throw Refusal.of("input 1 must be images [N, C, H, W]; a sample is %s", input.dims());
    }
    return graph.assembly().keep(node.name(), layer, input);
  }

  /** Channels divided by their length, which three nodes do, or four. */
  private static Value length(OnnxNode node, GraphReader graph) {
    Activation input = graph.activation(node, 0);
    long[] axes = node.has(1) ? graph.wholeNumbers(node, 1) : node.numbers("axes");
    requireChannels(input, axes);
    List<OnnxNode> chain =
        Chain.behind(node, graph, "Max|Clip?", "Expand?", "Div")
            .orElseThrow(() -> new Refusal("Convoy takes lengths to divide by, and no more"));
    OnnxNode divides = chain.get(chain.size() - 1);
    OnnxNode next = chain.get(0);
    boolean expands = chain.stream().anyMatch(each -> each.type().equals("Expand"));
    boolean own =
        divides.inputs().get(0).equals(node.inputs().get(0))
            && node.number("keepdims", 1) != 0
            && !(expands && input.dims().contains(1)); // it might enlarge that
    if (!own) {
      throw new Refusal("Convoy divides channels by their own length, and no others");
    }
    Optional<Float> least =
        switch (next.type()) {
          case "Max" -> Chain.number(next, node, graph);
          case "Clip" ->
              Optional.of(ElementOperators.limit(next, graph, 1, "min", 0))
                  .filter(unused -> !next.has(2));
          default -> Optional.of(LEAST);
        };
    L2Norm layer =
        new L2Norm(
            least.orElseThrow(() -> new Refusal("Max must be of one constant, Clip of one limit")));
    Activation added = graph.assembly().keep(divides.name(), layer, input);
    chain.forEach(done -> graph.done(done, added));
    return added;
  }

  private static void requireChannels(Activation input, long[] axes) {
    int rank = 1 + input.dims().size();
    boolean channels =
        axes != null
            && axes.length == 1
            && ShapeOperators.axis(axes[0], rank) == ChannelOperators.axis(input);
    if (!channels) {
      throw Refusal.of(
          "axes %s of a sample %s: Convoy takes the length of channels alone",
          Arrays.toString(axes), input.dims());
    }
  }

  private static Value unit(OnnxNode node, GraphReader graph) {
    Activation input = graph.activation(node, 0);
    requireChannels(input, new long[] {node.number("axis", -1)});
    if (node.number("p", 2) != 2) {
      throw Refusal.of("attribute p is %d; Convoy has Euclid's length, 2", node.number("p", 2));
    }
    return graph.assembly().keep(node.name(), new L2Norm(LEAST), input);
  }

  private static Value instance(OnnxNode node, GraphReader graph) {
    InstanceNorm layer = new InstanceNorm(node.decimal("epsilon", EPSILON), true);
    return affine(node, graph, layer, graph.image(node, 0));
  }

  private static Value group(OnnxNode node, GraphReader graph) {
    int groups = Math.toIntExact(node.number("num_groups", 0));
    GroupNorm layer = new GroupNorm(groups, node.decimal("epsilon", EPSILON), true);
    return affine(node, graph, layer, graph.image(node, 0));
  }

  private static Value layer(OnnxNode node, GraphReader graph) {
    Activation input = graph.activation(node, 0);
    int last = input.dims().size();
    if (ArithmeticOperators.behindChannels(input) != 0
        || ShapeOperators.axis(node.number("axis", -1), 1 + last) != last) {
      throw Refusal.of(
          "attribute axis: Convoy normalises channels that come last; a sample is %s",
          input.dims());
    }
    return affine(node, graph, new LayerNorm(node.decimal("epsilon", EPSILON), true), input);
  }

  /** With factors and offsets, of which the latter may be left out. */
  private static Value affine(OnnxNode node, GraphReader graph, Layer layer, Activation input) {
    int channels = input.shape().channels();
    OnnxTensor factors = graph.floats(node, 1);
    if (factors.length() != channels) {
      throw Refusal.of(
          "input 2 must have a factor for each of %d channels; it is %s (before opset 21, one a"
              + " group)",
          channels, factors.dims());
    }
    float[] offsets =
        node.has(2) ? Bias.perOutput(graph.floats(node, 2), channels, 0) : new float[channels];
    Activation added = graph.assembly().keep(node.name(), layer, input);
    graph.assembly().set(added, "weight", Bias.perOutput(factors, channels, 0));
    graph.assembly().set(added, "bias", offsets);
    return added;
  }

  private static Value slopes(OnnxNode node, GraphReader graph) {
    Activation input = graph.activation(node, 0);
    OnnxTensor slopes = graph.floats(node, 1);
    boolean shared = slopes.length() == 1;
    float[] values = shared ? slopes.floats() : Bias.perChannel(slopes, input);
    Activation added = graph.assembly().keep(node.name(), new PRelu(shared, 0.25f), input);
    graph.assembly().set(added, "weight", values);
    return added;
  }
}
