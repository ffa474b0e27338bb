package io.convoy.format.onnx;

import io.convoy.format.onnx.Value.Activation;
import io.convoy.layer.GroupNorm;
import io.convoy.layer.InstanceNorm;
import io.convoy.layer.Layer;
import io.convoy.layer.LayerNorm;
import io.convoy.layer.LocalResponseNorm;
import io.convoy.layer.PRelu;

/** Normalisations of samples by themselves, and rectifiers with trained slopes. */
final class NormOperators {
  private static final float EPSILON = 1e-5f;

  private NormOperators() {}

  static void addTo(Operators operators) {
    operators.add("LRN", NormOperators::localResponse, "alpha", "beta", "bias", "size");
    operators.add("InstanceNormalization", NormOperators::instance, "epsilon");
    operators.add(
        "GroupNormalization", NormOperators::group, "epsilon", "num_groups", "stash_type");
    operators.add("LayerNormalization", NormOperators::layer, "axis", "epsilon", "stash_type");
    operators.add("PRelu", NormOperators::slopes);
  }

  private static Value localResponse(OnnxNode node, GraphReader graph) {
    LocalResponseNorm layer =
        new LocalResponseNorm(
            Math.toIntExact(node.number("size", 0)),
            node.decimal("alpha", 1e-4f),
            node.decimal("beta", 0.75f),
            node.decimal("bias", 1));
    return graph.assembly().keep(node.name(), layer, graph.image(node, 0));
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
    int channels = input.shape().channels();
    OnnxTensor slopes = graph.floats(node, 1);
    boolean shared = slopes.length() == 1;
    float[] values =
        shared
            ? slopes.floats()
            : Bias.perOutput(slopes, channels, ArithmeticOperators.behindChannels(input));
    Activation added = graph.assembly().keep(node.name(), new PRelu(shared, 0.25f), input);
    graph.assembly().set(added, "weight", values);
    return added;
  }
}
