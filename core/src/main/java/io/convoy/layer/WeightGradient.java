package io.convoy.layer;

import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Arena;
import io.convoy.tensor.Tensor;

/**
 * The gradient of a convolution's weights,
 *
 * <pre>
 *   dw[o, i, kh, kw] = sum over n, h, w of dy[n, h, w, o] * x[n, h strideH + kh dilationH - padTop, …, i]
 * </pre>
 *
 * <p>The sum runs over chunks of output rows of one image, image after image. At stride 1 a chunk
 * is several rows and one run: the gradient is packed with zeros where the input has its halo, so
 * that both step through memory alike. Each chunk is summed from zero and added to the chunks
 * before. Threads share out weights, never a sum.
 */
final class WeightGradient {
  /** Pixels of a chunk, halo included: a packed chunk stays in the second-level cache. */
  private static final int CHUNK_PIXELS = 256;

  /** Rows of weights (a tap's inputs) that one block computes; a multiple of the register tile. */
  private static final int BLOCK_ROWS = 192;

  private final Window window;
  private final Kernels kernels;
  private final WorkPool pool;
  private final Tensor input;
  private final Tensor outputGradient;
  private final PackedWeights gradient;
  private final float[][] packs;
  private final int[] segmentOffsets;
  private final int run;
  private final int blocksPerSegment;
  private final int chunkRows;
  private final int pitch;
  private final WorkPool.Block block = this::runBlock;
  private int samples;
  private float[] target;
  private int targetOffset;

  WeightGradient(
      ConvolutionGeometry geometry,
      Tensor input,
      Tensor outputGradient,
      Kernels kernels,
      WorkPool pool,
      Arena arena) {
    this.window = geometry.window();
    this.kernels = kernels;
    this.pool = pool;
    this.input = input;
    this.outputGradient = outputGradient;
    this.gradient =
        PackedWeights.take(
            geometry.groups(),
            geometry.groupInputs(),
            geometry.groupOutputs(),
            geometry.taps(),
            kernels.panelWidth(),
            arena);
    segmentOffsets = DirectConvolution.segmentOffsets(window, geometry.groups(), input);
    run = geometry.taps() * geometry.groupInputs() / segmentOffsets.length;
    blocksPerSegment = (run + BLOCK_ROWS - 1) / BLOCK_ROWS;
    boolean dense = window.outputPixels() == 1;
    pitch =
        geometry.strided() ? window.outputWidth() : input.rowStride() / input.shape().channels();
    chunkRows =
        geometry.strided() ? 1 : Math.min(window.outputHeight(), Math.max(1, CHUNK_PIXELS / pitch));
    int packed = dense ? CHUNK_PIXELS : chunkRows * pitch;
    packs = arena.floats(pool.threads(), packed * kernels.panelWidth());
  }

  /** Writes the gradient over {@code samples} samples to its OIHW places from {@code offset} on. */
  void run(int samples, float[] target, int offset) {
    this.samples = samples;
    this.target = target;
    this.targetOffset = offset;
    pool.run(
        gradient.groups() * gradient.panels() * segmentOffsets.length * blocksPerSegment, block);
  }

  private void runBlock(int index, int thread) {
    int rowBlock = index % blocksPerSegment;
    int segment = index / blocksPerSegment % segmentOffsets.length;
    int panelIndex = index / blocksPerSegment / segmentOffsets.length;
    int panel = panelIndex % gradient.panels();
    int group = panelIndex / gradient.panels();
    int firstRow = rowBlock * BLOCK_ROWS;
    int rows = Math.min(BLOCK_ROWS, run - firstRow);
    int out = gradient.start(group, panel) + (segment * run + firstRow) * gradient.width();
    int source = segmentOffsets[segment] + group * gradient.inputs() + firstRow;
    int channel = group * gradient.outputs() + panel * gradient.width();
    if (window.outputPixels() == 1) {
      overSamples(source, channel, gradient.columns(panel), out, rows, packs[thread]);
    } else {
      overChunks(source, channel, gradient.columns(panel), out, rows, packs[thread]);
    }
    gradient.unpack(
        group,
        panel,
        segment * run + firstRow,
        segment * run + firstRow + rows,
        target,
        targetOffset);
  }

  private void overChunks(int source, int channel, int columns, int out, int rows, float[] pack) {
    boolean accumulate = false;
    int xStride = window.stride().width() * input.shape().channels();
    for (int n = 0; n < samples; n++) {
      for (int h = 0; h < window.outputHeight(); h += chunkRows) {
        int height = Math.min(chunkRows, window.outputHeight() - h);
        for (int row = 0; row < height; row++) {
          packRow(
              outputGradient.at(n, h + row, 0),
              channel,
              columns,
              window.outputWidth(),
              pack,
              row * pitch);
        }
        int xStart =
            input.at(n, h * window.stride().height() - window.padTop(), -window.padLeft()) + source;
        int terms = (height - 1) * pitch + window.outputWidth();
        kernels.correlate(
            terms, input.data(), xStart, xStride, pack, 0, out(), out, rows, accumulate);
        accumulate = true;
      }
    }
  }

  /** One output pixel a sample, as in a dense layer: the sum runs over samples in one go. */
  private void overSamples(int source, int channel, int columns, int out, int rows, float[] pack) {
    for (int n = 0; n < samples; n += CHUNK_PIXELS) {
      int count = Math.min(CHUNK_PIXELS, samples - n);
      for (int i = 0; i < count; i++) {
        packRow(outputGradient.at(n + i, 0, 0), channel, columns, 1, pack, i);
      }
      int xStart = input.at(n, -window.padTop(), -window.padLeft()) + source;
      kernels.correlate(
          count, input.data(), xStart, input.imageStride(), pack, 0, out(), out, rows, n > 0);
    }
  }

  private float[] out() {
    return gradient.data();
  }

  /** Packs a panel's channels of {@code count} pixels; what the pack has beyond them stays zero. */
  private void packRow(int from, int channel, int columns, int count, float[] pack, int pixel) {
    int width = gradient.width();
    float[] dy = outputGradient.data();
    int channels = outputGradient.shape().channels();
    for (int i = 0; i < count; i++) {
      int to = (pixel + i) * width;
      System.arraycopy(dy, from + i * channels + channel, pack, to, columns);
      for (int j = columns; j < width; j++) {
        pack[to + j] = 0f;
      }
    }
  }
}
