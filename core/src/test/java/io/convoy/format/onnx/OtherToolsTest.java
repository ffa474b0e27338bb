package io.convoy.format.onnx;

import static io.convoy.format.onnx.Attributes.decimal;
import static io.convoy.format.onnx.Attributes.number;
import static io.convoy.format.onnx.Attributes.numbers;
import static io.convoy.format.onnx.Attributes.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.json.Families;
import io.convoy.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Graphs as other tools write them, imported, give what ONNX Runtime makes of the same files. */
class OtherToolsTest {
  private static final double TOLERANCE = 1e-4;

  /** PyTorch's way to flatten: the batch is asked of the shape. */
  @Test
  void aReshapeByShapeArithmetic() {
    compare(
        OnnxFiles.graph(11, 3, 9, 8)
            .drawn("w", 5, 3, 3, 3)
            .node("Conv", List.of("x", "w"), "c", numbers("pads", 1, 0, 0, 2))
            .node("GlobalAveragePool", List.of("c"), "p")
            .node("Shape", List.of("p"), "s")
            .longs("zero", 0)
            .node("Gather", List.of("s", "zero"), "n", number("axis", 0))
            .longs("rest", -1)
            .node("Concat", List.of("n", "rest"), "shape", number("axis", 0))
            .node("Reshape", List.of("p", "shape"), "f")
            .drawn("m", 5, 4)
            .drawn("b", 4)
            .node("Gemm", List.of("f", "m", "b"), "y", decimal("alpha", 0.5f), decimal("beta", 2)),
        Shape.of(9, 8, 3));
  }

  /** TensorFlow's images lie as NHWC, and are flattened so. */
  @Test
  void channelsLast() {
    OnnxImport read =
        compare(
            OnnxFiles.graph(13, 6, 7, 2)
                .node("Transpose", List.of("x"), "t", numbers("perm", 0, 3, 1, 2))
                .drawn("w", 3, 2, 3, 3)
                .node(
                    "Conv",
                    List.of("t", "w"),
                    "c",
                    text("auto_pad", "SAME_UPPER"),
                    numbers("strides", 2, 2))
                .node("Transpose", List.of("c"), "l", numbers("perm", 0, 2, 3, 1))
                .node("Relu", List.of("l"), "r")
                .longs("shape", -1, 36)
                .node("Reshape", List.of("r", "shape"), "f")
                .drawn("m", 36, 4)
                .node("MatMul", List.of("f", "m"), "p")
                .drawn("b", 4)
                .node("Add", List.of("p", "b"), "y"),
            null);
    assertEquals(List.of("conv2d", "relu", "flatten", "linear"), types(read));
  }

  @Test
  void paddingsOfEveryKind() {
    for (String auto : List.of("SAME_LOWER", "SAME_UPPER", "VALID")) {
      for (int stride = 1; stride <= 3; stride++) {
        long s = stride;
        compare(
            OnnxFiles.graph(13, 2, 10, 9)
                .drawn("w", 4, 2, 4, 3)
                .node(
                    "Conv",
                    List.of("x", "w"),
                    "c",
                    text("auto_pad", auto),
                    numbers("strides", s, s))
                .node(
                    "MaxPool",
                    List.of("c"),
                    "y",
                    text("auto_pad", auto),
                    numbers("kernel_shape", 2, 2),
                    numbers("strides", s, s)),
            Shape.of(10, 9, 2));
        compare(
            OnnxFiles.graph(13, 2, 10, 9)
                .node(
                    "AveragePool",
                    List.of("x"),
                    "y",
                    number("ceil_mode", 1),
                    numbers("kernel_shape", 3, 2),
                    numbers("strides", s, s + 1),
                    numbers("pads", 1, 0, 0, 1)),
            Shape.of(10, 9, 2));
        compare(
            OnnxFiles.graph(13, 2, 11, 9)
                .node(
                    "MaxPool",
                    List.of("x"),
                    "y",
                    number("ceil_mode", 1),
                    numbers("kernel_shape", 3, 3),
                    numbers("strides", s, s + 1)),
            Shape.of(11, 9, 2));
      }
    }
  }

