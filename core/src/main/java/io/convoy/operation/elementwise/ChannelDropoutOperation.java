package io.convoy.operation.elementwise;

import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.Pass;
import io.convoy.operation.RowBlocks;
import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import io.convoy.tensor.Tensor;
import java.util.Arrays;

/**
 * Inverted dropout of whole channels, each of which takes the draw of its number, or of all of a
 * sample, which takes draw 0.
 */
public final class ChannelDropoutOperation implements Operation {
  private final float rate;
  private final boolean together;
  private final Binding binding;
  private final int channels;

  /** A factor for each channel of each sample. */
  private final float[] factors;

  private final RandomStream random;
  private final RowBlocks forward;
  private final RowBlocks backward;
  private Pass pass;

  /**
   * @param together whether all channels of a sample share a draw
   */
  public ChannelDropoutOperation(float rate, boolean together, Binding binding) {
    this.rate = rate;
    this.together = together;
    this.binding = binding;
    Tensor x = binding.input();
    channels = x.shape().channels();
    factors =
        binding.arena().floats(binding.training() ? Math.multiplyExact(x.capacity(), channels) : 0);
    random = new RandomStream(0, Purpose.DROPOUT, binding.index());
    forward = RowBlocks.rowByRow(binding.pool(), x.shape(), this::forwardRow);
    backward = RowBlocks.rowByRow(binding.pool(), x.shape(), this::backwardRow);
  }

  @Override
  public void forward(Pass pass) {
    this.pass = pass;
    if (pass.training()) {
      random.reset(pass.seed(), Purpose.DROPOUT, binding.index());
      for (int n = 0; n < pass.samples(); n++) {
        draw(n);
      }
    }
    forward.run(pass.samples());
  }

  private void draw(int n) {
    random.at(pass.epoch(), pass.sampleId(n));
    int from = n * channels;
    if (together) {
      Arrays.fill(factors, from, from + channels, factor(0));
      return;
    }
    for (int channel = 0; channel < channels; channel++) {
      factors[from + channel] = factor(channel);
    }
  }

  private float factor(int draw) {
    return random.uniform(draw) < rate ? 0f : 1 / (1 - rate);
  }

  @Override
  public void backward(Pass pass, float[] gradient) {
    if (binding.inputGradient() != null) {
      backward.run(pass.samples());
    }
  }

  private void forwardRow(int n, int h, int length, int thread) {
    apply(n, h, length, binding.input(), binding.output());
  }

  private void backwardRow(int n, int h, int length, int thread) {
    apply(n, h, length, binding.outputGradient(), binding.inputGradient());
  }

  private void apply(int n, int h, int length, Tensor from, Tensor to) {
    int read = from.at(n, h, 0);
    int write = to.at(n, h, 0);
    if (!pass.training()) {
      if (from != to) {
        System.arraycopy(from.data(), read, to.data(), write, length);
      }
      return;
    }
    for (int i = 0; i < length; i += channels) {
      binding
          .kernels()
          .rows()
          .scale(from.data(), read + i, factors, n * channels, to.data(), write + i, channels);
    }
  }
}
