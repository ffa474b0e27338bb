package io.convoy.operation.elementwise;

import io.convoy.operation.Binding;
import io.convoy.operation.Pass;
import io.convoy.operation.RowOperation;
import io.convoy.operation.gradient.BlockedGradient;
import io.convoy.operation.gradient.ChannelSums;
import io.convoy.tensor.Tensor;

/**
 * A rectifier with a trained slope for negative inputs, of each channel or of all. What negative
 * inputs add to the slope's gradient is summed pixel by pixel; of a shared slope, over the channels
 * of a pixel first.
 */
public final class PReluOperation extends RowOperation {
  private final boolean shared;
  private final int channels;
  private final BlockedGradient slopeGradient;
  private float[] state;

  /**
   * @param shared whether all channels share a slope
   */
  public PReluOperation(boolean shared, Binding binding) {
    super(binding.input().shape(), binding);
    this.shared = shared;
    Tensor x = binding.input();
    channels = x.shape().channels();
    slopeGradient =
        binding.training()
            ? new BlockedGradient(
                new ChannelSums(x.shape(), shared ? 1 : channels, this::products, binding),
                2L * x.shape().elements(),
                binding)
            : null;
  }

  @Override
  public void load(float[] state) {
    this.state = state;
  }

  @Override
  public void backward(Pass pass, float[] gradient) {
    // the input's gradient may be written over that of the output
    if (slopeGradient != null) {
      slopeGradient.run(pass, gradient, binding.offsets()[0]);
    }
    super.backward(pass, gradient);
  }

  private float slope(int channel) {
    return state[binding.offsets()[0] + (shared ? 0 : channel)];
  }

  @Override
  protected void forwardRow(int n, int h, int length, int thread) {
    scaleNegative(n, h, length, binding.input(), binding.output());
  }

  @Override
  protected void backwardRow(int n, int h, int length, int thread) {
    scaleNegative(n, h, length, binding.outputGradient(), binding.inputGradient());
  }

  /** Where x is positive {@code to = from}, else {@code to = slope * from}. */
  private void scaleNegative(int n, int h, int length, Tensor from, Tensor to) {
    Tensor x = binding.input();
    int known = x.at(n, h, 0);
    int read = from.at(n, h, 0);
    int write = to.at(n, h, 0);
    for (int pixel = 0; pixel < length; pixel += channels) {
      for (int c = 0; c < channels; c++) {
        float value = from.data()[read + pixel + c];
        boolean positive = x.data()[known + pixel + c] > 0;
        to.data()[write + pixel + c] = positive ? value : slope(c) * value;
      }
    }
  }

  private void products(int n, int h, float[] pixels, int thread) {
    Tensor x = binding.input();
    Tensor dy = binding.outputGradient();
    int sums = shared ? 1 : channels;
    int known = x.at(n, h, 0);
    int read = dy.at(n, h, 0);
    for (int w = 0; w < x.shape().width(); w++) {
      float sum = 0;
      for (int c = 0; c < channels; c++) {
        float value = x.data()[known + w * channels + c];
        float product = value > 0 ? 0f : value * dy.data()[read + w * channels + c];
        sum += product;
        if (!shared) {
          pixels[w * sums + c] = product;
        }
      }
      if (shared) {
        pixels[w] = sum;
      }
    }
  }
}
