package io.convoy.operation.convolution;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.WinogradForm;
import io.convoy.kernel.WorkPool;
import io.convoy.operation.Binding;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.operation.Extent;
import io.convoy.operation.correlation.ConvolutionGeometry;
import io.convoy.operation.correlation.ConvolutionPass;
import io.convoy.operation.correlation.Correlation;
import io.convoy.operation.correlation.PackedWeights;
import io.convoy.operation.correlation.PixelGrid;
import io.convoy.operation.dense.DenseBackward;
import io.convoy.operation.dense.DenseForward;
import io.convoy.operation.dense.DenseWeightGradient;
import io.convoy.operation.dense.StreamedDenseBackward;
import io.convoy.operation.depthwise.DepthwiseConvolution;
import io.convoy.operation.depthwise.DepthwiseWeightGradient;
import io.convoy.operation.direct.DirectConvolution;
import io.convoy.operation.direct.DirectWeightGradient;
import io.convoy.operation.direct.NarrowConvolution;
import io.convoy.operation.direct.NarrowWeightGradient;
import io.convoy.operation.gradient.BlockedGradient;
import io.convoy.operation.gradient.GradientBlocks;
import io.convoy.operation.winograd.WinogradConvolution;
import io.convoy.operation.winograd.WinogradWeightGradient;
import io.convoy.tensor.Arena;
import java.util.List;

/**
 * Chooses how each pass of a convolution is computed: by its shape and the recipe alone, never by a
 * timing, since the algorithm decides the order of sums.
 *
 * <pre>
 *   each channel by itself                                  depthwise
 *   3x3 or 5x5, stride 1, enough channels and reuse         winograd
 *   one pixel by one tap, more weights than samples         dense
 *   windows of few channels                                 direct, narrow
 *   all else                                                direct
 * </pre>
 *
 * @param geometry what the shape decides
 * @param binding the tensors, and what computes
 */
record ConvolutionChoice(ConvolutionGeometry geometry, Binding binding) {
  /** Channels, in and out, from which on Winograd's algorithm pays. */
  private static final int FEWEST_CHANNELS = 16;

  /** Tiles of a batch from which on training gains, unless transformed weights stay in a cache. */
  private static final int FEWEST_TILES = 16;

  /** Inputs times outputs up to which they do. */
  private static final int CACHED_WEIGHTS = 128 * 128;

  /** How the forward pass is computed. */
  ConvolutionPass forward(Correlation pass) {
    if (geometry.isDepthwise()) {
      return depthwise(List.of(pass));
    }
    if (isLargeDense()) {
      return new DenseForward(
          pass.from(),
          pass.to(),
          geometry.groupInputs(),
          geometry.outChannels(),
          binding.input().capacity(),
          binding.kernels(),
          binding.pool(),
          binding.arena());
    }
    return choose(pass, geometry.groupInputs(), geometry.groupOutputs(), false);
  }

  /**
   * How the {@linkplain ConvolutionGeometry#backward passes for the gradient of the input} are
   * computed; they run one after the other.
   */
  List<ConvolutionPass> backward() {
    List<Correlation> backward =
        geometry.backward(binding.outputGradient(), binding.inputGradient());
    if (geometry.isDepthwise()) {
      return List.of(depthwise(backward));
    }
    if (isLargeDense()) {
      return List.of(denseBackward());
    }
    return backward.stream()
        .map(pass -> choose(pass, geometry.groupOutputs(), geometry.groupInputs(), true))
        .toList();
  }

  private ConvolutionPass denseBackward() {
    PixelGrid dy = PixelGrid.all(binding.outputGradient());
    PixelGrid dx = PixelGrid.all(binding.inputGradient());
    int inputs = geometry.groupInputs();
    int outputs = geometry.outChannels();
    int samples = binding.input().capacity();
    Kernels kernels = binding.kernels();
    WorkPool pool = binding.pool();
    Arena arena = binding.arena();
    return samples <= DenseWeightGradient.FEW_SAMPLES
        ? new StreamedDenseBackward(dy, dx, inputs, outputs, samples, kernels, pool, arena)
        : new DenseBackward(dy, dx, inputs, outputs, samples, kernels, pool, arena);
  }

