package io.convoy.layer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.operation.Binding;
import io.convoy.operation.Extent;
import io.convoy.operation.Operation;
import io.convoy.operation.Padding;
import io.convoy.operation.Window;
import io.convoy.operation.pooling.MaxPoolingOperation;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * The maximum over each window, per channel; pixels outside the image never win, and of equal ones
 * the first in row order does.
 *
 * <p>Shapes: input {@code [H, W, C]}, output {@code [OH, OW, C]} (the sizes: {@link Padding.Mode}).
 *
 * @param kernel window size, at least 1
 * @param stride step of the window, by default the kernel
 * @param padding {@code valid} by default; less than the kernel
 * @param ceilMode whether a last window may reach past the padding, by default no
 */
public record MaxPool2d(Extent kernel, Extent stride, Padding padding, boolean ceilMode)
    implements Layer {
  private static final String NAME = "maxPool2d";

  public MaxPool2d {
    kernel.atLeastOne(NAME, "kernel");
    stride.atLeastOne(NAME, "stride");
    padding.lessThan(kernel, NAME);
  }

  /** Whole windows alone. */
  public MaxPool2d(Extent kernel, Extent stride, Padding padding) {
    this(kernel, stride, padding, false);
  }

  @JsonCreator
  static MaxPool2d parse(
      @JsonProperty(value = "kernel", required = true) Extent kernel,
      @JsonProperty("stride") Extent stride,
      @JsonProperty("padding") Padding padding,
      @JsonProperty("ceilMode") Boolean ceilMode) {
    return new MaxPool2d(
        kernel,
        stride == null ? kernel : stride,
        padding == null ? Padding.VALID : padding,
        ceilMode != null && ceilMode);
  }

  /** Square windows side by side. */
  public static MaxPool2d of(int kernel) {
    return parse(Extent.square(kernel), null, null, null);
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
  public Absorption absorbs() {
    return Absorption.RECTIFIER_BEFORE;
  }

  @Override
  public Operation bind(Binding binding) {
    return new MaxPoolingOperation(window(binding.input().shape()), binding);
  }

  private Window window(Shape input) {
    Window whole = Window.of(NAME, input, kernel, stride, Extent.square(1), padding);
    return ceilMode ? whole.withPartWindows() : whole;
  }
}
