package io.convoy.layer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.operation.Binding;
import io.convoy.operation.Extent;
import io.convoy.operation.Operation;
import io.convoy.operation.Padding;
import io.convoy.operation.Window;
import io.convoy.operation.pooling.AveragePoolingOperation;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * The mean over each window, per channel (LeCun, Bottou, Bengio, Haffner 1998, section II.B,
 * without the trained coefficient); windows may overlap.
 *
 * <pre>
 *   y[h, w, c] = 1 / count · sum over kh, kw of
 *       x[h strideH + kh - padTop, w strideW + kw - padLeft, c]
 * </pre>
 *
 * <p>Pixels outside the image are zero in the sum. The count is that of the window's pixels, {@code
 * kernelH kernelW}, or, without {@code countIncludePad}, of those inside the image. The sum runs
 * down each column of the window, then over the columns.
 *
 * <p>Shapes: input {@code [H, W, C]}, output {@code [OH, OW, C]} (the sizes: {@link Padding.Mode}).
 *
 * @param kernel window size, at least 1
 * @param stride step of the window, by default the kernel
 * @param padding {@code valid} by default; less than the kernel
 * @param countIncludePad whether pixels of the padding count, by default yes, as in PyTorch;
 *     TensorFlow never counts them
 * @param ceilMode whether a last window may reach past the padding, by default no; what lies there
 *     never counts
 */
public record AvgPool2d(
    Extent kernel, Extent stride, Padding padding, boolean countIncludePad, boolean ceilMode)
    implements Layer {
  private static final String NAME = "avgPool2d";

  public AvgPool2d {
    kernel.atLeastOne(NAME, "kernel");
    stride.atLeastOne(NAME, "stride");
    padding.lessThan(kernel, NAME);
  }

  /** Whole windows alone. */
  public AvgPool2d(Extent kernel, Extent stride, Padding padding, boolean countIncludePad) {
    this(kernel, stride, padding, countIncludePad, false);
  }

  @JsonCreator
  static AvgPool2d parse(
      @JsonProperty(value = "kernel", required = true) Extent kernel,
      @JsonProperty("stride") Extent stride,
      @JsonProperty("padding") Padding padding,
      @JsonProperty("countIncludePad") Boolean countIncludePad,
      @JsonProperty("ceilMode") Boolean ceilMode) {
    return new AvgPool2d(
        kernel,
        stride == null ? kernel : stride,
        padding == null ? Padding.VALID : padding,
        countIncludePad == null || countIncludePad,
        ceilMode != null && ceilMode);
  }

  /** Square windows side by side. */
  public static AvgPool2d of(int kernel) {
    return parse(Extent.square(kernel), null, null, null, null);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Inputs.image(NAME, inputs);
    Window window = window(input);
    return Shape.of(window.outputHeight(), window.outputWidth(), input.channels());
  }

  @Override
  public Optional<Window> windows(List<Shape> inputs) {
    return Optional.of(window(inputs.get(0)));
  }

  @Override
  public Operation bind(Binding binding) {
    return new AveragePoolingOperation(window(binding.input().shape()), countIncludePad, binding);
  }

  private Window window(Shape input) {
    Window whole = Window.of(NAME, input, kernel, stride, Extent.square(1), padding);
    return ceilMode ? whole.withPartWindows() : whole;
  }
}
