package io.convoy.benchmarks.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.convoy.benchmarks.layers.ConvolutionShape;
import io.convoy.benchmarks.layers.DenseShape;
import io.convoy.benchmarks.layers.Direction;
import io.convoy.benchmarks.layers.LayerShape;
import io.convoy.benchmarks.layers.Operands;
import io.convoy.benchmarks.layers.Problem;
import io.convoy.benchmarks.layers.Workload;

/**
 * A problem in one of PyTorch's memory formats. Of a backward pass the call of autograd alone is
 * timed, with a gradient asked of one operand; the forward pass that it needs goes before.
 */
final class TorchWorkload implements Workload {
  private final LayerShape shape;
  private final NDArray input;
  private final NDArray weights;
  private final NDArray outputGradient;
  private NDArray result;

  TorchWorkload(Problem problem, Operands operands, NDManager manager, boolean channelsLast) {
    shape = problem.shape();
    long n = problem.batch();
    if (shape instanceof DenseShape dense) {
      input = manager.create(operands.input(), new Shape(n, dense.in()));
      weights = manager.create(operands.weights(), new Shape(dense.out(), dense.in()));
      outputGradient = manager.create(operands.outputGradient(), new Shape(n, dense.out()));
      return;
    }
    ConvolutionShape conv = (ConvolutionShape) shape;
    ConvolutionShape.Axis h = conv.height();
    ConvolutionShape.Axis w = conv.width();
    input =
        Torch.image(
            manager, operands.input(), n, h.input(), w.input(), conv.inChannels(), channelsLast);
    weights =
        Torch.weights(
            manager,
            operands.weights(),
            new Shape(conv.outChannels(), conv.groupInputs(), h.kernel(), w.kernel()),
            channelsLast);
    outputGradient =
        Torch.image(
            manager,
            operands.outputGradient(),
            n,
            h.output(),
            w.output(),
            conv.outChannels(),
            channelsLast);
  }

  @Override
  public long nanos(Direction direction) {
    if (result != null) {
      result.close();
    }
    return switch (direction) {
      case FORWARD -> forward();
      case BACKWARD_DATA -> {
        PtNDArray leaf = Torch.leaf(input);
        yield backward(leaf, leaf, (PtNDArray) weights);
      }
      case BACKWARD_WEIGHTS -> {
        PtNDArray leaf = Torch.leaf(weights);
        yield backward(leaf, (PtNDArray) input, leaf);
      }
    };
  }

  private long forward() {
    JniUtils.setGradMode(false);
    long start = System.nanoTime();
    result = compute((PtNDArray) input, (PtNDArray) weights);
    return System.nanoTime() - start;
  }

  private long backward(PtNDArray leaf, PtNDArray x, PtNDArray w) {
    JniUtils.setGradMode(true);
    long nanos;
    try (PtNDArray y = compute(x, w)) {
      long start = System.nanoTime();
      JniUtils.backward(y, (PtNDArray) outputGradient, false, false);
      nanos = System.nanoTime() - start;
    }
    result = leaf.getGradient();
    leaf.close();
    return nanos;
  }

  private PtNDArray compute(PtNDArray x, PtNDArray w) {
    if (shape instanceof DenseShape) {
      return JniUtils.linear(x, w, null);
    }
    ConvolutionShape conv = (ConvolutionShape) shape;
    ConvolutionShape.Axis height = conv.height();
    ConvolutionShape.Axis width = conv.width();
    return JniUtils.convolution(
        x,
        w,
        null,
        new Shape(height.stride(), width.stride()),
        new Shape(height.padding(), width.padding()),
        new Shape(height.dilation() + 1L, width.dilation() + 1L),
        conv.groups());
  }

  @Override
  public float[] result(Direction direction) {
    boolean image = shape instanceof ConvolutionShape && direction != Direction.BACKWARD_WEIGHTS;
    return image ? Torch.readImage(result) : result.toFloatArray();
  }
}
