package io.convoy.layer;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.WinogradForm;
import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Arena;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * What a convolution's shape decides: which windows and taps its passes read, and how far they
 * reach over the edge of an image.
 *
 * @param window the forward pass's windows
 * @param outChannels output channels
 * @param groups groups of channels that do not mix
 */
record ConvolutionGeometry(Window window, int outChannels, int groups) {
  /** Channels, in and out, from which on Winograd's algorithm pays. */
  private static final int FEWEST_CHANNELS = 16;

  /** Tiles from which on it pays, unless the transformed weights stay in a cache. */
  private static final int FEWEST_TILES = 16;

  /** Inputs times outputs up to which they do. */
  private static final int CACHED_WEIGHTS = 128 * 128;

  /** Samples up to which it is a dense layer's memory, not its products, that takes the time. */
  static final int FEW_SAMPLES = 32;

  static ConvolutionGeometry of(Conv2d layer, Shape input) {
    return new ConvolutionGeometry(layer.window(input), layer.outChannels(), layer.groups());
  }

  /** A dense layer is a convolution of one pixel by one tap. */
  static ConvolutionGeometry dense(Shape input, int outFeatures) {
    Extent one = Extent.square(1);
    Window window = Window.of("linear", input, one, one, one, Padding.VALID);
    return new ConvolutionGeometry(window, outFeatures, 1);
  }

  int groupInputs() {
    return window.input().channels() / groups;
  }

  int groupOutputs() {
    return outChannels / groups;
  }

  int taps() {
    return window.kernel().height() * window.kernel().width();
  }

  /** Floats of the layer's weights. */
  int weights() {
    return taps() * groupInputs() * outChannels;
  }

  /** The way to compute the forward pass that follows from the shape. */
  ConvolutionPass forwardPass(Correlation pass, Binding binding) {
    if (depthwise()) {
      return depthwise(List.of(pass), binding);
    }
    if (dense() && !smallWeights(binding)) {
      return new DenseForward(
          pass.from(),
          pass.to(),
          groupInputs(),
          outChannels,
          binding.input().capacity(),
          binding.kernels(),
          binding.pool(),
          binding.arena());
    }
    return choose(pass, groupInputs(), groupOutputs(), false, binding);
  }

  /** The ways to compute the {@linkplain #backward backward passes}; run one after the other. */
  List<ConvolutionPass> backwardPasses(Binding binding) {
    List<Correlation> backward = backward(binding.outputGradient(), binding.inputGradient());
    if (depthwise()) {
      return List.of(depthwise(backward, binding));
    }
    if (dense() && !smallWeights(binding)) {
      return List.of(denseBackward(binding));
    }
    return backward.stream()
        .map(pass -> choose(pass, groupOutputs(), groupInputs(), true, binding))
        .toList();
  }

  private ConvolutionPass denseBackward(Binding binding) {
    PixelGrid dy = PixelGrid.all(binding.outputGradient());
    PixelGrid dx = PixelGrid.all(binding.inputGradient());
    int samples = binding.input().capacity();
    Kernels kernels = binding.kernels();
    WorkPool pool = binding.pool();
    Arena arena = binding.arena();
    return samples <= FEW_SAMPLES
        ? new StreamedDenseBackward(
            dy, dx, groupInputs(), outChannels, samples, kernels, pool, arena)
        : new DenseBackward(dy, dx, groupInputs(), outChannels, samples, kernels, pool, arena);
  }

  private ConvolutionPass depthwise(List<Correlation> passes, Binding binding) {
    return new DepthwiseConvolution(
        this, passes, binding.kernels(), binding.pool(), binding.arena());
  }

  private ConvolutionPass choose(
      Correlation pass, int inputs, int outputs, boolean transposed, Binding binding) {
    Kernels kernels = binding.kernels();
    WorkPool pool = binding.pool();
    Arena arena = binding.arena();
    PackedWeights weights =
        new PackedWeights(groups, inputs, outputs, pass.taps(), taps(), transposed, kernels);
    int capacity = binding.input().capacity();
    WinogradForm form = minimal(binding, binding.capacity().batchSamples());
    if (form != null) {
      boolean inference = !binding.training();
      return new WinogradConvolution(
          form, pass, weights, capacity, inference, kernels, pool, arena);
    }
    if (!transposed && NarrowConvolution.serves(this, kernels)) {
      return new NarrowConvolution(pass, weights, kernels, pool, arena);
    }
    return new DirectConvolution(pass, weights, capacity, kernels, pool, arena);
  }

  /** The way to compute the gradient of the weights that follows from the shape. */
  BlockedGradient chooseGradient(Correlation forward, PixelGrid outputGradient, Binding binding) {
    return new BlockedGradient(
        gradientBlocks(forward, outputGradient, binding),
        (long) weights() * outputGradient.pixels(),
        binding);
  }

