package io.convoy.benchmarks.layers;

import java.util.ArrayList;
import java.util.List;

/**
 * One layer to measure.
 *
 * @param name of network and layer, such as {@code resnet50 layer1.0.conv2}
 * @param batch samples, at least 1
 * @param count how often the network has this shape
 * @param shape of the layer
 */
public record Problem(String name, int batch, int count, LayerShape shape) {
  public Problem {
    Sizes.requireArray("the input of " + batch + " samples", (long) batch * shape.inputs());
    Sizes.requireArray("the output of " + batch + " samples", (long) batch * shape.outputs());
  }

  /** The network's name: the first word. */
  public String set() {
    return name.split(" ", 2)[0];
  }

  /** The same layer for another number of samples. */
  public Problem withBatch(int samples) {
    return new Problem(name, samples, count, shape);
  }

  /** The directions that training takes: no gradient of images. */
  public List<Direction> directions() {
    List<Direction> directions = new ArrayList<>(List.of(Direction.values()));
    if (shape.first()) {
      directions.remove(Direction.BACKWARD_DATA);
    }
    return directions;
  }

  /** Floating operations of a direction, two a multiply-add. */
  public double operations() {
    return 2.0 * batch * shape.multiplyAdds();
  }

  /** The line that {@link ProblemParser} reads as this problem. */
  public String line() {
    return "%s mb%s%s n\"%s\"".formatted(describe(), batch, count == 1 ? "" : " x" + count, name);
  }

  private String describe() {
    if (shape instanceof DenseShape dense) {
      return "dense in%s out%s".formatted(dense.in(), dense.out());
    }
    ConvolutionShape conv = (ConvolutionShape) shape;
    ConvolutionShape.Axis h = conv.height();
    ConvolutionShape.Axis w = conv.width();
    return "conv g%s ic%s ih%s iw%s oc%s oh%s ow%s kh%s kw%s sh%s sw%s ph%s pw%s dh%s dw%s"
        .formatted(
            conv.groups(),
            conv.inChannels(),
            h.input(),
            w.input(),
            conv.outChannels(),
            h.output(),
            w.output(),
            h.kernel(),
            w.kernel(),
            h.stride(),
            w.stride(),
            h.padding(),
            w.padding(),
            h.dilation(),
            w.dilation());
  }
}
