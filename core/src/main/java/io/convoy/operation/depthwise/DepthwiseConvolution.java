package io.convoy.operation.depthwise;

import io.convoy.kernel.DepthwiseCorrelation;
import io.convoy.kernel.DepthwiseWindows;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.operation.Epilogue;
import io.convoy.operation.correlation.ConvolutionGeometry;
import io.convoy.operation.correlation.ConvolutionPass;
import io.convoy.operation.correlation.Correlation;
import io.convoy.operation.correlation.PixelGrid;
import io.convoy.tensor.Arena;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution that keeps every channel by itself: as many groups as channels, in and out. Serves
 * forward, and backward for data, where the {@linkplain ConvolutionGeometry#backward passes} of a
 * strided convolution are computed side by side, row by row, so that their outputs go to memory
 * once. It is bound by memory; threads share out bands of rows.
 */
public final class DepthwiseConvolution implements ConvolutionPass {
  /** Bands for each thread: so many that none waits long for the last. */
  private static final int THREAD_BANDS = 4;

  /** Rows of a band, a multiple: tiles have up to two. */
  private static final int ROWS = 2;

  /** Multiply-adds of some ten microseconds. */
  private static final int SHARED_TERMS = 1 << 20;

  private final WorkPool pool;
  private final long terms;
  private final int channels;
  private final int kernelTaps;
  private final int height;
  private final List<Part> parts = new ArrayList<>();
  private final float[] zeros;
  private final WorkPool.Block block = this::band;
  private float[] bias;
  private int biasOffset;
  private int bands;
  private int bandRows;
  private Epilogue epilogue;

  /** One of the passes. */
  private record Part(Correlation pass, DepthwiseCorrelation kernel, float[] weights, int pitch) {
    static Part of(Correlation pass, int channels, Kernels kernels, Arena arena) {
      DepthwiseWindows windows = pass.windows(pass.to(), channels);
      float[] weights = arena.floats(windows.taps() * windows.pitch());
      return new Part(pass, kernels.depthwise(windows), weights, windows.pitch());
    }

    /** Rows from {@code first} on of an image; those that the pass does not have are left out. */
    void run(int image, int first, int rows, float[] bias, int biasOffset) {
      PixelGrid from = pass.from();
      PixelGrid to = pass.to();
      int count = Math.min(rows, to.height() - first);
      if (count > 0) {
        int pixel = (image * to.height() + first) * to.width();
        kernel.correlate(
            from.data(), from.at(pixel), weights, bias, biasOffset, to.data(), to.at(pixel), count);
      }
    }
  }

  public DepthwiseConvolution(
      ConvolutionGeometry geometry,
      List<Correlation> passes,
      Kernels kernels,
      WorkPool pool,
      Arena arena) {
    this.pool = pool;
    channels = geometry.outChannels();
    kernelTaps = geometry.taps();
    terms =
        passes.stream().mapToLong(pass -> (long) pass.to().pixels() * pass.taps().length).sum()
            * channels;
    height = passes.stream().mapToInt(pass -> pass.to().height()).max().orElse(0);
    for (Correlation pass : passes) {
      parts.add(Part.of(pass, channels, kernels, arena));
    }
    zeros = arena.floats(channels);
  }

  @Override
  public void load(float[] weightsOIHW, int offset) {
    for (Part part : parts) {
      int[] taps = part.pass.taps();
      for (int tap = 0; tap < taps.length; tap++) {
        for (int c = 0; c < channels; c++) {
          part.weights[tap * part.pitch + c] = weightsOIHW[offset + c * kernelTaps + taps[tap]];
        }
      }
    }
  }

  @Override
  public void run(int samples, float[] bias, int biasOffset, Epilogue epilogue) {
    this.bias = bias == null ? zeros : bias;
    this.biasOffset = bias == null ? 0 : biasOffset;
    this.epilogue = epilogue;
    if (epilogue != null) {
      epilogue.begin(samples, 1);
    }
    int most = (height + ROWS - 1) / ROWS;
    if (!worthSharing(samples * terms, pool)) {
      bandRows = most * ROWS;
      bands = 1;
      for (int image = 0; image < samples; image++) {
        band(image, 0);
      }
      return;
    }
    int wanted = (pool.threads() * THREAD_BANDS + samples - 1) / samples;
    int each = (most + wanted - 1) / wanted;
    bandRows = each * ROWS;
    bands = (most + each - 1) / each;
    pool.run(samples * bands, block);
  }

  /** Whether so many multiply-adds are worth waking other threads for. */
  static boolean worthSharing(long terms, WorkPool pool) {
    return pool.threads() > 1 && terms >= SHARED_TERMS;
  }

  private void band(int band, int thread) {
    int image = band / bands;
    int first = band % bands * bandRows;
    if (parts.size() == 1) {
      parts.get(0).run(image, first, bandRows, bias, biasOffset);
      if (epilogue != null) {
        int rows = Math.min(bandRows, height - first);
        epilogue.written(image, first, rows, parts.get(0).pass.to().width(), thread);
      }
      return;
    }
    for (int row = first; row < first + bandRows; row++) {
      for (Part part : parts) {
        part.run(image, row, 1, bias, biasOffset);
      }
    }
  }
}
