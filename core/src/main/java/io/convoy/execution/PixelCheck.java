package io.convoy.execution;

import io.convoy.kernel.JpegKernels;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.ResamplingKernel;
import io.convoy.kernel.scalar.ScalarKernels;
import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A machine's kernels for images held against the scalar ones, byte for byte: each pass that
 * decodes a JPEG, or resizes an image, once.
 */
final class PixelCheck {
  /** Samples of a row: it leaves a tail at any number of lanes. */
  private static final int WIDTH = 203;

  private static final int LINES = 70;
  private static final int OUTPUTS = 61;

  /** Pixels that an output of resizing sums. */
  private static final int TAPS = 7;

  /** Between rows: there is a sample before each, and what a kernel may use behind it. */
  private static final int STEP = WIDTH + 2 * JpegKernels.SPARE_BYTES;

  private static final int ROOM = LINES * STEP;

  private final byte[] samples = new byte[ROOM];
  private final int[] coefficients = new int[JpegKernels.BLOCK * JpegKernels.GROUP];
  private final int[] weights = new int[OUTPUTS * TAPS];

  private PixelCheck() {
    RandomStream random = new RandomStream(1, Purpose.INITIALISATION);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (256 * random.uniform(i));
    }
    Arrays.setAll(coefficients, i -> (int) (600 * random.uniform(i)) - 300);
    // some of them negative; those of an output stay below 1.5 together
    float most = (1 << ResamplingKernel.PRECISION) / (float) TAPS;
    Arrays.setAll(weights, i -> (int) (most * (2 * random.uniform(i) - 0.5f)));
  }

  /**
   * A pass over pixels.
   *
   * @param length bytes that it writes; what stands behind them is not compared
   */
  private record PixelPass(String name, int length, Run run) {
    interface Run {
      void by(Kernels kernels, byte[] to);
    }

    private byte[] bytes(Kernels kernels) {
      byte[] to = new byte[ROOM];
      run.by(kernels, to);
      return Arrays.copyOf(to, length);
    }

    /** Where its bytes differ first by another provider; empty where they do not. */
    String difference(Kernels kernels) {
      byte[] expected = bytes(new ScalarKernels());
      byte[] got = bytes(kernels);
      int at = Arrays.mismatch(expected, got);
      return at < 0
          ? ""
          : "byte %s of %s is %s, scalar %s"
              .formatted(at, name, got[at] & 0xFF, expected[at] & 0xFF);
    }
  }

  /** Where a provider's bytes differ first from the scalar ones; empty where they do not. */
  static String compare(Kernels kernels) {
    return new PixelCheck()
        .passes().stream()
            .map(pass -> pass.difference(kernels))
            .filter(difference -> !difference.isEmpty())
            .findFirst()
            .orElse("");
  }

  private List<PixelPass> passes() {
    int row = 1;
    int next = row + STEP;
    int third = next + STEP;
    return List.of(
        inverseDct(8),
        inverseDct(4),
        inverseDct(2),
        inverseDct(1),
        new PixelPass(
            "doubled columns",
            2 * WIDTH,
            (by, to) -> by.jpeg().doubleColumns(samples, row, WIDTH, to)),
        new PixelPass(
            "blended rows",
            WIDTH,
            (by, to) -> by.jpeg().blendRows(samples, row, next, 1, WIDTH, to)),
        new PixelPass(
            "doubled rows and columns",
            2 * WIDTH,
            (by, to) -> by.jpeg().doubleBoth(samples, row, next, WIDTH, to)),
        new PixelPass(
            "converted colours",
            3 * WIDTH,
            (by, to) ->
                by.jpeg().toRgb(samples, row, samples, next, samples, third, WIDTH, to, 0, WIDTH)),
        new PixelPass(
            "interleaved planes",
            3 * WIDTH,
            (by, to) -> by.jpeg().interleave(samples, row, STEP, WIDTH, to, 0)),
        new PixelPass("a resizing", OUTPUTS * LINES, this::resample));
  }

  private PixelPass inverseDct(int size) {
    int width = JpegKernels.GROUP * size;
    return new PixelPass(
        "an inverse DCT to %sx%s".formatted(size, size),
        size * width,
        (by, to) -> by.jpeg().inverseDct(coefficients.clone(), size, to, 0, width));
  }

  private void resample(Kernels kernels, byte[] to) {
    int[] first = IntStream.range(0, OUTPUTS).map(i -> i * 3).toArray();
    int[] start = IntStream.rangeClosed(0, OUTPUTS).map(i -> i * TAPS).toArray();
    byte[] work = new byte[ResamplingKernel.WORK];
    kernels
        .resampling()
        .resample(samples, 0, STEP, LINES, first, start, weights, OUTPUTS, to, 0, LINES, work);
  }
}
