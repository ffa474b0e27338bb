package io.convoy.layer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.operation.Binding;
import io.convoy.operation.Extent;
import io.convoy.operation.Operation;
import io.convoy.operation.rearrangement.AxisMap;
import io.convoy.operation.rearrangement.SpatialMapOperation;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * An image enlarged by whole factors.
 *
 * <pre>
 *   nearest:   y[h, w, c] = x[h / scaleH, w / scaleW, c]
 *   bilinear:  y[h, w, c] = x at ((h + 1/2) / scaleH - 1/2, (w + 1/2) / scaleW - 1/2)
 * </pre>
 *
 * with straight lines between neighbours, down and across; beyond the outermost pixels their values
 * go on (PyTorch's {@code align_corners=False}, the "half_pixel" of ONNX).
 *
 * <p>Shapes: input {@code [H, W, C]}, output {@code [scaleH H, scaleW W, C]}.
 *
 * @param scale at least 1
 * @param mode {@code nearest} by default
 */
public record Upsample2d(Extent scale, Mode mode) implements Layer {
  private static final String NAME = "upsample2d";

  /** What new pixels are made of. */
  public enum Mode {
    /** The pixel that covers them. */
    @JsonProperty("nearest")
    NEAREST,
    /** The four pixels around them. */
    @JsonProperty("bilinear")
    BILINEAR
  }

  public Upsample2d {
    scale.atLeastOne(NAME, "scale");
  }

  @JsonCreator
  static Upsample2d parse(
      @JsonProperty(value = "scale", required = true) Extent scale,
      @JsonProperty("mode") Mode mode) {
    return new Upsample2d(scale, mode == null ? Mode.NEAREST : mode);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Inputs.image(NAME, inputs);
    return Inputs.image(
        NAME,
        (long) scale.height() * input.height(),
        (long) scale.width() * input.width(),
        input.channels());
  }

  @Override
  public Operation bind(Binding binding) {
    Shape input = binding.input().shape();
    return new SpatialMapOperation(
        axis(input.height(), scale.height()), axis(input.width(), scale.width()), binding);
  }

  private AxisMap axis(int size, int factor) {
    return switch (mode) {
      case NEAREST -> AxisMap.repeated(size, factor);
      case BILINEAR -> AxisMap.interpolated(size, factor);
    };
  }
}
