package io.convoy.operation.rearrangement;

import io.convoy.kernel.RowKernels;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.Pass;
import io.convoy.operation.RowBlocks;
import io.convoy.tensor.Tensor;
import java.util.Arrays;

/**
 * A linear map of each channel's pixels, down and across independently:
 *
 * <pre>
 *   y[h, w, c] = sum over (i, a) of down[h], over (j, b) of across[w], of a b x[i, j, c]
 * </pre>
 *
 * in the order of the terms. The gradient goes through the transposed maps likewise.
 */
public final class SpatialMapOperation implements Operation {
  private final Binding binding;
  private final RowKernels rows;
  private final RowBlocks forward;
  private final RowBlocks backward;

  public SpatialMapOperation(AxisMap down, AxisMap across, Binding binding) {
    this.binding = binding;
    rows = binding.kernels().rows();
    forward = blocks(down, across, binding.input(), binding.output());
    backward =
        binding.inputGradient() == null
            ? null
            : blocks(
                down.transposed(),
                across.transposed(),
                binding.outputGradient(),
                binding.inputGradient());
  }

  private RowBlocks blocks(AxisMap down, AxisMap across, Tensor from, Tensor to) {
    return RowBlocks.rowByRow(
        binding.pool(),
        to.shape(),
        (n, h, length, thread) -> mapRow(down, across, from, to, n, h, length));
  }

  private void mapRow(
      AxisMap down, AxisMap across, Tensor from, Tensor to, int n, int h, int length) {
    int channels = to.shape().channels();
    int out = to.at(n, h, 0);
    Arrays.fill(to.data(), out, out + length, 0f);
    for (AxisMap.Term row : down.terms().get(h)) {
      for (int w = 0; w < across.outputs(); w++) {
        for (AxisMap.Term column : across.terms().get(w)) {
          rows.addScaled(
              from.data(),
              from.at(n, row.place(), column.place()),
              row.weight() * column.weight(),
              to.data(),
              out + w * channels,
              channels);
        }
      }
    }
  }

  @Override
  public void forward(Pass pass) {
    forward.run(pass.samples());
  }

  @Override
  public void backward(Pass pass, float[] gradient) {
    if (backward != null) {
      backward.run(pass.samples());
    }
  }
}
