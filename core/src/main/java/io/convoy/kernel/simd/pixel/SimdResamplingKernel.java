package io.convoy.kernel.simd.pixel;

import static io.convoy.kernel.simd.constant.Species.FLOATS;
import static io.convoy.kernel.simd.pixel.LineTransposition.BYTES;
import static io.convoy.kernel.simd.pixel.LineTransposition.LINES;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import io.convoy.kernel.ResamplingKernel;
import io.convoy.kernel.scalar.ScalarResamplingKernel;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ResamplingKernel} with a byte of a vector for each line: lines are turned first, so that
 * each column of them is a vector, then an output is a sum over vectors. A lane of ints holds four
 * lines, which are taken apart for their sums and put together again for the result.
 */
public final class SimdResamplingKernel implements ResamplingKernel {
  private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
  private static final int HALF = 1 << (PRECISION - 1);
  private static final int BRIGHTEST = 255;

  /** Columns of turned lines that the first cache holds. */
  private static final int CACHED = LineTransposition.columns(1 << 15);

  /** All for which the work has room, beside a result. */
  private static final int MOST = LineTransposition.columns(WORK - LINES);

  private final ResamplingKernel scalar = new ScalarResamplingKernel();

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
    if (mostTaps(start, outputs) > MOST) {
      scalar.resample(
          x, xStart, xStep, lines, first, start, weights, outputs, y, yStart, yStep, work);
      return;
    }
    int together = Math.min(LINES, lines);
    for (int line = 0; line < lines; line += LINES) {
      int i = Math.min(line, lines - together); // some lines may be computed twice
      for (int o = 0; o < outputs; ) {
        int end = end(first, start, o, outputs);
        int span = first[end - 1] + start[end] - start[end - 1] - first[o];
        LineTransposition.turn(x, xStart + i * xStep + first[o], xStep, together, span, work);
        if (together == LINES) {
          sums(work, first, start, weights, o, end, y, yStart + i, yStep);
        } else {
          fewSums(work, first, start, weights, o, end, y, yStart, yStep, lines);
        }
        o = end;
      }
    }
  }

  private static int mostTaps(int[] start, int outputs) {
    int most = 0;
    for (int o = 0; o < outputs; o++) {
      most = Math.max(most, start[o + 1] - start[o]);
    }
    return most;
  }

  /** Behind the last output that goes together with output o: their columns stay in the cache. */
  private static int end(int[] first, int[] start, int o, int outputs) {
    int end = o + 1;
    while (end < outputs && first[end] + start[end + 1] - start[end] - first[o] <= CACHED) {
      end++;
    }
    return end;
  }

  /** As {@link #sums}, where lines do not fill a vector: the end of the work takes each result. */
  private static void fewSums(
      byte[] work,
      int[] first,
      int[] start,
      int[] weights,
      int from,
      int to,
      byte[] y,
      int yStart,
      int yStep,
      int lines) {
    int result = WORK - LINES;
    for (int o = from; o < to; o++) {
      int column = (first[o] - first[from]) * LINES;
      sum(work, column, weights, start[o], start[o + 1], work, result);
      System.arraycopy(work, result, y, yStart + o * yStep, lines);
    }
  }

  private static void sums(
      byte[] turned,
      int[] first,
      int[] start,
      int[] weights,
      int from,
      int to,
      byte[] y,
      int yStart,
      int yStep) {
    for (int o = from; o < to; o++) {
      int column = (first[o] - first[from]) * LINES;
      sum(turned, column, weights, start[o], start[o + 1], y, yStart + o * yStep);
    }
  }

  /** One output of all lines. */
  private static void sum(
      byte[] turned, int column, int[] weights, int from, int to, byte[] y, int at) {
    IntVector sum0 = IntVector.broadcast(INTS, HALF);
    IntVector sum1 = sum0;
    IntVector sum2 = sum0;
    IntVector sum3 = sum0;
    for (int t = from; t < to; t++, column += LINES) {
      IntVector four = ByteVector.fromArray(BYTES, turned, column).reinterpretAsInts();
      IntVector weight = IntVector.broadcast(INTS, weights[t]);
      sum0 = four.and(0xFF).mul(weight).add(sum0);
      sum1 = four.lanewise(LSHR, 8).and(0xFF).mul(weight).add(sum1);
      sum2 = four.lanewise(LSHR, 16).and(0xFF).mul(weight).add(sum2);
      sum3 = four.lanewise(LSHR, 24).mul(weight).add(sum3);
    }
    sum0 = sum0.lanewise(ASHR, PRECISION).max(0).min(BRIGHTEST);
    sum1 = sum1.lanewise(ASHR, PRECISION).max(0).min(BRIGHTEST);
    sum2 = sum2.lanewise(ASHR, PRECISION).max(0).min(BRIGHTEST);
    sum3 = sum3.lanewise(ASHR, PRECISION).max(0).min(BRIGHTEST);
    sum0.or(sum1.lanewise(LSHL, 8))
        .or(sum2.lanewise(LSHL, 16))
        .or(sum3.lanewise(LSHL, 24))
        .reinterpretAsBytes()
        .intoArray(y, at);
  }
}
