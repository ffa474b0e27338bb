package io.convoy.benchmarks.peers;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.convoy.error.ConvoyException;
import io.convoy.layer.Activation;
import io.convoy.layer.Add;
import io.convoy.layer.AvgPool2d;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Concat;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Dropout;
import io.convoy.layer.Flatten;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.Linear;
import io.convoy.layer.MaxPool2d;
import io.convoy.network.Node;
import io.convoy.operation.Extent;
import io.convoy.operation.Padding;
import java.util.List;
import java.util.Map;

/** What PyTorch computes for each of Convoy's layers. */
final class TorchOperators {
  private static final Extent ONE = Extent.square(1);

  private final Map<String, PtNDArray> parameters;
  private final boolean training;

  /**
   * @param parameters by their names in the state's layout
   */
  TorchOperators(Map<String, PtNDArray> parameters, boolean training) {
    this.parameters = parameters;
    this.training = training;
  }

  /**
   * The output of a node.
   *
   * @throws ConvoyException when PyTorch cannot pad as the layer does
   */
  PtNDArray apply(Node node, List<PtNDArray> inputs) {
    PtNDArray x = inputs.get(0);
    if (node.layer() instanceof Conv2d conv) {
      return convolution(node, conv, x);
    }
    if (node.layer() instanceof BatchNorm2d norm) {
      return batchNorm(node, norm, x);
    }
    if (node.layer() instanceof Linear) {
      return JniUtils.linear(x, parameter(node, "weight"), parameter(node, "bias"));
    }
    if (node.layer() instanceof MaxPool2d pool) {
      Shape padding = padding(node, pool.padding(), pool.kernel(), pool.stride(), ONE);
      return JniUtils.maxPool(x, shape(pool.kernel()), shape(pool.stride()), padding, false);
    }
    if (node.layer() instanceof AvgPool2d pool) {
      Shape padding = padding(node, pool.padding(), pool.kernel(), pool.stride(), ONE);
      return JniUtils.avgPool(
          x, shape(pool.kernel()), shape(pool.stride()), padding, false, pool.countIncludePad());
    }
    if (node.layer() instanceof Add) {
      return JniUtils.add(x, inputs.get(1));
    }
    if (node.layer() instanceof Concat) {
      return JniUtils.cat(inputs.toArray(PtNDArray[]::new), 1);
    }
    return ofOneInput(node, x);
  }

  private PtNDArray ofOneInput(Node node, PtNDArray x) {
    if (node.layer() instanceof Activation activation) {
      return TorchActivations.of(activation, x);
    }
    if (node.layer() instanceof Dropout dropout) {
      return JniUtils.dropout(x, dropout.rate(), training);
    }
    if (node.layer() instanceof Flatten) {
      return JniUtils.flatten(x, 1, -1);
    }
    if (node.layer() instanceof GlobalAvgPool) {
      try (PtNDArray pooled = JniUtils.adaptiveAvgPool(x, new Shape(1, 1))) {
        return JniUtils.flatten(pooled, 1, -1);
      }
    }
    throw ConvoyException.usage("%s: PyTorch is not told of %s", node.name(), node.layer());
  }

  private PtNDArray convolution(Node node, Conv2d conv, PtNDArray x) {
    return JniUtils.convolution(
        x,
        parameter(node, "weight"),
        parameter(node, "bias"),
        shape(conv.stride()),
        padding(node, conv.padding(), conv.kernel(), conv.stride(), conv.dilation()),
        shape(conv.dilation()),
        conv.groups());
  }

  private PtNDArray batchNorm(Node node, BatchNorm2d norm, PtNDArray x) {
    return JniUtils.batchNorm(
        x,
        parameter(node, "running_mean"),
        parameter(node, "running_var"),
        parameter(node, "weight"),
        parameter(node, "bias"),
        training,
        norm.momentum(),
        norm.epsilon());
  }

  /** A parameter of a node; null where it has none of this name. */
  private PtNDArray parameter(Node node, String name) {
    return parameters.get(node.name() + "." + name);
  }

  private static Shape shape(Extent extent) {
    return new Shape(extent.height(), extent.width());
  }

  /** The zero pixels on each side, where they are as many on both. */
  private static Shape padding(
      Node node, Padding padding, Extent kernel, Extent stride, Extent dilation) {
    return switch (padding.mode()) {
      case PIXELS -> shape(padding.pixels());
      case VALID -> new Shape(0, 0);
      case SAME -> {
        io.convoy.tensor.Shape input = node.inputShapes().get(0);
        int down =
            SamePadding.along(input.height(), kernel.height(), stride.height(), dilation.height());
        int across =
            SamePadding.along(input.width(), kernel.width(), stride.width(), dilation.width());
        if (down % 2 != 0 || across % 2 != 0) {
          throw ConvoyException.usage(
              "%s: PyTorch pads both sides alike; this layer wants %d rows and %d columns in all",
              node.name(), down, across);
        }
        yield new Shape(down / 2, across / 2);
      }
    };
  }
}
