package io.convoy.layer;

import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Tensor;

/** The operation of {@link MaxPool2d}: remembers where each maximum stood. */
final class MaxPooling implements Operation {
  private final Window window;
  private final Binding binding;
  private final int channels;
  private final int[] winners;
  private final WorkPool.Block forwardBlock = this::forwardImage;
  private final WorkPool.Block backwardBlock = this::backwardImage;

  MaxPooling(Window window, Binding binding) {
    this.window = window;
    this.binding = binding;
    channels = window.input().channels();
    winners =
        binding
            .arena()
            .ints(
                Math.multiplyExact(
                    binding.input().capacity(),
                    Math.multiplyExact(window.outputPixels(), channels)));
  }

  @Override
  public void forward(Pass pass) {
    binding.pool().run(pass.samples(), forwardBlock);
  }

  @Override
  public void backward(Pass pass, float[] gradient) {
    if (binding.inputGradient() != null) {
      binding.pool().run(pass.samples(), backwardBlock);
    }
  }

  private void forwardImage(int n, int thread) {
    Tensor y = binding.output();
    for (int h = 0; h < window.outputHeight(); h++) {
      for (int w = 0; w < window.outputWidth(); w++) {
        int winner = ((n * window.outputHeight() + h) * window.outputWidth() + w) * channels;
        forwardWindow(n, h, w, y.at(n, h, w), winner);
      }
    }
  }

  private void forwardWindow(int n, int h, int w, int out, int winner) {
    int top = h * window.stride().height() - window.padTop();
    int left = w * window.stride().width() - window.padLeft();
    int fromRow = Math.max(0, top);
    int fromColumn = Math.max(0, left);
    int toRow = Math.min(window.input().height(), top + window.kernel().height());
    int toColumn = Math.min(window.input().width(), left + window.kernel().width());
    Tensor x = binding.input();
    float[] in = x.data();
    float[] y = binding.output().data();
    int first = x.at(n, fromRow, fromColumn);
    for (int c = 0; c < channels; c++) {
      y[out + c] = in[first + c];
      winners[winner + c] = fromRow * window.input().width() + fromColumn;
    }
    for (int row = fromRow; row < toRow; row++) {
      for (int column = fromColumn; column < toColumn; column++) {
        int pixel = row * window.input().width() + column;
        int from = x.at(n, row, column);
        for (int c = 0; c < channels; c++) {
          float value = in[from + c];
          // a NaN wins and, being greater than nothing, is not beaten: it must not get lost
          if (value > y[out + c] || Float.isNaN(value)) {
            y[out + c] = value;
            winners[winner + c] = pixel;
          }
        }
      }
    }
  }

  private void backwardImage(int n, int thread) {
    Tensor dx = binding.inputGradient();
    Tensor dy = binding.outputGradient();
    float[] to = dx.data();
    int width = window.input().width();
    for (int h = 0; h < window.input().height(); h++) {
      java.util.Arrays.fill(to, dx.at(n, h, 0), dx.at(n, h, 0) + width * channels, 0f);
    }
    int winner = n * window.outputPixels() * channels;
    for (int h = 0; h < window.outputHeight(); h++) {
      for (int w = 0; w < window.outputWidth(); w++, winner += channels) {
        int from = dy.at(n, h, w);
        for (int c = 0; c < channels; c++) {
          int pixel = winners[winner + c];
          to[dx.at(n, pixel / width, pixel % width) + c] += dy.data()[from + c];
        }
      }
    }
  }
}
