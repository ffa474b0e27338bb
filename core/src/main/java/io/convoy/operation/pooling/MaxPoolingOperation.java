package io.convoy.operation.pooling;

import io.convoy.kernel.WorkPool;
import io.convoy.operation.Binding;
import io.convoy.operation.Fusion;
import io.convoy.operation.Operation;
import io.convoy.operation.Pass;
import io.convoy.operation.RowBlocks;
import io.convoy.operation.Window;
import io.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The maximum over windows, with the rectifier in front of it where the {@link Fusion} says so:
 * remembers which tap of its window each maximum came from. Windows that reach over the edge have
 * fewer taps; neighbours with the same taps go together.
 */
public final class MaxPoolingOperation implements Operation {
  /** Channels that one block of the backward pass takes at a time, so that threads share images. */
  private static final int BLOCK_CHANNELS = 64;

  private final Window window;
  private final Binding binding;
  private final int channels;
  private final int channelBlocks;
  private final float[] winners;
  private final List<Span> rows;
  private final List<Span> columns;
  private final Taps[][] taps;
  private final WorkPool.Block forwardBlock = this::forwardRow;
  private final WorkPool.Block backwardBlock = this::backwardBlock;
  private final RowBlocks maskRows;

  /**
   * Neighbouring windows, along one axis, of which the same taps lie inside the image.
   *
   * @param from the first window
   * @param until the window after the last
   * @param firstTap the first tap inside
   * @param lastTap the tap after the last
   */
  private record Span(int from, int until, int firstTap, int lastTap) {
    static List<Span> along(int windows, int step, int before, int kernel, int size) {
      List<Span> spans = new ArrayList<>();
      for (int w = 0; w < windows; w++) {
        int start = w * step - before;
        int first = Math.max(0, -start);
        int last = Math.min(kernel, size - start);
        Span previous = spans.isEmpty() ? null : spans.get(spans.size() - 1);
        if (previous != null && previous.firstTap == first && previous.lastTap == last) {
          spans.set(spans.size() - 1, new Span(previous.from, w + 1, first, last));
        } else {
          spans.add(new Span(w, w + 1, first, last));
        }
      }
      return spans;
    }
  }

  /** The taps of a window: where they lie from its start, and their numbers. */
  private record Taps(int[] offsets, float[] labels) {}

