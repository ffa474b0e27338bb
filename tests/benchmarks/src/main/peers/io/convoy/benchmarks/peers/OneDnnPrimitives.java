package io.convoy.benchmarks.peers;

import io.convoy.benchmarks.layers.ConvolutionShape;
import io.convoy.benchmarks.layers.DenseShape;
import io.convoy.benchmarks.layers.Direction;
import io.convoy.benchmarks.layers.LayerShape;
import io.convoy.benchmarks.layers.Problem;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.inner_product_backward_data;
import org.bytedeco.dnnl.inner_product_backward_weights;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;

/** Makes oneDNN's primitives of a problem, with every layout left to oneDNN. */
final class OneDnnPrimitives {
  private final LayerShape shape;
  private final int batch;
  private final engine processor;
  private final Natives natives;
  private final long[] inputSizes;
  private final long[] weightSizes;
  private final long[] outputSizes;
  private final convolution_forward.primitive_desc convolution;
  private final inner_product_forward.primitive_desc dense;

  /**
   * A primitive and the layouts that it prefers.
   *
   * @param first of its first operand: the input, or the output's gradient
   * @param second of its second operand: the weights, or for their gradient the input
   * @param result of what it computes
   * @param plainResult NHWC, OIHW
   */
  record Made(
      primitive primitive,
      memory.desc first,
      memory.desc second,
      memory.desc result,
      memory.desc plainResult) {}

  OneDnnPrimitives(Problem problem, engine processor, Natives natives) {
    this.shape = problem.shape();
    this.batch = problem.batch();
    this.processor = processor;
    this.natives = natives;
    if (shape instanceof DenseShape layer) {
      inputSizes = new long[] {batch, layer.in()};
      weightSizes = new long[] {layer.out(), layer.in()};
      outputSizes = new long[] {batch, layer.out()};
      convolution = null;
      dense =
          natives.keep(
              new inner_product_forward.primitive_desc(
                  processor,
                  prop_kind.forward_training,
                  any(inputSizes),
                  any(weightSizes),
                  any(outputSizes)));
      return;
    }
    ConvolutionShape layer = (ConvolutionShape) shape;
    ConvolutionShape.Axis height = layer.height();
    ConvolutionShape.Axis width = layer.width();
    inputSizes = new long[] {batch, layer.inChannels(), height.input(), width.input()};
    outputSizes = new long[] {batch, layer.outChannels(), height.output(), width.output()};
    int inputs = layer.groupInputs();
    weightSizes =
        layer.groups() == 1
            ? new long[] {layer.outChannels(), inputs, height.kernel(), width.kernel()}
            : new long[] {
              layer.groups(), layer.groupOutputs(), inputs, height.kernel(), width.kernel()
            };
    dense = null;
    convolution =
        natives.keep(
            new convolution_forward.primitive_desc(
                processor,
                prop_kind.forward_training,
                algorithm.convolution_auto,
                any(inputSizes),
                any(weightSizes),
                any(outputSizes),
                strides(),
                dilations(),
                paddingBefore(),
                paddingAfter()));
  }

  private long[] strides() {
    ConvolutionShape layer = (ConvolutionShape) shape;
    return new long[] {layer.height().stride(), layer.width().stride()};
  }

  private long[] dilations() {
    ConvolutionShape layer = (ConvolutionShape) shape;
    return new long[] {layer.height().dilation(), layer.width().dilation()};
  }

  private long[] paddingBefore() {
    ConvolutionShape layer = (ConvolutionShape) shape;
    return new long[] {layer.height().padding(), layer.width().padding()};
  }

  /** What the output really reads, so that strided layers come out at the same size. */
  private long[] paddingAfter() {
    ConvolutionShape layer = (ConvolutionShape) shape;
    return new long[] {paddingAfter(layer.height()), paddingAfter(layer.width())};
  }

  private static long paddingAfter(ConvolutionShape.Axis axis) {
    long span = (axis.kernel() - 1) * (axis.dilation() + 1L) + 1;
    return (axis.output() - 1L) * axis.stride() + span - axis.input() - axis.padding();
  }

