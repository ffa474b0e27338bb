package io.convoy.layer;

import io.convoy.kernel.RowKernels;
import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Tensor;
import java.util.Arrays;

/**
 * The operation of {@link AvgPool2d} and {@link GlobalAvgPool}. Rows of a window are added first,
 * over the whole width at once, then the columns of that sum; backward the other way round.
 */
final class AveragePooling implements Operation {
  private final Window window;
  private final boolean countIncludePad;
  private final Binding binding;
  private final int channels;
  private final int rowLength;
  private final float[][] columnSums;
  private final float[][] shares;
  private final RowBlocks forward;
  private final WorkPool.Block backwardBlock = this::backwardImage;

  AveragePooling(Window window, boolean countIncludePad, Binding binding) {
    this.window = window;
    this.countIncludePad = countIncludePad;
    this.binding = binding;
    channels = window.input().channels();
    rowLength = window.input().width() * channels;
    columnSums = binding.arena().floats(binding.pool().threads(), rowLength);
    shares = binding.arena().floats(binding.pool().threads(), channels);
    forward = RowBlocks.rowByRow(binding.pool(), binding.output().shape(), this::forwardRow);
  }

  @Override
  public void forward(Pass pass) {
    forward.run(pass.samples());
  }

  @Override
  public void backward(Pass pass, float[] gradient) {
    if (binding.inputGradient() != null) {
      binding.pool().run(pass.samples(), backwardBlock);
    }
  }

  private RowKernels rows() {
    return binding.kernels().rows();
  }

  private void forwardRow(int n, int h, int length, int thread) {
    Tensor x = binding.input();
    Tensor y = binding.output();
    float[] sums = columnSums[thread];
    System.arraycopy(x.data(), x.at(n, fromRow(h), 0), sums, 0, rowLength);
    for (int row = fromRow(h) + 1; row < toRow(h); row++) {
      rows().add(x.data(), x.at(n, row, 0), sums, 0, rowLength);
    }
    for (int w = 0; w < window.outputWidth(); w++) {
      int out = y.at(n, h, w);
      System.arraycopy(sums, fromColumn(w) * channels, y.data(), out, channels);
      for (int column = fromColumn(w) + 1; column < toColumn(w); column++) {
        rows().add(sums, column * channels, y.data(), out, channels);
      }
      rows().divide(y.data(), out, count(h, w), y.data(), out, channels);
    }
  }

  private void backwardImage(int n, int thread) {
    Tensor dx = binding.inputGradient();
    Tensor dy = binding.outputGradient();
    float[] sums = columnSums[thread];
    float[] share = shares[thread];
    for (int row = 0; row < window.input().height(); row++) {
      Arrays.fill(dx.data(), dx.at(n, row, 0), dx.at(n, row, 0) + rowLength, 0f);
    }
    for (int h = 0; h < window.outputHeight(); h++) {
      Arrays.fill(sums, 0f);
      for (int w = 0; w < window.outputWidth(); w++) {
        rows().divide(dy.data(), dy.at(n, h, w), count(h, w), share, 0, channels);
        for (int column = fromColumn(w); column < toColumn(w); column++) {
          rows().add(share, 0, sums, column * channels, channels);
        }
      }
      for (int row = fromRow(h); row < toRow(h); row++) {
        rows().add(sums, 0, dx.data(), dx.at(n, row, 0), rowLength);
      }
    }
  }

  private float count(int h, int w) {
    long pixels =
        countIncludePad
            ? (long) window.kernel().height() * window.kernel().width()
            : (long) (toRow(h) - fromRow(h)) * (toColumn(w) - fromColumn(w));
    return (float) pixels;
  }

  private int fromRow(int h) {
    return Math.max(0, h * window.stride().height() - window.padTop());
  }

  private int toRow(int h) {
    int top = h * window.stride().height() - window.padTop();
    return Math.min(window.input().height(), top + window.kernel().height());
  }

  private int fromColumn(int w) {
    return Math.max(0, w * window.stride().width() - window.padLeft());
  }

  private int toColumn(int w) {
    int left = w * window.stride().width() - window.padLeft();
    return Math.min(window.input().width(), left + window.kernel().width());
  }
}
