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
import io.convoy.operation.convolution.TransposedConvolutionOperation;
import io.convoy.operation.correlation.ConvolutionGeometry;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A transposed convolution, also called deconvolution (Zeiler, Krishnan, Taylor, Fergus 2010;
 * Dumoulin, Visin 2016, section 4): each input pixel adds its weights, times its value, to the
 * output, stride pixels from its neighbour's,
 *
 * <pre>
 *   y[h, w, o] = bias[o] + sum over i, and kh, kw, ih, iw with
 *       h = ih strideH + kh dilationH - padTop, w = iw strideW + kw dilationW - padLeft,
 *       of x[ih, iw, i] * weight[i, o, kh, kw]
 * </pre>
 *
 * where i runs over the input channels of o's group. It is the gradient of the input of a {@link
 * Conv2d} with the same options.
 *
 * <p>Shapes: input {@code [H, W, C]}, output {@code [OH, OW, outChannels]}, weight {@code [C,
 * outChannels / groups, kernelH, kernelW]}, bias {@code [outChannels]}, with
 *
 * <pre>
 *   OH = (H - 1) strideH + dilationH (kernelH - 1) + 1 - padTop - padBottom + outputPaddingH
 * </pre>
 *
 * <p>Padding {@code same} gives {@code OH = H strideH}.
 *
 * @param outChannels output channels, a multiple of {@code groups}
 * @param kernel kernel size, at least 1
 * @param stride 1 by default
 * @param padding pixels that are cut off the output, {@code valid} (none) by default
 * @param outputPadding rows below and columns on the right that are added to the output, less than
 *     the stride, 0 by default
 * @param dilation spacing of the kernel's taps, 1 by default
 * @param groups groups of channels that do not mix, 1 by default
 * @param bias whether a bias is added, by default yes
 * @param initializer where the weights start, {@code heNormal} by default; biases start at zero. As
 *     in PyTorch and Keras the fan-in is that of the weight's array, {@code outChannels / groups
 *     kernelH kernelW}
 */
public record ConvTranspose2d(
    int outChannels,
    Extent kernel,
    Extent stride,
    Padding padding,
    Extent outputPadding,
    Extent dilation,
    int groups,
    boolean bias,
    Initializer initializer)
    implements Layer {

  private static final String NAME = "convTranspose2d";

  public ConvTranspose2d {
    if (outChannels < 1) {
      throw ConvoyException.usage(
          "convTranspose2d: outChannels must be at least 1; got %d", outChannels);
    }
    kernel.atLeastOne(NAME, "kernel");
    stride.atLeastOne(NAME, "stride");
    dilation.atLeastOne(NAME, "dilation");
    if (groups < 1 || outChannels % groups != 0) {
      throw ConvoyException.usage(
          "convTranspose2d: groups must divide outChannels; got groups %d, outChannels %d",
          groups, outChannels);
    }
    requireOutputPadding(outputPadding, stride, padding);
  }

  private static void requireOutputPadding(Extent padding, Extent stride, Padding cut) {
    boolean fits =
        padding.height() >= 0
            && padding.width() >= 0
            && padding.height() < stride.height()
            && padding.width() < stride.width();
    boolean none = padding.height() == 0 && padding.width() == 0;
    if (!fits || (cut.mode() == Padding.Mode.SAME && !none)) {
      throw ConvoyException.usage(
          "convTranspose2d: outputPadding must be at least 0 and less than the stride, and 0 where"
              + " the padding is same; got outputPadding %s, stride %s",
          padding, stride);
    }
  }

  @JsonCreator
  static ConvTranspose2d parse(
      @JsonProperty(value = "outChannels", required = true) int outChannels,
      @JsonProperty(value = "kernel", required = true) Extent kernel,
      @JsonProperty("stride") Extent stride,
      @JsonProperty("padding") Padding padding,
      @JsonProperty("outputPadding") Extent outputPadding,
      @JsonProperty("dilation") Extent dilation,
      @JsonProperty("groups") Integer groups,
      @JsonProperty("bias") Boolean bias,
      @JsonProperty("initializer") Initializer initializer) {
    return new ConvTranspose2d(
        outChannels,
        kernel,
        Extent.orSquare(stride, 1),
        padding == null ? Padding.VALID : padding,
        Extent.orSquare(outputPadding, 0),
        Extent.orSquare(dilation, 1),
        groups == null ? 1 : groups,
        bias == null || bias,
        initializer == null ? Initializer.HE_NORMAL : initializer);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape input = Inputs.image(NAME, inputs);
    if (input.channels() % groups != 0) {
      throw ConvoyException.usage(
          "convTranspose2d: groups must divide the input's channels; got groups %d, input %s",
          groups, input);
    }
    Shape output =
        Inputs.image(
            NAME,
            size(input.height(), kernel.height(), stride.height(), dilation.height(), true),
            size(input.width(), kernel.width(), stride.width(), dilation.width(), false),
            outChannels);
    window(output);
    return output;
  }

  private long size(int size, int kernel, int stride, int dilation, boolean down) {
    if (padding.mode() == Padding.Mode.SAME) {
      return (long) size * stride;
    }
    long cut =
        down
            ? (long) padding.pixels().height() + padding.after().height()
            : (long) padding.pixels().width() + padding.after().width();
    int more = down ? outputPadding.height() : outputPadding.width();
    return (size - 1L) * stride + (kernel - 1L) * dilation + 1 - cut + more;
  }

  @Override
  public List<Parameter> parameters(List<Shape> inputs) {
    int inChannels = inputs.get(0).channels();
    long taps = (long) kernel.height() * kernel.width();
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(
        new Parameter(
            "weight",
            Shape.of(inChannels, outChannels / groups, kernel.height(), kernel.width()),
            Parameter.Role.WEIGHT,
            initializer,
            outChannels / groups * taps,
            inChannels / groups * taps));
    if (bias) {
      parameters.add(
          new Parameter(
              "bias", Shape.of(outChannels), Parameter.Role.BIAS, Initializer.ZEROS, 1, 1));
    }
    return parameters;
  }

  @Override
  public int inputHalo(List<Shape> inputs) {
    return geometry(inputs.get(0), outputShape(inputs)).outputGradientHalo();
  }

  @Override
  public int outputGradientHalo(List<Shape> inputs) {
    return window(outputShape(inputs)).halo();
  }

  @Override
  public long multiplyAdds(List<Shape> inputs) {
    Shape input = inputs.get(0);
    long weights = (long) outChannels / groups * kernel.height() * kernel.width();
    return weights * input.elements();
  }

  @Override
  public Kept kept() {
    return Kept.INPUT;
  }

  @Override
  public Operation bind(Binding binding) {
    return new TransposedConvolutionOperation(
        geometry(binding.input().shape(), binding.output().shape()), bias, binding);
  }

  /** The windows of the convolution from the output to the input. */
  private Window window(Shape output) {
    return Window.of(NAME, output, kernel, stride, dilation, padding);
  }

  private ConvolutionGeometry geometry(Shape input, Shape output) {
    return new ConvolutionGeometry(window(output), input.channels(), groups);
  }
}
