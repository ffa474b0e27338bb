package io.convoy.layer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import io.convoy.init.Initializer;
import io.convoy.operation.Binding;
import io.convoy.operation.Extent;
import io.convoy.operation.Operation;
import io.convoy.operation.Padding;
import io.convoy.operation.Window;
import io.convoy.operation.convolution.ConvolutionOperation;
import io.convoy.operation.correlation.ConvolutionGeometry;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A convolution (strictly, a cross-correlation) over images, with the output o at pixel (h, w)
 *
 * <pre>
 *   y[h, w, o] = bias[o] + sum over kh, kw, i of
 *       x[h strideH + kh dilationH - padTop, w strideW + kw dilationW - padLeft, i] * weight[o, i, kh, kw]
 * </pre>
 *
 * where i runs over the input channels of o's group. Pixels outside the image are zero.
 *
 * <p>Shapes: input {@code [H, W, C]}, output {@code [OH, OW, outChannels]} (the sizes: {@link
 * Padding.Mode}), weight {@code [outChannels, C / groups, kernelH, kernelW]}, bias {@code
 * [outChannels]}.
 *
 * @param outChannels output channels, a multiple of {@code groups}
 * @param kernel kernel size, at least 1
 * @param stride step of the window, 1 by default
 * @param padding {@code valid} by default
 * @param dilation spacing of the kernel's taps, 1 by default
 * @param groups groups of channels that do not mix, 1 by default; C for a depthwise convolution
 * @param bias whether a bias is added, by default yes
 * @param initializer where the weights start, {@code heNormal} by default; biases start at zero
 */
public record Conv2d(
    int outChannels,
    Extent kernel,
    Extent stride,
    Padding padding,
    Extent dilation,
    int groups,
    boolean bias,
    Initializer initializer)
    implements Layer {

  private static final String NAME = "conv2d";

  public Conv2d {
    if (outChannels < 1) {
      throw ConvoyException.usage("conv2d: outChannels must be at least 1; got %d", outChannels);
    }
    kernel.atLeastOne(NAME, "kernel");
    stride.atLeastOne(NAME, "stride");
    dilation.atLeastOne(NAME, "dilation");
    if (groups < 1 || outChannels % groups != 0) {
      throw ConvoyException.usage(
          "conv2d: groups must divide outChannels; got groups %d, outChannels %d",
          groups, outChannels);
    }
  }

  @JsonCreator
  static Conv2d parse(
      @JsonProperty(value = "outChannels", required = true) int outChannels,
      @JsonProperty(value = "kernel", required = true) Extent kernel,
      @JsonProperty("stride") Extent stride,
      @JsonProperty("padding") Padding padding,
      @JsonProperty("dilation") Extent dilation,
      @JsonProperty("groups") Integer groups,
      @JsonProperty("bias") Boolean bias,
      @JsonProperty("initializer") Initializer initializer) {
    return new Conv2d(
        outChannels,
        kernel,
        Extent.orSquare(stride, 1),
        padding == null ? Padding.VALID : padding,
        Extent.orSquare(dilation, 1),
        groups == null ? 1 : groups,
        bias == null || bias,
        initializer == null ? Initializer.HE_NORMAL : initializer);
  }

  /** A square kernel, stride 1, no padding, with bias. */
  public static Conv2d of(int outChannels, int kernel) {
    return parse(outChannels, Extent.square(kernel), null, null, null, null, null, null);
  }

  public Conv2d withStride(int stride) {
    return new Conv2d(
        outChannels, kernel, Extent.square(stride), padding, dilation, groups, bias, initializer);
  }

  public Conv2d withPadding(Padding padding) {
    return new Conv2d(outChannels, kernel, stride, padding, dilation, groups, bias, initializer);
  }

  public Conv2d withDilation(int dilation) {
    return new Conv2d(
        outChannels, kernel, stride, padding, Extent.square(dilation), groups, bias, initializer);
  }

  public Conv2d withGroups(int groups) {
    return new Conv2d(outChannels, kernel, stride, padding, dilation, groups, bias, initializer);
  }

  public Conv2d withoutBias() {
    return new Conv2d(outChannels, kernel, stride, padding, dilation, groups, false, initializer);
  }

  public Conv2d withInitializer(Initializer initializer) {
    return new Conv2d(outChannels, kernel, stride, padding, dilation, groups, bias, initializer);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Inputs.image(NAME, inputs);
    if (input.channels() % groups != 0) {
      throw ConvoyException.usage(
          "conv2d: groups must divide the input's channels; got groups %d, input %s",
          groups, input);
    }
    Window window = window(input);
    return Shape.of(window.outputHeight(), window.outputWidth(), outChannels);
  }

  @Override
  public Optional<Window> windows(List<Shape> inputs) {
    return Optional.of(window(inputs.get(0)));
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    int inChannels = inputs.get(0).channels() / groups;
    long taps = (long) kernel.height() * kernel.width();
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(
        new Parameter(
            "weight",
            Shape.of(outChannels, inChannels, kernel.height(), kernel.width()),
            Parameter.Role.WEIGHT,
            initializer,
            inChannels * taps,
            outChannels / groups * taps));
    if (bias) {
      parameters.add(
          new Parameter(
              "bias", Shape.of(outChannels), Parameter.Role.BIAS, Initializer.ZEROS, 1, 1));
    }
    return parameters;
  }

  @Override
  public int inputHalo(List<Shape> inputs) {
    return window(inputs.get(0)).halo();
  }

  @Override
  public int outputGradientHalo(List<Shape> inputs) {
    return geometry(inputs.get(0)).outputGradientHalo();
  }

  @Override
  public long multiplyAdds(List<Shape> inputs) {
    Shape input = inputs.get(0);
    long terms = (long) input.channels() / groups * kernel.height() * kernel.width();
    return terms * window(input).outputPixels() * outChannels;
  }

  @Override
  public Kept kept() {
    return Kept.INPUT;
  }

  @Override
  public boolean writesPieces() {
    return true;
  }

  @Override
  public Operation bind(Binding binding) {
    return new ConvolutionOperation(geometry(binding.input().shape()), bias, binding);
  }

  Window window(Shape input) {
    return Window.of(NAME, input, kernel, stride, dilation, padding);
  }

  private ConvolutionGeometry geometry(Shape input) {
    return new ConvolutionGeometry(window(input), outChannels, groups);
  }
}