  private memory.desc any(long[] sizes) {
    return layout(sizes, memory.format_tag.any);
  }

  private memory.desc layout(long[] sizes, memory.format_tag format) {
    return natives.keep(new memory.desc(sizes, memory.data_type.f32, format));
  }

  memory.desc plainInput() {
    return plainActivation(inputSizes);
  }

  memory.desc plainOutput() {
    return plainActivation(outputSizes);
  }

  private memory.desc plainActivation(long[] sizes) {
    return layout(sizes, sizes.length == 2 ? memory.format_tag.nc : memory.format_tag.nhwc);
  }

  memory.desc plainWeights() {
    return layout(
        weightSizes,
        switch (weightSizes.length) {
          case 2 -> memory.format_tag.oi;
          case 4 -> memory.format_tag.oihw;
          default -> memory.format_tag.goihw;
        });
  }

  /** Floats of a direction's result. */
  int elements(Direction direction) {
    return switch (direction) {
      case FORWARD -> batch * shape.outputs();
      case BACKWARD_DATA -> batch * shape.inputs();
      case BACKWARD_WEIGHTS -> shape.weights();
    };
  }

  Made make(Direction direction) {
    return dense == null ? convolution(direction) : dense(direction);
  }

  private Made dense(Direction direction) {
    switch (direction) {
      case FORWARD -> {
        primitive made = natives.keep(new inner_product_forward(dense));
        return new Made(
            made, dense.src_desc(), dense.weights_desc(), dense.dst_desc(), plainOutput());
      }
      case BACKWARD_DATA -> {
        var plan =
            natives.keep(
                new inner_product_backward_data.primitive_desc(
                    processor, any(inputSizes), any(weightSizes), any(outputSizes), dense));
        primitive made = natives.keep(new inner_product_backward_data(plan));
        return new Made(
            made, plan.diff_dst_desc(), plan.weights_desc(), plan.diff_src_desc(), plainInput());
      }
      case BACKWARD_WEIGHTS -> {
        var plan =
            natives.keep(
                new inner_product_backward_weights.primitive_desc(
                    processor, any(inputSizes), any(weightSizes), any(outputSizes), dense));
        primitive made = natives.keep(new inner_product_backward_weights(plan));
        return new Made(
            made, plan.diff_dst_desc(), plan.src_desc(), plan.diff_weights_desc(), plainWeights());
      }
    }
    throw new IllegalArgumentException("direction=" + direction);
  }

  private Made convolution(Direction direction) {
    algorithm choice = algorithm.convolution_auto;
    memory.desc x = any(inputSizes);
    memory.desc w = any(weightSizes);
    memory.desc y = any(outputSizes);
    switch (direction) {
      case FORWARD -> {
        primitive made = natives.keep(new convolution_forward(convolution));
        return new Made(
            made,
            convolution.src_desc(),
            convolution.weights_desc(),
            convolution.dst_desc(),
            plainOutput());
      }
      case BACKWARD_DATA -> {
        var plan =
            natives.keep(
                new convolution_backward_data.primitive_desc(
                    processor,
                    choice,
                    x,
                    w,
                    y,
                    strides(),
                    dilations(),
                    paddingBefore(),
                    paddingAfter(),
                    convolution));
        primitive made = natives.keep(new convolution_backward_data(plan));
        return new Made(
            made, plan.diff_dst_desc(), plan.weights_desc(), plan.diff_src_desc(), plainInput());
      }
      case BACKWARD_WEIGHTS -> {
        var plan =
            natives.keep(
                new convolution_backward_weights.primitive_desc(
                    processor,
                    choice,
                    x,
                    w,
                    y,
                    strides(),
                    dilations(),
                    paddingBefore(),
                    paddingAfter(),
                    convolution));
        primitive made = natives.keep(new convolution_backward_weights(plan));
        return new Made(
            made, plan.diff_dst_desc(), plan.src_desc(), plan.diff_weights_desc(), plainWeights());
      }
    }
    throw new IllegalArgumentException("direction=" + direction);
  }
}
