package io.convoy.format.onnx;

import io.convoy.format.onnx.Value.Activation;
import io.convoy.init.Initializer;
import io.convoy.layer.Linear;
import io.convoy.tensor.Shape;
import java.util.Optional;

/** {@code Gemm} and {@code MatMul} of what follows from the input with constants. */
final class DenseOperators {
  private DenseOperators() {}

  static void addTo(Operators operators) {
    operators.add("Gemm", DenseOperators::gemm, "alpha", "beta", "transA", "transB");
    operators.add("MatMul", (node, graph) -> dense(node, graph, graph.floats(node, 1), false, 1));
  }

  private static Value gemm(OnnxNode node, GraphReader graph) {
    node.requireZero("transA", "Convoy's samples are rows");
    float beta = node.decimal("beta", 1);
    Value product =
        dense(
            node,
            graph,
            graph.floats(node, 1),
            node.number("transB", 0) != 0,
            node.decimal("alpha", 1));
    if (beta != 1 && node.has(2)) {
      Activation layer = (Activation) product;
      graph.assembly().scale(layer, "bias", beta);
    }
    return product;
  }

  /**
   * @param transposed whether the matrix has a row for each output
   */
  private static Value dense(
      OnnxNode node, GraphReader graph, OnnxTensor matrix, boolean transposed, float factor) {
    Activation vector = graph.activation(node, 0);
    if (vector.isImage() || vector.dims().size() != 1) {
      throw Refusal.of("input 1 must be vectors [N, F]; a sample of it is %s", vector.dims());
    }
    int inputs = vector.shape().channels();
    int way = transposed ? 1 : 0;
    if (matrix.dims().size() != 2 || matrix.dims().get(way) != inputs) {
      throw Refusal.of("a matrix %s does not fit vectors of %d", matrix.dims(), inputs);
    }
    int outputs = matrix.dims().get(1 - way);
    Optional<Bias> bias = Bias.of(node, 2, outputs, 0, graph);
    Linear layer = new Linear(outputs, bias.isPresent(), Initializer.HE_NORMAL);
    Activation added = graph.assembly().plain(node.name(), layer, vector);
    float[] weights = new float[matrix.length()];
    for (int i = 0; i < inputs; i++) {
      int place = place(i, vector.order().flattened());
      for (int o = 0; o < outputs; o++) {
        float weight = matrix.floats()[transposed ? o * inputs + i : i * outputs + o];
        weights[o * inputs + place] = factor * weight;
      }
    }
    graph.assembly().set(added, "weight", weights);
    return Bias.set(bias, added, graph);
  }

  /**
   * Where element i of a vector stands in Convoy.
   *
   * @param flattened the image that was flattened as HWC; null where it was as CHW
   */
  static int place(int i, Shape flattened) {
    if (flattened == null) {
      return i;
    }
    int pixel = i / flattened.channels();
    int channel = i % flattened.channels();
    return channel * flattened.height() * flattened.width() + pixel;
  }
}
