package io.convoy.format.onnx;

import static io.convoy.format.onnx.Attributes.complement;
import static io.convoy.format.onnx.Attributes.decimal;
import static io.convoy.format.onnx.Attributes.number;
import static io.convoy.format.onnx.Attributes.numbers;
import static io.convoy.format.onnx.Attributes.text;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.convoy.layer.Add;
import io.convoy.layer.AvgPool2d;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.ChannelScale;
import io.convoy.layer.ChannelShuffle;
import io.convoy.layer.Concat;
import io.convoy.layer.Conv2d;
import io.convoy.layer.ConvTranspose2d;
import io.convoy.layer.Dropout;
import io.convoy.layer.Elu;
import io.convoy.layer.Flatten;
import io.convoy.layer.Gelu;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.GlobalMaxPool;
import io.convoy.layer.GroupNorm;
import io.convoy.layer.HardSigmoid;
import io.convoy.layer.HardSwish;
import io.convoy.layer.HardTanh;
import io.convoy.layer.InstanceNorm;
import io.convoy.layer.L2Norm;
import io.convoy.layer.Layer;
import io.convoy.layer.LayerNorm;
import io.convoy.layer.LeakyRelu;
import io.convoy.layer.Linear;
import io.convoy.layer.LocalResponseNorm;
import io.convoy.layer.LogSoftmax;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Maxout;
import io.convoy.layer.Multiply;
import io.convoy.layer.PRelu;
import io.convoy.layer.PadChannels;
import io.convoy.layer.Relu;
import io.convoy.layer.Relu6;
import io.convoy.layer.ScaledTanh;
import io.convoy.layer.SelectChannels;
import io.convoy.layer.Selu;
import io.convoy.layer.Sigmoid;
import io.convoy.layer.Silu;
import io.convoy.layer.Softmax;
import io.convoy.layer.SpatialDropout;
import io.convoy.layer.StochasticDepth;
import io.convoy.layer.Tanh;
import io.convoy.layer.Upsample2d;
import io.convoy.layer.ZeroPad2d;
import io.convoy.operation.Extent;
import io.convoy.operation.Window;
import io.convoy.tensor.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How each layer is written in ONNX's operators. */
final class LayerForms {
  /** How one kind of layer is written. */
  private interface Form<L extends Layer> {
    void write(L layer, NodeWriter node);
  }

  private static final Extent ONE = Extent.square(1);
  private static final Map<Class<? extends Layer>, Form<?>> FORMS = new HashMap<>();

  static {
    form(Conv2d.class, LayerForms::convolution);
    form(
        Linear.class,
        (layer, to) -> to.last("Gemm", to.inputsAndParameters(), number("transB", 1)));
    form(ConvTranspose2d.class, LayerForms::transposed);
    form(ZeroPad2d.class, LayerForms::zeroPad);
    form(Upsample2d.class, LayerForms::upsample);
    form(MaxPool2d.class, LayerForms::maxPooling);
    form(AvgPool2d.class, LayerForms::averagePooling);
    form(GlobalAvgPool.class, (layer, to) -> global("GlobalAveragePool", to));
    form(GlobalMaxPool.class, (layer, to) -> global("GlobalMaxPool", to));
    form(BatchNorm2d.class, LayerForms::batchNorm);
    form(Add.class, (layer, to) -> to.only(to.inputs().size() == 2 ? "Add" : "Sum"));
    form(Multiply.class, LayerForms::product);
    form(Concat.class, (layer, to) -> to.only("Concat", number("axis", 1)));
    form(Flatten.class, (layer, to) -> to.only("Flatten", number("axis", 1)));
    form(Dropout.class, LayerForms::dropout);
    form(SpatialDropout.class, (layer, to) -> to.only("Identity"));
    form(StochasticDepth.class, (layer, to) -> to.only("Identity"));
    activations();
    channels();
  }

  private LayerForms() {}

