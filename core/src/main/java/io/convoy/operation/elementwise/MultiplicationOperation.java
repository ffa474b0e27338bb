package io.convoy.operation.elementwise;

import io.convoy.kernel.RowKernels;
import io.convoy.kernel.WorkPool;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.Pass;
import io.convoy.operation.RowBlocks;
import io.convoy.tensor.Tensor;
import java.util.Arrays;

/**
 * The product of two inputs, element by element, or of an image and a factor for each channel. The
 * gradient of factors is summed pixel by pixel, in reading order, by one thread for each image.
 */
public final class MultiplicationOperation implements Operation {
  private final Binding binding;
  private final Tensor first;
  private final Tensor second;
  private final boolean factors;
  private final RowKernels rows;
  private final RowBlocks forward;

  /** What writes the gradient of each input; null where nobody needs it, or where it is summed. */
  private final RowBlocks[] backward = new RowBlocks[2];

  private final float[][] products;
  private final WorkPool.Block sum = this::sum;

  public MultiplicationOperation(Binding binding) {
    this.binding = binding;
    first = binding.inputs().get(0);
    second = binding.inputs().get(1);
    factors = !first.shape().equals(second.shape());
    rows = binding.kernels().rows();
    forward = blocks(first, second, binding.output());
    boolean sums = factors && gradient(1) != null;
    if (gradient(0) != null) {
      backward[0] = blocks(binding.outputGradient(), second, gradient(0));
    }
    if (gradient(1) != null && !factors) {
      backward[1] = blocks(binding.outputGradient(), first, gradient(1));
    }
    int row = sums ? first.shape().width() * first.shape().channels() : 0;
    products = binding.arena().floats(binding.pool().threads(), row);
  }

  private Tensor gradient(int k) {
    return binding.inputGradients() == null ? null : binding.inputGradients()[k];
  }

  private RowBlocks blocks(Tensor x, Tensor by, Tensor out) {
    return RowBlocks.rowByRow(
        binding.pool(),
        first.shape(),
        (n, h, length, thread) -> multiply(x, by, out, n, h, length));
  }

  /** {@code out = x * by}, in a row; of factors, pixel by pixel. */
  private void multiply(Tensor x, Tensor by, Tensor out, int n, int h, int length) {
    if (!factors) {
      rows.scale(
          x.data(), x.at(n, h, 0), by.data(), by.at(n, h, 0), out.data(), out.at(n, h, 0), length);
      return;
    }
    int channels = first.shape().channels();
    int from = x.at(n, h, 0);
    int to = out.at(n, h, 0);
    int at = by.at(n, 0, 0);
    for (int i = 0; i < length; i += channels) {
      rows.scale(x.data(), from + i, by.data(), at, out.data(), to + i, channels);
    }
  }

  @Override
  public void forward(Pass pass) {
    forward.run(pass.samples());
  }

  @Override
  public void backward(Pass pass, float[] gradient) {
    for (RowBlocks blocks : backward) {
      if (blocks != null) {
        blocks.run(pass.samples());
      }
    }
    if (factors && gradient(1) != null) {
      binding.pool().run(pass.samples(), sum);
    }
  }

  private void sum(int n, int thread) {
    Tensor dy = binding.outputGradient();
    Tensor target = gradient(1);
    float[] product = products[thread];
    int channels = first.shape().channels();
    int width = first.shape().width();
    int to = target.at(n, 0, 0);
    Arrays.fill(target.data(), to, to + channels, 0f);
    for (int h = 0; h < first.shape().height(); h++) {
      rows.scale(
          first.data(), first.at(n, h, 0), dy.data(), dy.at(n, h, 0), product, 0, width * channels);
      rows.addRows(product, 0, channels, width, target.data(), to, channels);
    }
  }
}