  public MaxPoolingOperation(Window window, Binding binding) {
    this.window = window;
    this.binding = binding;
    Tensor x = binding.input();
    channels = window.input().channels();
    channelBlocks = (channels + BLOCK_CHANNELS - 1) / BLOCK_CHANNELS;
    // without a backward pass nobody asks for the taps: each thread writes over its own
    int pixels =
        binding.goesBackward()
            ? Math.multiplyExact(x.capacity(), window.outputPixels())
            : binding.pool().threads() * window.outputWidth();
    winners = binding.arena().floats(Math.multiplyExact(pixels, channels));
    rows =
        Span.along(
            window.outputHeight(),
            window.stride().height(),
            window.padTop(),
            window.kernel().height(),
            window.input().height());
    columns =
        Span.along(
            window.outputWidth(),
            window.stride().width(),
            window.padLeft(),
            window.kernel().width(),
            window.input().width());
    maskRows = RowBlocks.rowByRow(binding.pool(), binding.output().shape(), this::mask);
    taps = new Taps[rows.size()][columns.size()];
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < columns.size(); j++) {
        taps[i][j] = taps(rows.get(i), columns.get(j), x);
      }
    }
  }

  private Taps taps(Span row, Span column, Tensor x) {
    int width = column.lastTap - column.firstTap;
    int[] offsets = new int[(row.lastTap - row.firstTap) * width];
    float[] labels = new float[offsets.length];
    for (int t = 0; t < offsets.length; t++) {
      int down = row.firstTap + t / width;
      int across = column.firstTap + t % width;
      offsets[t] = down * x.rowStride() + across * channels;
      labels[t] = down * window.kernel().width() + across;
    }
    return new Taps(offsets, labels);
  }

  @Override
  public void forward(Pass pass) {
    binding.pool().run(pass.samples() * window.outputHeight(), forwardBlock);
  }

  @Override
  public void backward(Pass pass, float[] gradient) {
    if (binding.inputGradient() != null) {
      if (binding.fusion().rectified()) {
        maskRows.run(pass.samples());
      }
      binding.pool().run(pass.samples() * channelBlocks, backwardBlock);
    }
  }

  private void forwardRow(int index, int thread) {
    int n = index / window.outputHeight();
    int h = index % window.outputHeight();
    Tensor x = binding.input();
    Tensor y = binding.output();
    int row = spanOf(h);
    int winner =
        binding.goesBackward() ? winner(n, h, 0) : winner(0, 0, thread * window.outputWidth());
    for (int j = 0; j < columns.size(); j++) {
      Span span = columns.get(j);
      binding
          .kernels()
          .pooling()
          .max(
              taps[row][j].offsets,
              taps[row][j].labels,
              x.data(),
              start(x, n, h, span.from),
              window.stride().width() * channels,
              y.data(),
              y.at(n, h, span.from),
              channels,
              winners,
              winner + span.from * channels,
              channels,
              span.until - span.from,
              channels);
    }
    if (binding.fusion().rectified()) {
      int at = y.at(n, h, 0);
      int length = window.outputWidth() * channels;
      binding.kernels().activations().relu(y.data(), at, y.data(), at, length);
    }
  }

  /** Where the maximum was not positive, no gradient goes back. */
  private void mask(int n, int h, int length, int thread) {
    Tensor y = binding.output();
    Tensor dy = binding.outputGradient();
    int at = dy.at(n, h, 0);
    binding
        .kernels()
        .activations()
        .reluGradient(y.data(), y.at(n, h, 0), dy.data(), at, dy.data(), at, length);
  }

  private int spanOf(int h) {
    int row = 0;
    while (rows.get(row).until <= h) {
      row++;
    }
    return row;
  }

  /** Where a window starts; it may lie outside of the array, its taps do not. */
  private int start(Tensor x, int n, int h, int w) {
    return x.at(
        n,
        h * window.stride().height() - window.padTop(),
        w * window.stride().width() - window.padLeft());
  }

  private int winner(int n, int h, int w) {
    return ((n * window.outputHeight() + h) * window.outputWidth() + w) * channels;
  }

  private void backwardBlock(int index, int thread) {
    int n = index / channelBlocks;
    int channel = index % channelBlocks * BLOCK_CHANNELS;
    int count = Math.min(BLOCK_CHANNELS, channels - channel);
    Tensor dx = binding.inputGradient();
    for (int h = 0; h < window.input().height(); h++) {
      for (int w = 0; w < window.input().width(); w++) {
        int at = dx.at(n, h, w) + channel;
        Arrays.fill(dx.data(), at, at + count, 0f);
      }
    }
    for (int h = 0; h < window.outputHeight(); h++) {
      for (Span span : columns) {
        backwardSpan(n, h, span, channel, count);
      }
    }
  }

  private void backwardSpan(int n, int h, Span span, int channel, int count) {
    Tensor dx = binding.inputGradient();
    Tensor dy = binding.outputGradient();
    Span row = rows.get(spanOf(h));
    int start = start(dx, n, h, span.from) + channel;
    for (int down = row.firstTap; down < row.lastTap; down++) {
      for (int across = span.firstTap; across < span.lastTap; across++) {
        binding
            .kernels()
            .pooling()
            .maxGradient(
                down * window.kernel().width() + across,
                winners,
                winner(n, h, span.from) + channel,
                channels,
                dy.data(),
                dy.at(n, h, span.from) + channel,
                channels,
                dx.data(),
                start + down * dx.rowStride() + across * channels,
                window.stride().width() * channels,
                span.until - span.from,
                count);
      }
    }
  }
}
