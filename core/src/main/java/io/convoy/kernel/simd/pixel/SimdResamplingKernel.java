package io.convoy.kernel.simd.pixel;

import static io.convoy.kernel.simd.constant.Species.LANES;

import io.convoy.kernel.ResamplingKernel;
import io.convoy.kernel.scalar.ScalarResamplingKernel;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link ResamplingKernel} with a lane for each line: a vector of lines is transposed first, so
 * that a pixel's neighbours along the lanes lie side by side, then each output is a sum over
 * vectors.
 */
public final class SimdResamplingKernel implements ResamplingKernel {
  private static final int HALF = 1 << (PRECISION - 1);
  private static final int LEAST_WORK = 1 << 14;

  private final ResamplingKernel scalar = new ScalarResamplingKernel();

  @Override
  public int work(int mostTaps) {
    return Math.max(LEAST_WORK, LineTransposition.room(mostTaps));
  }

  @Override
  public void resample(
      byte[] x,
      int xStart,
      int xStep,
      int lines,
      int[] first,
      int[] start,
      int[] weights,
      int outputs,
      byte[] y,
      int yStart,
      int yStep,
      byte[] work) {
    if (lines < LANES) {
      scalar.resample(
          x, xStart, xStep, lines, first, start, weights, outputs, y, yStart, yStep, work);
      return;
    }
    int pixels = LineTransposition.pixels(work.length);
    for (int o = 0; o < outputs; ) {
      int end = o + 1;
      while (end < outputs && first[end] + start[end + 1] - start[end] - first[o] <= pixels) {
        end++;
      }
      int span = first[end - 1] + start[end] - start[end - 1] - first[o];
      for (int line = 0; line < lines; line += LANES) {
        int i = Math.min(line, lines - LANES); // the last ones may be computed twice
        LineTransposition.transpose(x, xStart + i * xStep + first[o], xStep, span, work);
        sums(work, first, start, weights, o, end, y, yStart + i, yStep);
      }
      o = end;
    }
  }

  private static void sums(
      byte[] pixels,
      int[] first,
      int[] start,
      int[] weights,
      int from,
      int to,
      byte[] y,
      int yStart,
      int yStep) {
    int begin = first[from];
    for (int o = from; o < to; o++) {
      IntVector sum = IntVector.broadcast(LineTransposition.INTS, HALF);
      int at = (first[o] - begin) * LANES;
      for (int t = start[o]; t < start[o + 1]; t++, at += LANES) {
        sum =
            ((IntVector)
                    ByteVector.fromArray(LineTransposition.BYTES, pixels, at)
                        .convertShape(VectorOperators.B2I, LineTransposition.INTS, 0))
                .and(0xFF)
                .mul(weights[t])
                .add(sum);
      }
      ByteVector bytes =
          (ByteVector)
              sum.lanewise(VectorOperators.ASHR, PRECISION)
                  .max(0)
                  .min(0xFF)
                  .convertShape(VectorOperators.I2B, LineTransposition.BYTES, 0);
      if (LANES == 4) {
        LineTransposition.INT_OF.set(y, yStart + o * yStep, bytes.reinterpretAsInts().lane(0));
      } else {
        bytes.intoArray(y, yStart + o * yStep);
      }
    }
  }
}
