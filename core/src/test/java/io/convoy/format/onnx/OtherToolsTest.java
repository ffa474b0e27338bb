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

  /** PyTorch halves channels, shuffles what was joined, and asks the shape for the numbers. */
  @Test
  void channelsHalvedAndShuffled() {
    OnnxImport read =
        compare(
            OnnxFiles.graph(17, 6, 3, 4)
                .longs("halves", 2, 4)
                .nodes("Split", List.of("x", "halves"), List.of("a", "b"), number("axis", 1))
                .node("Relu", List.of("b"), "c")
                .node("Concat", List.of("a", "c"), "d", number("axis", 1))
                .node("Shape", List.of("d"), "shape")
                .longs("zero", 0)
                .longs("one", 1)
                .node("Slice", List.of("shape", "zero", "one"), "n")
                .longs("groups", 3, 2, 3, 4)
                .node("Concat", List.of("n", "groups"), "five", number("axis", 0))
                .node("Reshape", List.of("d", "five"), "e")
                .node("Transpose", List.of("e"), "f", numbers("perm", 0, 2, 1, 3, 4))
                .longs("back", 0, -1, 3, 4)
                .node("Reshape", List.of("f", "back"), "y"),
            Shape.of(3, 4, 6));
    assertEquals(
        List.of("selectChannels", "selectChannels", "relu", "concat", "channelShuffle"),
        types(read));
  }

  /** Three dimensions of channels, turned round, with channels last; and a vector's. */
  @Test
  void channelsInAnyOrder() {
    OnnxImport read =
        compare(
            OnnxFiles.graph(13, 3, 2, 12)
                .node("Transpose", List.of("x"), "t", numbers("perm", 0, 3, 1, 2))
                .node("Relu", List.of("t"), "r")
                .node("Transpose", List.of("r"), "l", numbers("perm", 0, 2, 3, 1))
                .longs("many", -1, 3, 2, 2, 3, 2)
                .node("Reshape", List.of("l", "many"), "a")
                .node("Transpose", List.of("a"), "b", numbers("perm", 0, 1, 2, 5, 4, 3))
                .longs("back", -1, 3, 2, 12)
                .node("Reshape", List.of("b", "back"), "c")
                .node("Transpose", List.of("c"), "d", numbers("perm", 0, 3, 1, 2))
                .node("GlobalAveragePool", List.of("d"), "e")
                .longs("rows", -1, 3, 4)
                .node("Reshape", List.of("e", "rows"), "f")
                .node("Transpose", List.of("f"), "g", numbers("perm", 0, 2, 1))
                .node("Flatten", List.of("g"), "y"),
            null);
    assertEquals(List.of("relu", "selectChannels", "globalAvgPool", "channelShuffle"), types(read));
  }

  @Test
  void piecesOfChannels() {
    OnnxImport read =
        compare(
            OnnxFiles.graph(13, 6, 3, 4)
                .longs("pieces", 0, 3, 2, 3, 4)
                .node("Reshape", List.of("x", "pieces"), "a")
                .node("ReduceMax", List.of("a"), "b", numbers("axes", 1), number("keepdims", 0))
                .longs("range", 1)
                .longs("end", 9)
                .longs("channels", 1)
                .node("Slice", List.of("b", "range", "end", "channels"), "c")
                .node("ReduceMax", List.of("c"), "y", numbers("axes", 3, 2)),
            Shape.of(3, 4, 6));
    assertEquals(
        List.of("channelShuffle", "maxout", "selectChannels", "globalMaxPool"), types(read));
  }

  /** The shortcut of option A: each second pixel, and channels of zeros. */
  @Test
  void eachSecondPixel() {
    OnnxImport read =
        compare(
            OnnxFiles.graph(18, 2, 5, 6)
                .longs("starts", 0, 0)
                .longs("ends", Long.MAX_VALUE, Long.MAX_VALUE)
                .longs("axes", 2, 3)
                .longs("steps", 2, 2)
                .node("Slice", List.of("x", "starts", "ends", "axes", "steps"), "a")
                .longs("pads", 1, 2)
                .longs("channels", -3)
                .node("Pad", List.of("a", "pads", "", "channels"), "b")
                .longs("all", 0, 1, 0, 1, 0, 0, 2, 0)
                .node("Pad", List.of("b", "all"), "y"),
            Shape.of(5, 6, 2));
    assertEquals(List.of("maxPool2d", "padChannels", "padChannels", "zeroPad2d"), types(read));
  }

  /** PyTorch's {@code normalize}, and ONNX's own; of images and of vectors. */
  @Test
  void unitLengths() {
    OnnxImport read =
        compare(
            OnnxFiles.graph(13, 5, 2, 3)
                .node("ReduceL2", List.of("x"), "a", numbers("axes", 1), number("keepdims", 1))
                .floats("least", List.of(), 1e-3f)
                .node("Clip", List.of("a", "least"), "b")
                .node("Shape", List.of("x"), "s")
                .node("Expand", List.of("b", "s"), "c")
                .node("Div", List.of("x", "c"), "d")
                .drawn("factor", 5, 1, 1)
                .node("Mul", List.of("d", "factor"), "e")
                .node("LpNormalization", List.of("e"), "f", number("axis", 1), number("p", 2))
                .node("Flatten", List.of("f"), "g")
                .node("ReduceL2", List.of("g"), "h", numbers("axes", -1))
                .node("Div", List.of("g", "h"), "y"),
            Shape.of(2, 3, 5));
    assertEquals(List.of("l2Norm", "channelScale", "l2Norm", "flatten", "l2Norm"), types(read));
  }

  @Test
  void enlarging() {
    for (String rounding : List.of("round_prefer_floor", "round_prefer_ceil")) {
      compare(
          OnnxFiles.graph(13, 2, 3, 4)
              .floats("scales", List.of(4), 1, 1, 3, 2)
              .node(
                  "Resize",
                  List.of("x", "", "scales"),
                  "y",
                  text("coordinate_transformation_mode", "half_pixel"),
                  text("nearest_mode", rounding)),
          Shape.of(3, 4, 2));
    }
    compare(
        OnnxFiles.graph(13, 2, 3, 4)
            .longs("sizes", 3, 2, 6, 20)
            .node(
                "Resize",
                List.of("x", "", "", "sizes"),
                "y",
                text("coordinate_transformation_mode", "pytorch_half_pixel"),
                text("mode", "linear")),
        Shape.of(3, 4, 2));
    compare(
        OnnxFiles.graph(9, 2, 3, 4)
            .floats("scales", List.of(4), 1, 1, 2, 3)
            .node("Upsample", List.of("x", "scales"), "y"),
        Shape.of(3, 4, 2));
  }

  /** Limits and scales that no layer has as its own; constants that stand behind their readers. */
  @Test
  void limitsOfAnyKind() {
    OnnxImport read =
        compare(
            OnnxFiles.graph(13, 4, 3, 2)
                .node("Constant", List.of(), "least", decimal("value_float", -0.5f))
                .node("Clip", List.of("x", "least"), "a")
                .node("Selu", List.of("a"), "b", decimal("alpha", 0.5f), decimal("gamma", 2))
                .floats("most", List.of(), 0.25f)
                .node("Clip", List.of("b", "", "most"), "c")
                .node("Flatten", List.of("c"), "d")
                .longs("dims", 0, 4, 6)
                .node("Reshape", List.of("d", "dims"), "e")
                .drawn("row", 6)
                .node("Mul", List.of("e", "row"), "f")
                .drawn("column", 4, 1)
                .node("Add", List.of("f", "column"), "g")
                .drawn("slopes", 1, 4, 6)
                .node("PRelu", List.of("g", "slopes"), "y"),
            Shape.of(3, 2, 4));
    assertEquals(
        List.of("hardTanh", "elu", "hardTanh", "flatten", "channelScale", "channelScale", "pRelu"),
        types(read));
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