  @Test
  void aPadBeforeAConvolution() {
    OnnxImport read =
        compare(
            OnnxFiles.graph(13, 2, 6, 7)
                .longs("pads", 0, 0, 1, 2, 0, 0, 0, 1)
                .node("Pad", List.of("x", "pads"), "p")
                .drawn("w", 4, 2, 3, 3)
                .node("Conv", List.of("p", "w"), "y", numbers("pads", 0, 1, 1, 0)),
            Shape.of(6, 7, 2));
    assertEquals(List.of("conv2d"), types(read));
  }

  /** Squeeze and excitation by convolutions of one pixel, and gates that are one layer. */
  @Test
  void gatesAndFactors() {
    OnnxImport read =
        compare(
            OnnxFiles.graph(13, 4, 5, 6)
                .node("Sigmoid", List.of("x"), "g")
                .node("Mul", List.of("x", "g"), "a")
                .node("HardSigmoid", List.of("a"), "h", decimal("alpha", 1 / 6f))
                .node("Mul", List.of("h", "a"), "b")
                .node("GlobalAveragePool", List.of("b"), "m")
                .drawn("w", 4, 4, 1, 1)
                .drawn("bias", 4)
                .node("Conv", List.of("m", "w", "bias"), "e")
                .node("Sigmoid", List.of("e"), "s")
                .node("Mul", List.of("s", "b"), "y"),
            Shape.of(5, 6, 4));
    assertEquals(
        List.of("silu", "hardSwish", "globalAvgPool", "linear", "sigmoid", "multiply"),
        types(read));
  }

  /** Pixels are standardised in the graph, as some tools do. */
  @Test
  void constantsOfChannels() {
    compare(
        OnnxFiles.graph(13, 3, 5, 6)
            .drawn("mean", 1, 3, 1, 1)
            .node("Sub", List.of("x", "mean"), "a")
            .floats("deviation", List.of(3, 1, 1), 0.2f, 0.3f, 0.5f)
            .node("Div", List.of("a", "deviation"), "b")
            .floats("two", List.of(), 2)
            .node("Mul", List.of("two", "b"), "c")
            .node("Sub", List.of("two", "c"), "d")
            .node("ReduceMean", List.of("d"), "y", numbers("axes", -1, 2), number("keepdims", 0)),
        Shape.of(5, 6, 3));
  }

  @Test
  void aSoftmaxAtTheEndIsLeftAway() {
    OnnxFiles file =
        OnnxFiles.graph(13, 6)
            .drawn("m", 6, 4)
            .node("MatMul", List.of("x", "m"), "l")
            .node("Softmax", List.of("l"), "y");
    assertEquals(List.of("linear"), types(OnnxImport.read(file.bytes(), "it")));
  }

  private static List<String> types(OnnxImport read) {
    return read.network().nodes().stream()
        .map(node -> Families.name(node.layer().getClass()))
        .toList();
  }

  /**
   * @param image the shape of a sample as HWC; null where the file takes it as NHWC
   */
  private static OnnxImport compare(OnnxFiles file, Shape image) {
    byte[] bytes = file.bytes();
    OnnxImport read = OnnxImport.read(bytes, "it");
    Shape shape = read.network().inputShape();
    if (image != null) {
      assertEquals(image, shape);
    }
    int count = 3;
    float[] nchw = Networks.samples(shape, count);
    long[] dims =
        image == null
            ? new long[] {count, shape.height(), shape.width(), shape.channels()}
            : new long[] {count, shape.channels(), shape.height(), shape.width()};
    float[] expected =
        Runtime.outputs(bytes, image == null ? nhwc(nchw, shape) : nchw, dims).get(0);
    float[] actual = Networks.outputs(read.network(), read.state(), nchw).get(0);
    assertEquals(expected.length, actual.length);
    double largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], TOLERANCE * largest, "output " + i);
    }
    return read;
  }

  private static float[] nhwc(float[] nchw, Shape shape) {
    float[] turned = new float[nchw.length];
    int pixels = shape.height() * shape.width();
    for (int i = 0; i < nchw.length; i++) {
      int sample = i / shape.elements();
      int channel = i % shape.elements() / pixels;
      int pixel = i % pixels;
      turned[sample * shape.elements() + pixel * shape.channels() + channel] = nchw[i];
    }
    return turned;
  }
}