  private static void activations() {
    form(Relu.class, (layer, to) -> to.only("Relu"));
    form(Relu6.class, (layer, to) -> clip(0, 6, to));
    form(HardTanh.class, (layer, to) -> clip(layer.min(), layer.max(), to));
    form(
        LeakyRelu.class,
        (layer, to) -> to.only("LeakyRelu", decimal("alpha", layer.negativeSlope())));
    form(Elu.class, LayerForms::elu);
    form(Selu.class, (layer, to) -> to.only("Selu"));
    form(Gelu.class, LayerForms::gelu);
    form(Sigmoid.class, (layer, to) -> to.only("Sigmoid"));
    form(
        HardSigmoid.class,
        (layer, to) ->
            to.only(
                "HardSigmoid", decimal("alpha", layer.slope()), decimal("beta", layer.offset())));
    form(HardSwish.class, (layer, to) -> to.only("HardSwish"));
    form(Silu.class, LayerForms::silu);
    form(Tanh.class, (layer, to) -> to.only("Tanh"));
    form(ScaledTanh.class, LayerForms::scaledTanh);
  }

  private static void channels() {
    form(ChannelScale.class, ChannelForms::scale);
    form(PRelu.class, ChannelForms::pRelu);
    form(LocalResponseNorm.class, ChannelForms::localResponseNorm);
    form(GroupNorm.class, ChannelForms::groupNorm);
    form(InstanceNorm.class, ChannelForms::instanceNorm);
    form(LayerNorm.class, ChannelForms::layerNorm);
    form(L2Norm.class, ChannelForms::l2Norm);
    form(Maxout.class, ChannelForms::maxout);
    form(ChannelShuffle.class, ChannelForms::shuffle);
    form(PadChannels.class, ChannelForms::padChannels);
    form(SelectChannels.class, ChannelForms::select);
    form(Softmax.class, (layer, to) -> to.only("Softmax", number("axis", 1)));
    form(LogSoftmax.class, (layer, to) -> to.only("LogSoftmax", number("axis", 1)));
  }

  private static <L extends Layer> void form(Class<L> kind, Form<L> form) {
    FORMS.put(kind, form);
  }

  /** The kinds of layers that can be written: a test holds them to the list of layers. */
  static Set<Class<? extends Layer>> kinds() {
    return Set.copyOf(FORMS.keySet());
  }

  @SuppressWarnings("unchecked") // a form stands under the class of its layer
  static void write(Layer layer, NodeWriter to) {
    ((Form<Layer>) FORMS.get(layer.getClass())).write(layer, to);
  }

  private static void convolution(Conv2d layer, NodeWriter to) {
    Window window =
        Window.of(
            "conv2d",
            to.shape(0),
            layer.kernel(),
            layer.stride(),
            layer.dilation(),
            layer.padding());
    to.last(
        "Conv",
        to.inputsAndParameters(),
        extent("kernel_shape", layer.kernel()),
        extent("strides", layer.stride()),
        extent("dilations", layer.dilation()),
        pads(window),
        number("group", layer.groups()));
  }

  private static void transposed(ConvTranspose2d layer, NodeWriter to) {
    Shape input = to.shape(0);
    Shape output = layer.outputShape(List.of(input));
    Window window = // that of the convolution whose gradient it is
        Window.of(
            "convTranspose2d",
            output,
            layer.kernel(),
            layer.stride(),
            layer.dilation(),
            layer.padding());
    int height =
        reach(
            input.height(),
            layer.stride().height(),
            layer.kernel().height(),
            layer.dilation().height());
    int width =
        reach(
            input.width(),
            layer.stride().width(),
            layer.kernel().width(),
            layer.dilation().width());
    to.last(
        "ConvTranspose",
        to.inputsAndParameters(),
        extent("kernel_shape", layer.kernel()),
        extent("strides", layer.stride()),
        extent("dilations", layer.dilation()),
        numbers("pads", window.padTop(), window.padLeft(), window.padBottom(), window.padRight()),
        numbers(
            "output_padding",
            output.height() - height + window.padTop() + window.padBottom(),
            output.width() - width + window.padLeft() + window.padRight()),
        number("group", layer.groups()));
  }

  /** Pixels that a transposed convolution writes before some are cut off. */
  private static int reach(int size, int stride, int kernel, int dilation) {
    return (size - 1) * stride + (kernel - 1) * dilation + 1;
  }

  private static void zeroPad(ZeroPad2d layer, NodeWriter to) {
    String pads =
        to.constant("pads", 0, 0, layer.top(), layer.left(), 0, 0, layer.bottom(), layer.right());
    to.last("Pad", List.of(to.inputs().get(0), pads), text("mode", "constant"));
  }

