package io.convoy.layer;

import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The operation of {@link Conv2d} and of {@link Linear}. */
final class Convolution implements Operation {
  private final ConvolutionGeometry geometry;
  private final Binding binding;
  private final boolean biased;
  private final ConvolutionPass forward;
  private final GradientPass weightGradient;
  private final List<ConvolutionPass> backward = new ArrayList<>();
  private final float[][] biasParts;
  private final WorkPool.Block biasBlock = this::sumImage;
  private float[] state;

  Convolution(ConvolutionGeometry geometry, boolean biased, Binding binding) {
    this.geometry = geometry;
    this.binding = binding;
    this.biased = biased;
    Correlation pass = geometry.forward(binding.input(), binding.output());
    forward = geometry.choose(pass, geometry.packing(pass, binding.kernels()), binding);
    if (!binding.training()) {
      weightGradient = null;
      biasParts = null;
      return;
    }
    Tensor dy = binding.outputGradient();
    weightGradient = geometry.chooseGradient(pass, PixelGrid.all(dy), binding);
    biasParts = biased ? binding.arena().floats(dy.capacity(), geometry.outChannels()) : null;
    if (binding.inputGradient() != null) {
      for (Correlation back : geometry.backward(dy, binding.inputGradient())) {
        PackedWeights transposed = geometry.transposedPacking(back, binding.kernels());
        backward.add(geometry.choose(back, transposed, binding));
      }
    }
  }

  @Override
  public void load(float[] state) {
    this.state = state;
    forward.load(state, binding.offsets()[0]);
    for (ConvolutionPass back : backward) {
      back.load(state, binding.offsets()[0]);
    }
  }

  @Override
  public void forward(Pass pass) {
    forward.run(pass.samples(), biased ? state : null, biased ? binding.offsets()[1] : 0);
  }

  @Override
  public void backward(Pass pass, float[] gradient) {
    weightGradient.run(pass.samples(), gradient, binding.offsets()[0]);
    if (biased) {
      biasGradient(pass.samples(), gradient, binding.offsets()[1]);
    }
    for (ConvolutionPass back : backward) {
      back.run(pass.samples(), null, 0);
    }
  }

  /** The sum of the output's gradient: over the pixels of an image, then over images in order. */
  private void biasGradient(int samples, float[] gradient, int offset) {
    binding.pool().run(samples, biasBlock);
    int channels = geometry.outChannels();
    System.arraycopy(biasParts[0], 0, gradient, offset, channels);
    for (int n = 1; n < samples; n++) {
      binding.kernels().rows().add(biasParts[n], 0, gradient, offset, channels);
    }
  }

  private void sumImage(int n, int thread) {
    Tensor dy = binding.outputGradient();
    float[] sums = biasParts[n];
    java.util.Arrays.fill(sums, 0f);
    for (int h = 0; h < dy.shape().height(); h++) {
      for (int w = 0; w < dy.shape().width(); w++) {
        binding.kernels().rows().add(dy.data(), dy.at(n, h, w), sums, 0, sums.length);
      }
    }
  }
}
