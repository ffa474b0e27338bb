package io.convoy.format.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.convoy.format.onnx.Value.Constant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Constants, and what files compute of shapes to reshape by. */
final class ConstantOperators {
  private ConstantOperators() {}

  static void addTo(Operators operators) {
    operators.add(
        "Constant", ConstantOperators::constant, "value", "value_float", "value_int", "value_ints");
    operators.add("Shape", ConstantOperators::shape);
    operators.add("Cast", ConstantOperators::cast, "to", "saturate");
  }

  private static Value constant(OnnxNode node, GraphReader graph) {
    TensorProto tensor = node.tensor("value");
    if (tensor != null) {
      return new Constant(OnnxTensor.read(tensor, graph.place(node.outputs().get(0))));
    }
    if (node.numbers("value_ints") != null) {
      return new Constant(OnnxTensor.of(node.numbers("value_ints")));
    }
    if (node.attributes().containsKey("value_int")) {
      return new Constant(
          new OnnxTensor(List.of(), null, new long[] {node.number("value_int", 0)}));
    }
    if (node.attributes().containsKey("value_float")) {
      return new Constant(
          new OnnxTensor(List.of(), new float[] {node.decimal("value_float", 0)}, null));
    }
    throw new Refusal("it has no value");
  }

  private static Value shape(OnnxNode node, GraphReader graph) {
    List<Integer> sample = ChannelViews.dims(graph.seen(node, 0));
    long[] dims = new long[1 + sample.size()];
    dims[0] = OnnxTensor.BATCH;
    for (int i = 1; i < dims.length; i++) {
      dims[i] = sample.get(i - 1);
    }
    return new Constant(OnnxTensor.of(dims));
  }

  /** Some numbers of a shape. */
  static Value gather(OnnxNode node, GraphReader graph) {
    long[] from = graph.wholeNumbers(node, 0);
    OnnxTensor places = graph.constant(node, 1);
    if (graph.constant(node, 0).dims().size() != 1
        || node.number("axis", 0) != 0
        || places.longs() == null
        || places.length() > from.length) {
      throw new Refusal("Convoy takes single numbers of a shape, and no more");
    }
    long[] taken = new long[places.length()];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = from[ShapeOperators.axis(places.longs()[i], from.length)];
    }
    return new Constant(new OnnxTensor(places.dims(), null, taken));
  }

  /** Neighbouring numbers of a shape. */
  static Value sliced(OnnxTensor from, long[] starts, long[] ends, long[] axes, long[] steps) {
    boolean plain =
        from.longs() != null
            && from.dims().size() == 1
            && starts.length == 1
            && (axes == null || Arrays.equals(axes, new long[] {0}))
            && (steps == null || Arrays.equals(steps, new long[] {1}));
    int length = from.length();
    long start = starts.length == 0 ? 0 : starts[0] < 0 ? starts[0] + length : starts[0];
    long end = ends.length == 0 ? 0 : Math.min(length, ends[0] < 0 ? ends[0] + length : ends[0]);
    if (!plain || start < 0 || start >= end) {
      throw new Refusal("of constants, Convoy slices shapes, and no more");
    }
    return new Constant(OnnxTensor.of(Arrays.copyOfRange(from.longs(), (int) start, (int) end)));
  }

  /** Of whole numbers to whole numbers, and of floats to floats. */
  private static Value cast(OnnxNode node, GraphReader graph) {
    Value value = graph.value(node, 0);
    boolean floats = !(value instanceof Constant known) || known.tensor().floats() != null;
    int to = Math.toIntExact(node.number("to", 0));
    boolean same =
        floats
            ? to == TensorProto.DataType.FLOAT_VALUE
            : to == TensorProto.DataType.INT64_VALUE || to == TensorProto.DataType.INT32_VALUE;
    if (!same) {
      throw Refusal.of("attribute to is %s: Convoy takes no other type", to);
    }
    return value;
  }

  /** Whole numbers, one behind the other. */
  static Value joined(OnnxNode node, GraphReader graph) {
    long[] all = new long[0];
    for (int k = 0; k < node.inputs().size(); k++) {
      long[] more = graph.wholeNumbers(node, k);
      int length = all.length;
      if (length + more.length > 64) {
        throw new Refusal("Convoy joins constants of shapes, and no more");
      }
      all = Arrays.copyOf(all, length + more.length);
      System.arraycopy(more, 0, all, length, more.length);
    }
    return new Constant(OnnxTensor.of(all));
  }

  /** The dimensions that a shape gives a constant. */
  static List<Integer> dims(long[] shape, OnnxTensor constant) {
    List<Integer> dims = new ArrayList<>();
    long known = 1;
    int follows = -1;
    for (int i = 0; i < shape.length; i++) {
      long dim = shape[i];
      if (dim == -1 && follows < 0) {
        follows = i;
        dim = 1;
      }
      if (dim < 1 || dim > constant.length() || shape.length > 8) {
        throw Refusal.of(
            "shape %s does not fit a constant %s", Arrays.toString(shape), constant.dims());
      }
      known = Math.multiplyExact(known, dim);
      dims.add((int) dim);
    }
    if (follows >= 0 && known > 0 && constant.length() % known == 0) {
      dims.set(follows, (int) (constant.length() / known));
      known = constant.length();
    }
    if (known != constant.length()) {
      throw Refusal.of(
          "shape %s does not fit a constant %s", Arrays.toString(shape), constant.dims());
    }
    return dims;
  }

  /** A matrix with rows as columns. */
  static OnnxTensor transposed(OnnxTensor matrix, long[] order) {
    boolean turns = order == null || Arrays.equals(order, new long[] {1, 0});
    if (matrix.dims().size() != 2 || !turns || matrix.floats() == null) {
      throw Refusal.of("of constants, Convoy transposes matrices; this is %s", matrix.dims());
    }
    int rows = matrix.dims().get(0);
    int columns = matrix.dims().get(1);
    float[] values = new float[matrix.length()];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        values[j * rows + i] = matrix.floats()[i * columns + j];
      }
    }
    return new OnnxTensor(List.of(columns, rows), values, null);
  }
}