  private GradientBlocks gradientBlocks(
      Correlation forward, PixelGrid outputGradient, Binding binding) {
    if (depthwise()) {
      return new DepthwiseWeightGradient(this, forward, outputGradient, binding);
    }
    WinogradForm form = minimal(binding, binding.capacity().shardSamples());
    if (form != null) {
      return new WinogradWeightGradient(form, this, forward, outputGradient, binding);
    }
    if (dense()) {
      return new DenseWeightGradient(this, forward.from(), outputGradient, binding);
    }
    if (NarrowWeightGradient.serves(this, binding.kernels())) {
      return new NarrowWeightGradient(this, forward, outputGradient, binding);
    }
    return new DirectWeightGradient(this, forward, outputGradient, binding);
  }

  /** Whether there is one pixel and one tap. */
  private boolean dense() {
    return groups == 1
        && taps() == 1
        && window.input().height() * window.input().width() == 1
        && window.outputHeight() * window.outputWidth() == 1;
  }

  /** Whether a dense layer's weights, which are packed once a step, are fewer than its inputs. */
  private boolean smallWeights(Binding binding) {
    return outChannels <= binding.input().capacity();
  }

  /** Whether every channel is kept by itself. */
  private boolean depthwise() {
    return groups > 1 && groupInputs() == 1 && groupOutputs() == 1;
  }

  /**
   * The form of Winograd's algorithm that is to be used, or null: with few channels its transforms
   * cost too much, with few tiles the transformed weights, larger than the weights, are not read
   * often enough.
   *
   * @param samples whose tiles meet the same transformed weights
   */
  private WinogradForm minimal(Binding binding, int samples) {
    if (binding.convolution() == ConvolutionAlgorithm.DIRECT
        || strided()
        || !window.dilation().equals(Extent.square(1))) {
      return null;
    }
    for (WinogradForm form : WinogradForm.values()) {
      if (window.kernel().equals(Extent.square(form.kernel()))) {
        int down = (window.outputHeight() + form.tile() - 1) / form.tile();
        int across = (window.outputWidth() + form.tile() - 1) / form.tile();
        long tiles = (long) samples * down * across;
        boolean cached = (long) groupInputs() * groupOutputs() <= CACHED_WEIGHTS;
        boolean pays =
            Math.min(groupInputs(), groupOutputs()) >= FEWEST_CHANNELS
                && (cached || tiles >= FEWEST_TILES);
        return pays ? form : null;
      }
    }
    return null;
  }

  private boolean strided() {
    return window.stride().height() > 1 || window.stride().width() > 1;
  }

  /** The forward pass. */
  Correlation forward(Tensor input, Tensor output) {
    int[] taps = new int[taps()];
    int[] offsets = new int[taps()];
    for (int tap = 0; tap < taps.length; tap++) {
      taps[tap] = tap;
      offsets[tap] =
          tap / window.kernel().width() * window.dilation().height() * input.rowStride()
              + tap
                  % window.kernel().width()
                  * window.dilation().width()
                  * input.shape().channels();
    }
    PixelGrid windows =
        PixelGrid.of(
            input,
            -window.padTop(),
            -window.padLeft(),
            window.stride(),
            window.outputHeight(),
            window.outputWidth());
    return new Correlation(windows, PixelGrid.all(output), taps, offsets, window.kernel().width());
  }

  /**
   * The backward pass for data. Input pixels that lie at the same place between the strides see the
   * same taps, each a pixel of the output's gradient further on: so there is one pass, without
   * gaps, for each such place.
   */
  private List<Correlation> backward(Tensor outputGradient, Tensor inputGradient) {
    List<Correlation> passes = new ArrayList<>();
    for (int top = 0; top < window.stride().height(); top++) {
      for (int left = 0; left < window.stride().width(); left++) {
        int height = Reach.count(window.input().height() - top, window.stride().height());
        int width = Reach.count(window.input().width() - left, window.stride().width());
        if (height > 0 && width > 0) {
          PixelGrid from = PixelGrid.of(outputGradient, 0, 0, Extent.square(1), height, width);
          PixelGrid to = PixelGrid.of(inputGradient, top, left, window.stride(), height, width);
          passes.add(backward(outputGradient, top, left, from, to));
        }
      }
    }
    return passes;
  }

  private Correlation backward(
      Tensor outputGradient, int top, int left, PixelGrid from, PixelGrid to) {
    List<Reach> rows = Reach.of(window, top, true);
    List<Reach> columns = Reach.of(window, left, false);
    int[] taps = new int[rows.size() * columns.size()];
    int[] offsets = new int[taps.length];
    int i = 0;
    for (Reach row : rows) {
      for (Reach column : columns) {
        taps[i] = row.tap() * window.kernel().width() + column.tap();
        offsets[i++] = outputGradient.at(0, row.pixels(), column.pixels()) - from.base();
      }
    }
    return new Correlation(from, to, taps, offsets, columns.size());
  }

  /** Zero pixels that the backward pass reads around the output's gradient. */
  int outputGradientHalo() {
    int down =
        Reach.halo(
            window, window.input().height(), window.stride().height(), window.outputHeight(), true);
    int across =
        Reach.halo(
            window, window.input().width(), window.stride().width(), window.outputWidth(), false);
    return Math.max(down, across);
  }
}
