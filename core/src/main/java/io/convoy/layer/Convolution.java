package io.convoy.layer;

import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Tensor;

/** The operation of {@link Conv2d} and of {@link Linear}. */
final class Convolution implements Operation {
  private final ConvolutionGeometry geometry;
  private final Binding binding;
  private final boolean biased;
  private final PackedWeights weights;
  private final DirectConvolution forward;
  private final WeightGradient weightGradient;
  private final Tensor spread;
  private final PackedWeights transposed;
  private final DirectConvolution backward;
  private final float[][] biasParts;
  private final WorkPool.Block spreadBlock = this::spreadImage;
  private final WorkPool.Block biasBlock = this::sumImage;
  private float[] state;

  Convolution(ConvolutionGeometry geometry, boolean biased, Binding binding) {
    this.geometry = geometry;
    this.binding = binding;
    this.biased = biased;
    int width = binding.kernels().panelWidth();
    int inputs = geometry.groupInputs();
    int outputs = geometry.groupOutputs();
    weights =
        PackedWeights.take(
            geometry.groups(), inputs, outputs, geometry.taps(), width, binding.arena());
    forward = pass(geometry.window(), binding.input(), binding.output(), weights);
    Tensor dy = binding.outputGradient();
    weightGradient =
        dy == null
            ? null
            : new WeightGradient(
                geometry, binding.input(), dy, binding.kernels(), binding.pool(), binding.arena());
    biasParts =
        dy == null || !biased
            ? null
            : binding.arena().floats(dy.capacity(), geometry.outChannels());
    if (binding.inputGradient() == null) {
      spread = null;
      transposed = null;
      backward = null;
      return;
    }
    Window window = geometry.backwardWindow();
    spread =
        geometry.strided()
            ? binding.arena().tensor(dy.capacity(), window.input(), window.halo())
            : dy;
    transposed =
        PackedWeights.take(
            geometry.groups(), outputs, inputs, geometry.taps(), width, binding.arena());
    backward = pass(window, spread, binding.inputGradient(), transposed);
  }

  private DirectConvolution pass(Window window, Tensor from, Tensor to, PackedWeights packed) {
    return new DirectConvolution(
        window, from, to, packed, binding.kernels(), binding.pool(), binding.arena());
  }

  @Override
  public void load(float[] state) {
    this.state = state;
    weights.pack(state, binding.offsets()[0], binding.pool());
    if (transposed != null) {
      transposed.packTransposed(state, binding.offsets()[0], binding.pool());
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
    if (backward == null) {
      return;
    }
    if (geometry.strided()) {
      binding.pool().run(pass.samples(), spreadBlock);
    }
    backward.run(pass.samples(), null, 0);
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

  /** Copies an image of the output's gradient with {@code stride - 1} zeros between its pixels. */
  private void spreadImage(int n, int thread) {
    Tensor dy = binding.outputGradient();
    Extent stride = geometry.window().stride();
    for (int h = 0; h < dy.shape().height(); h++) {
      for (int w = 0; w < dy.shape().width(); w++) {
        System.arraycopy(
            dy.data(),
            dy.at(n, h, w),
            spread.data(),
            spread.at(n, h * stride.height(), w * stride.width()),
            dy.shape().channels());
      }
    }
  }
}
