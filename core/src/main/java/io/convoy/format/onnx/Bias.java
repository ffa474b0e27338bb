package io.convoy.format.onnx;

import io.convoy.format.onnx.Value.Activation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is added to a layer's outputs: its own bias, or a constant that the next node adds.
 *
 * @param values one an output
 * @param adding the node that adds it; null where it is the layer's own
 */
record Bias(float[] values, OnnxNode adding) {
  private static final int MOST_FILLED = 1 << 20;

  /**
   * Finds it.
   *
   * @param input of the node's that may be it
   * @param outputs of the layer
   * @param behind dimensions behind that of the outputs: 2 for images, 0 for vectors
   */
  static Optional<Bias> of(OnnxNode node, int input, int outputs, int behind, GraphReader graph) {
    if (node.has(input)) {
      OnnxTensor own = graph.floats(node, input);
      return Optional.of(new Bias(perOutput(own, outputs, 0), null));
    }
    return added(node, outputs, behind, graph);
  }

  /** What the next node adds; empty where it adds no constant of the kind. */
  static Optional<Bias> added(OnnxNode node, int outputs, int behind, GraphReader graph) {
    Optional<OnnxNode> next =
        graph.onlyReader(node).filter(reader -> reader.isOnnx() && reader.type().equals("Add"));
    if (next.isEmpty() || next.get().inputs().size() != 2) {
      return Optional.empty();
    }
    int other = next.get().inputs().get(0).equals(node.outputs().get(0)) ? 1 : 0;
    return graph
        .find(next.get(), other)
        .filter(constant -> constant.floats() != null && fits(constant, outputs, behind))
        .map(constant -> new Bias(perOutput(constant, outputs, behind), next.get()));
  }

  /** Gives a layer its bias; what adds it is done then. */
  static Activation set(Optional<Bias> bias, Activation layer, GraphReader graph) {
    bias.ifPresent(
        found -> {
          graph.assembly().set(layer, "bias", found.values());
          if (found.adding() != null) {
            graph.done(found.adding(), layer);
          }
        });
    return layer;
  }

  /** Whether a constant has one number an output, or one for all, and nothing else. */
  static boolean fits(OnnxTensor constant, int outputs, int behind) {
    int rank = constant.dims().size();
    for (int i = 0; i < rank; i++) {
      int dim = constant.dims().get(i);
      if (dim != 1 && (rank - 1 - i != behind || dim != outputs)) {
        return false;
      }
    }
    return true;
  }

  /**
   * A constant's number for each output.
   *
   * @param behind dimensions of the constant behind that of the outputs
   */
  static float[] perOutput(OnnxTensor constant, int outputs, int behind) {
    if (!fits(constant, outputs, behind)) {
      throw Refusal.of(
          "a constant must have one number for each of %d channels, or one for all; it is %s",
          outputs, constant.dims());
    }
    if (constant.length() == outputs) {
      return constant.floats();
    }
    return filled(outputs, constant.floats()[0]);
  }

  /**
   * So many times one number.
   *
   * @throws Refusal when they are too many
   */
  static float[] filled(int length, float value) {
    if (length > MOST_FILLED) {
      throw Refusal.of(
          "Convoy keeps a number for each channel, and at most %d; got %d channels",
          MOST_FILLED, length);
    }
    float[] all = new float[length];
    Arrays.fill(all, value);
    return all;
  }

  /**
   * A constant's number for each channel of an image, or for each element of a vector, whatever the
   * dimensions in which it is seen.
   */
  static float[] perChannel(OnnxTensor constant, Activation input) {
    int channels = input.shape().channels();
    List<Integer> dims = input.dims();
    if (input.isImage() || dims.equals(List.of(channels))) {
      return perOutput(constant, channels, ArithmeticOperators.behindChannels(input));
    }
    int before = constant.dims().size() - dims.size();
    for (int i = 0; i < constant.dims().size(); i++) {
      int dim = constant.dims().get(i);
      if (dim != 1 && (i < before || dim != dims.get(i - before))) {
        throw Refusal.of("a constant %s does not fit samples %s", constant.dims(), dims);
      }
    }
    float[] all = filled(channels, 0);
    for (int i = 0; i < channels; i++) {
      int left = i;
      int place = 0;
      int step = 1;
      for (int axis = dims.size() - 1; axis >= 0; axis--) {
        int own = axis + before < 0 ? 1 : constant.dims().get(axis + before);
        place += own == 1 ? 0 : left % dims.get(axis) * step;
        step *= own;
        left /= dims.get(axis);
      }
      all[DenseOperators.place(i, input.order().flattened())] = constant.floats()[place];
    }
    return all;
  }
}
