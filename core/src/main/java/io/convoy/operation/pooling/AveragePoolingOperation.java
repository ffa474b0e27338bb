package io.convoy.operation.pooling;

import io.convoy.kernel.RowKernels;
import io.convoy.kernel.WorkPool;
import io.convoy.operation.Binding;
import io.convoy.operation.Operation;
import io.convoy.operation.Pass;
import io.convoy.operation.RowBlocks;
import io.convoy.operation.Window;
import io.convoy.tensor.Tensor;
import java.util.Arrays;

/**
 * The mean over windows, or over a whole image. Rows of a window are added first, over the whole
 * width at once, then the columns of that sum; backward the other way round.
 */
public final class AveragePoolingOperation implements Operation {
  private final Window window;
  private final boolean countIncludePad;
  private final Binding binding;
  private final int channels;
  private final int rowLength;
  private final float[][] columnSums;
  private final float[][] shares;
  private final RowBlocks forward;
  private final WorkPool.Block backwardBlock = this::backwardBand;
  private int bands;

  public AveragePoolingOperation(Window window, boolean countIncludePad, Binding binding) {
    this.window = window;
    this.countIncludePad = countIncludePad;
    this.binding = binding;
    channels = window.input().channels();
    rowLength = window.input().width() * channels;
    columnSums = binding.arena().floats(binding.pool().threads(), rowLength);
    shares = binding.arena().floats(binding.pool().threads(), channels);
    int read = Math.min(window.input().height(), window.kernel().height()) * rowLength;
    forward = RowBlocks.rowByRow(binding.pool(), binding.output().shape(), read, this::forwardRow);
  }

  @Override
  public void forward(Pass pass) {
    forward.run(pass.samples());
  }

  @Override
  public void backward(Pass pass, float[] gradient) {
    if (binding.inputGradient() != null) {
      // bands cost a little twice at their borders: no more of them than keep the threads busy
      int wanted = (2 * binding.pool().threads() + pass.samples() - 1) / pass.samples();
      bands = Math.min(wanted, window.input().height());
      binding.pool().run(pass.samples() * bands, backwardBlock);
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

  /** Writes some rows of an image's gradient, from all windows that reach them, in their order. */
  private void backwardBand(int index, int thread) {
    int n = index / bands;
    int height = window.input().height();
    int from = index % bands * height / bands;
    int until = (index % bands + 1) * height / bands;
    Tensor dx = binding.inputGradient();
    for (int row = from; row < until; row++) {
      Arrays.fill(dx.data(), dx.at(n, row, 0), dx.at(n, row, 0) + rowLength, 0f);
    }
    for (int h = 0; h < window.outputHeight(); h++) {
      int first = Math.max(from, fromRow(h));
      int last = Math.min(until, toRow(h));
      if (first < last) {
        sumColumns(n, h, thread);
      }
      for (int row = first; row < last; row++) {
        rows().add(columnSums[thread], 0, dx.data(), dx.at(n, row, 0), rowLength);
      }
    }
  }

  /** What a row of windows adds to each row of the input's gradient that it reaches. */
  private void sumColumns(int n, int h, int thread) {
    Tensor dy = binding.outputGradient();
    float[] sums = columnSums[thread];
    float[] share = shares[thread];
    Arrays.fill(sums, 0f);
    for (int w = 0; w < window.outputWidth(); w++) {
      rows().divide(dy.data(), dy.at(n, h, w), count(h, w), share, 0, channels);
      for (int column = fromColumn(w); column < toColumn(w); column++) {
        rows().add(share, 0, sums, column * channels, channels);
      }
    }
  }

  private float count(int h, int w) {
    if (!countIncludePad) {
      return (float) ((long) (toRow(h) - fromRow(h)) * (toColumn(w) - fromColumn(w)));
    }
    int top = h * window.stride().height() - window.padTop();
    int left = w * window.stride().width() - window.padLeft();
    int lastRow = window.input().height() + window.padBottom();
    int lastColumn = window.input().width() + window.padRight();
    long rows = Math.min(window.kernel().height(), lastRow - top);
    return (float) (rows * Math.min(window.kernel().width(), lastColumn - left));
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
