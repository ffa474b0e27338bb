package io.convoy.format.onnx;

import static io.convoy.format.onnx.Attributes.decimal;
import static io.convoy.format.onnx.Attributes.number;
import static io.convoy.format.onnx.Attributes.numbers;
import static io.convoy.format.onnx.Attributes.text;

import io.convoy.layer.ChannelScale;
import io.convoy.layer.ChannelShuffle;
import io.convoy.layer.GroupNorm;
import io.convoy.layer.InstanceNorm;
import io.convoy.layer.L2Norm;
import io.convoy.layer.LayerNorm;
import io.convoy.layer.LocalResponseNorm;
import io.convoy.layer.Maxout;
import io.convoy.layer.PRelu;
import io.convoy.layer.PadChannels;
import io.convoy.layer.SelectChannels;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How layers that look at an image's channels are written in ONNX's operators. */
final class ChannelForms {
  private ChannelForms() {}

  static void scale(ChannelScale layer, NodeWriter to) {
    String factors = perChannel(to, 0);
    if (!layer.bias()) {
      to.last("Mul", List.of(to.inputs().get(0), factors));
      return;
    }
    String product = to.within("Mul", List.of(to.inputs().get(0), factors));
    to.last("Add", List.of(product, perChannel(to, 1)));
  }

  static void pRelu(PRelu layer, NodeWriter to) {
    String slopes = layer.shared() ? to.parameter(0) : perChannel(to, 0);
    to.last("PRelu", List.of(to.inputs().get(0), slopes));
  }

  /** A parameter such that it stands along the channels of what the layer takes. */
  private static String perChannel(NodeWriter to, int parameter) {
    return to.shape(0).isImage()
        ? to.within("Unsqueeze", List.of(to.parameter(parameter), to.constant("axes", 1, 2)))
        : to.parameter(parameter);
  }

  static void localResponseNorm(LocalResponseNorm layer, NodeWriter to) {
    boolean image = to.shape(0).isImage();
    String axes = image ? null : to.constant("axes", 2, 3);
    String input = to.inputs().get(0);
    List<String> inputs = List.of(image ? input : to.within("Unsqueeze", List.of(input, axes)));
    var options =
        List.of(
            number("size", layer.size()),
            decimal("alpha", layer.alpha()),
            decimal("beta", layer.beta()),
            decimal("bias", layer.k()));
    if (image) {
      to.last("LRN", inputs, options);
      return;
    }
    to.last("Squeeze", List.of(to.within("LRN", inputs, options), axes));
  }

  static void groupNorm(GroupNorm layer, NodeWriter to) {
    to.last(
        "GroupNormalization",
        affine(layer.affine(), to),
        number("num_groups", layer.groups()),
        decimal("epsilon", layer.epsilon()));
  }

  static void instanceNorm(InstanceNorm layer, NodeWriter to) {
    to.last(
        "InstanceNormalization", affine(layer.affine(), to), decimal("epsilon", layer.epsilon()));
  }

  /** Over channels, which ONNX wants last. */
  static void layerNorm(LayerNorm layer, NodeWriter to) {
    List<String> inputs = new ArrayList<>(affine(layer.affine(), to));
    var options = List.of(number("axis", -1), decimal("epsilon", layer.epsilon()));
    if (!to.shape(0).isImage()) {
      to.last("LayerNormalization", inputs, options);
      return;
    }
    inputs.set(0, to.within("Transpose", to.inputs(), numbers("perm", 0, 2, 3, 1)));
    String normed = to.within("LayerNormalization", inputs, options);
    to.last("Transpose", List.of(normed), numbers("perm", 0, 3, 1, 2));
  }

  /** The input, factors and offsets: ones and zeros where the layer has none. */
  private static List<String> affine(boolean affine, NodeWriter to) {
    if (affine) {
      return to.inputsAndParameters();
    }
    float[] ones = new float[to.shape(0).channels()];
    Arrays.fill(ones, 1);
    return List.of(
        to.inputs().get(0),
        to.constants("scale", ones),
        to.constants("offset", new float[ones.length]));
  }

  static void l2Norm(L2Norm layer, NodeWriter to) {
    String axes = to.constant("axes", 1);
    String length = to.within("ReduceL2", List.of(to.inputs().get(0), axes));
    String least = to.single("least", layer.epsilon());
    String divisor = to.within("Max", List.of(length, least));
    to.last("Div", List.of(to.inputs().get(0), divisor));
  }

  static void maxout(Maxout layer, NodeWriter to) {
    Shape input = to.shape(0);
    String shape =
        to.constant("pieces", split(input, input.channels() / layer.pieces(), layer.pieces()));
    String split = to.within("Reshape", List.of(to.inputs().get(0), shape));
    String axes = to.constant("axes", 2);
    to.last("ReduceMax", List.of(split, axes), number("keepdims", 0));
  }

  static void shuffle(ChannelShuffle layer, NodeWriter to) {
    Shape input = to.shape(0);
    int each = input.channels() / layer.groups();
    String shape = to.constant("groups", split(input, layer.groups(), each));
    String split = to.within("Reshape", List.of(to.inputs().get(0), shape));
    long[] turn = input.isImage() ? new long[] {0, 2, 1, 3, 4} : new long[] {0, 2, 1};
    String turned = to.within("Transpose", List.of(split), numbers("perm", turn));
    long[] whole =
        input.isImage()
            ? new long[] {0, input.channels(), input.height(), input.width()}
            : new long[] {0, input.channels()};
    to.last("Reshape", List.of(turned, to.constant("shape", whole)));
  }

  /** The shape of samples whose channels stand in rows. */
  private static long[] split(Shape input, int rows, int columns) {
    return input.isImage()
        ? new long[] {0, rows, columns, input.height(), input.width()}
        : new long[] {0, rows, columns};
  }

  static void padChannels(PadChannels layer, NodeWriter to) {
    long[] pads =
        to.shape(0).isImage()
            ? new long[] {0, layer.before(), 0, 0, 0, layer.after(), 0, 0}
            : new long[] {0, layer.before(), 0, layer.after()};
    to.last(
        "Pad", List.of(to.inputs().get(0), to.constant("pads", pads)), text("mode", "constant"));
  }

  static void select(SelectChannels layer, NodeWriter to) {
    String channels =
        to.constant("channels", layer.channels().stream().mapToLong(Integer::longValue).toArray());
    to.last("Gather", List.of(to.inputs().get(0), channels), number("axis", 1));
  }
}