  private static void upsample(Upsample2d layer, NodeWriter to) {
    String scales = to.constants("scales", 1, 1, layer.scale().height(), layer.scale().width());
    List<String> inputs = List.of(to.inputs().get(0), "", scales);
    switch (layer.mode()) {
      case NEAREST ->
          to.last(
              "Resize",
              inputs,
              text("mode", "nearest"),
              text("coordinate_transformation_mode", "asymmetric"),
              text("nearest_mode", "floor"));
      case BILINEAR ->
          to.last(
              "Resize",
              inputs,
              text("mode", "linear"),
              text("coordinate_transformation_mode", "half_pixel"));
    }
  }

  private static void maxPooling(MaxPool2d layer, NodeWriter to) {
    Window window =
        Window.of("maxPool2d", to.shape(0), layer.kernel(), layer.stride(), ONE, layer.padding());
    to.only(
        "MaxPool",
        extent("kernel_shape", layer.kernel()),
        extent("strides", layer.stride()),
        pads(window),
        number("ceil_mode", layer.ceilMode() ? 1 : 0));
  }

  private static void averagePooling(AvgPool2d layer, NodeWriter to) {
    Window window =
        Window.of("avgPool2d", to.shape(0), layer.kernel(), layer.stride(), ONE, layer.padding());
    to.only(
        "AveragePool",
        extent("kernel_shape", layer.kernel()),
        extent("strides", layer.stride()),
        pads(window),
        number("ceil_mode", layer.ceilMode() ? 1 : 0),
        number("count_include_pad", layer.countIncludePad() ? 1 : 0));
  }

  private static AttributeProto extent(String name, Extent extent) {
    return numbers(name, extent.height(), extent.width());
  }

  private static AttributeProto pads(Window window) {
    return numbers(
        "pads", window.padTop(), window.padLeft(), window.padBottom(), window.padRight());
  }

  /** ONNX keeps an image of one pixel; Convoy has a vector. */
  private static void global(String type, NodeWriter to) {
    to.last("Flatten", List.of(to.within(type, to.inputs())), number("axis", 1));
  }

  private static void batchNorm(BatchNorm2d layer, NodeWriter to) {
    to.last(
        "BatchNormalization",
        to.inputsAndParameters(),
        decimal("epsilon", layer.epsilon()),
        decimal("momentum", complement(layer.momentum())));
  }

  private static void product(Multiply layer, NodeWriter to) {
    if (to.shape(0).equals(to.shape(1))) {
      to.only("Mul");
      return;
    }
    String axes = to.constant("axes", 2, 3);
    String factors = to.within("Unsqueeze", List.of(to.inputs().get(1), axes));
    to.last("Mul", List.of(to.inputs().get(0), factors));
  }

  private static void dropout(Dropout layer, NodeWriter to) {
    to.last("Dropout", List.of(to.inputs().get(0), to.single("ratio", layer.rate())));
  }

  private static void clip(float least, float most, NodeWriter to) {
    String from = to.single("least", least);
    to.last("Clip", List.of(to.inputs().get(0), from, to.single("most", most)));
  }

  private static void elu(Elu layer, NodeWriter to) {
    if (layer.scale() == 1) {
      to.only("Elu", decimal("alpha", layer.alpha()));
      return;
    }
    to.only("Selu", decimal("alpha", layer.alpha()), decimal("gamma", layer.scale()));
  }

  private static void gelu(Gelu layer, NodeWriter to) {
    String approximate =
        switch (layer.approximate()) {
          case NONE -> "none";
          case TANH -> "tanh";
        };
    to.only("Gelu", text("approximate", approximate));
  }

  private static void scaledTanh(ScaledTanh layer, NodeWriter to) {
    String inner = to.within("Mul", List.of(to.inputs().get(0), to.single("slope", layer.slope())));
    String tanh = to.within("Tanh", List.of(inner));
    to.last("Mul", List.of(tanh, to.single("scale", layer.scale())));
  }

  private static void silu(Silu layer, NodeWriter to) {
    String sigmoid = to.within("Sigmoid", to.inputs());
    to.last("Mul", List.of(to.inputs().get(0), sigmoid));
  }
}
