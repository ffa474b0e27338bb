package io.convoy.format.onnx;

import io.convoy.format.onnx.Value.Activation;
import io.convoy.layer.Upsample2d;
import io.convoy.operation.Extent;
import java.util.Arrays;

/** {@code Resize}, and {@code Upsample} of older opsets, where they enlarge by whole factors. */
final class ResizeOperators {
  private ResizeOperators() {}

  static void addTo(Operators operators) {
    operators.add(
        "Resize",
        ResizeOperators::resize,
        "antialias",
        "coordinate_transformation_mode",
        "cubic_coeff_a",
        "exclude_outside",
        "extrapolation_value",
        "mode",
        "nearest_mode");
    operators.add("Upsample", ResizeOperators::upsample, "mode", "scales");
  }

  private static Value resize(OnnxNode node, GraphReader graph) {
    boolean old = graph.opset() < 11; // then it had no boxes, nor modes of coordinates
    Activation image = graph.image(node, 0);
    String coordinates =
        node.text("coordinate_transformation_mode", old ? "asymmetric" : "half_pixel");
    String mode = node.text("mode", "nearest");
    String rounding = node.text("nearest_mode", old ? "floor" : "round_prefer_floor");
    boolean halves = coordinates.endsWith("half_pixel");
    // by whole factors, no pixel lies in the middle between two
    boolean nearest =
        mode.equals("nearest")
            && (coordinates.equals("asymmetric")
                ? rounding.equals("floor")
                : halves && rounding.startsWith("round"));
    boolean linear = mode.equals("linear") && halves;
    if (!(nearest || linear) || node.number("antialias", 0) != 0) {
      throw Refusal.of(
          "mode %s, coordinate_transformation_mode %s, nearest_mode %s: Convoy repeats pixels, or"
              + " draws lines between them by half_pixel",
          mode, coordinates, rounding);
    }
    int scales = old ? 1 : 2;
    Extent scale =
        node.has(scales) && !(graph.constant(node, scales).length() == 0 && node.has(3))
            ? scale(graph.floats(node, scales).floats())
            : scale(graph.wholeNumbers(node, 3), image);
    return enlarged(node, graph, image, scale, linear);
  }

  private static Value upsample(OnnxNode node, GraphReader graph) {
    Activation image = graph.image(node, 0);
    if (!node.text("mode", "nearest").equals("nearest")) {
      throw Refusal.of("attribute mode is %s; Convoy repeats pixels", node.text("mode", ""));
    }
    float[] scales = node.has(1) ? graph.floats(node, 1).floats() : node.decimals("scales");
    if (scales == null) {
      throw new Refusal("scales are missing");
    }
    return enlarged(node, graph, image, scale(scales), false);
  }

  private static Value enlarged(
      OnnxNode node, GraphReader graph, Activation image, Extent scale, boolean linear) {
    if (scale.equals(Extent.square(1))) {
      return image;
    }
    Upsample2d.Mode mode = linear ? Upsample2d.Mode.BILINEAR : Upsample2d.Mode.NEAREST;
    return graph.assembly().plain(node.name(), new Upsample2d(scale, mode), image);
  }

  private static Extent scale(float[] scales) {
    boolean whole = scales.length == 4 && scales[0] == 1 && scales[1] == 1;
    for (int i = 2; whole && i < 4; i++) {
      whole = scales[i] >= 1 && scales[i] <= 1 << 20 && scales[i] == (int) scales[i];
    }
    if (!whole) {
      throw Refusal.of(
          "scales must be 1, 1, and two whole numbers, of images; got %s", Arrays.toString(scales));
    }
    return new Extent((int) scales[2], (int) scales[3]);
  }

  private static Extent scale(long[] sizes, Activation image) {
    int height = image.shape().height();
    int width = image.shape().width();
    boolean whole =
        sizes.length == 4
            && sizes[1] == image.shape().channels()
            && sizes[2] >= height
            && sizes[3] >= width
            && sizes[2] % height == 0
            && sizes[3] % width == 0;
    if (!whole) {
      throw Refusal.of(
          "sizes must be whole multiples of %s; got %s",
          image.dims(), Arrays.toString(sizes).replace(Long.toString(OnnxTensor.BATCH), "N"));
    }
    return new Extent(Math.toIntExact(sizes[2] / height), Math.toIntExact(sizes[3] / width));
  }
}