  private ConvolutionPass depthwise(List<Correlation> passes) {
    return new DepthwiseConvolution(
        geometry, passes, binding.kernels(), binding.pool(), binding.arena());
  }

  private ConvolutionPass choose(Correlation pass, int inputs, int outputs, boolean transposed) {
    Kernels kernels = binding.kernels();
    WorkPool pool = binding.pool();
    Arena arena = binding.arena();
    PackedWeights weights =
        new PackedWeights(
            geometry.groups(), inputs, outputs, pass.taps(), geometry.taps(), transposed, kernels);
    int capacity = binding.input().capacity();
    WinogradForm form = winogradForm(binding.capacity().batchSamples());
    if (form != null) {
      boolean inference = !binding.training();
      return new WinogradConvolution(
          form, pass, weights, capacity, inference, kernels, pool, arena);
    }
    if (!transposed && NarrowConvolution.serves(geometry, kernels)) {
      return new NarrowConvolution(pass, weights, kernels, pool, arena);
    }
    return new DirectConvolution(pass, weights, capacity, kernels, pool, arena);
  }

  /** How the gradient of the weights is computed. */
  BlockedGradient weightGradient(Correlation forward, PixelGrid outputGradient) {
    return new BlockedGradient(
        gradientBlocks(forward, outputGradient),
        (long) geometry.weights() * outputGradient.pixels(),
        binding);
  }

  private GradientBlocks gradientBlocks(Correlation forward, PixelGrid outputGradient) {
    if (geometry.isDepthwise()) {
      return new DepthwiseWeightGradient(geometry, forward, outputGradient, binding);
    }
    WinogradForm form = winogradForm(binding.capacity().shardSamples());
    if (form != null) {
      return new WinogradWeightGradient(form, geometry, forward, outputGradient, binding);
    }
    if (geometry.isDense()) {
      return new DenseWeightGradient(geometry, forward.from(), outputGradient, binding);
    }
    if (NarrowWeightGradient.serves(geometry, binding.kernels())) {
      return new NarrowWeightGradient(geometry, forward, outputGradient, binding);
    }
    return new DirectWeightGradient(geometry, forward, outputGradient, binding);
  }

  /** A dense layer with more weights than can be packed once a step at little cost. */
  boolean isLargeDense() {
    return geometry.isDense() && geometry.outChannels() > binding.input().capacity();
  }

  /**
   * The form of Winograd's algorithm that is to be used, or null: with few channels its transforms
   * cost too much, with few tiles of a step the transformed weights, larger than the weights, are
   * not read often enough. In inference they are transformed once for all passes, and how many
   * samples a pass holds must not change a bit: so there it counts for nothing.
   *
   * @param samples of a step whose tiles meet the same transformed weights
   */
  private WinogradForm winogradForm(int samples) {
    if (binding.convolution() == ConvolutionAlgorithm.DIRECT
        || geometry.isStrided()
        || !geometry.window().dilation().equals(Extent.square(1))) {
      return null;
    }
    for (WinogradForm form : WinogradForm.values()) {
      if (geometry.window().kernel().equals(Extent.square(form.kernel()))) {
        return pays(form, samples) ? form : null;
      }
    }
    return null;
  }

  private boolean pays(WinogradForm form, int samples) {
    int down = (geometry.window().outputHeight() + form.tile() - 1) / form.tile();
    int across = (geometry.window().outputWidth() + form.tile() - 1) / form.tile();
    long tiles = (long) samples * down * across;
    boolean cached = (long) geometry.groupInputs() * geometry.groupOutputs() <= CACHED_WEIGHTS;
    return Math.min(geometry.groupInputs(), geometry.groupOutputs()) >= FEWEST_CHANNELS
        && (!binding.training() || cached || tiles >= FEWEST_TILES);
  }
}
