package io.convoy.kernel.simd.row;

import static io.convoy.kernel.simd.constant.Species.FLOATS;
import static io.convoy.kernel.simd.constant.Species.LANES;

import io.convoy.kernel.PoolingKernels;
import io.convoy.kernel.scalar.ScalarPoolingKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** {@link PoolingKernels} a vector of channels at a time, what is left over one by one. */
public final class SimdPoolingKernels implements PoolingKernels {
  private final PoolingKernels scalar = new ScalarPoolingKernels();

  @Override
  public void max(
      int[] offsets,
      float[] labels,
      float[] x,
      int xStart,
      int xStep,
      float[] y,
      int yStart,
      int yStep,
      float[] winners,
      int winnerStart,
      int winnerStep,
      int pixels,
      int channels) {
    int whole = FLOATS.loopBound(channels);
    for (int p = 0; p < pixels; p++) {
      for (int c = 0; c < whole; c += LANES) {
        int window = xStart + p * xStep + c;
        FloatVector best = FloatVector.fromArray(FLOATS, x, window + offsets[0]);
        FloatVector winner = FloatVector.broadcast(FLOATS, labels[0]);
        for (int t = 1; t < offsets.length; t++) {
          FloatVector value = FloatVector.fromArray(FLOATS, x, window + offsets[t]);
          VectorMask<Float> nan = value.compare(VectorOperators.NE, value);
          VectorMask<Float> wins = value.compare(VectorOperators.GT, best).or(nan);
          best = best.blend(value, wins);
          winner = winner.blend(labels[t], wins);
        }
        best.intoArray(y, yStart + p * yStep + c);
        winner.intoArray(winners, winnerStart + p * winnerStep + c);
      }
    }
    if (whole < channels) {
      scalar.max(
          offsets,
          labels,
          x,
          xStart + whole,
          xStep,
          y,
          yStart + whole,
          yStep,
          winners,
          winnerStart + whole,
          winnerStep,
          pixels,
          channels - whole);
    }
  }

  @Override
  public void maxGradient(
      float label,
      float[] winners,
      int winnerStart,
      int winnerStep,
      float[] dy,
      int dyStart,
      int dyStep,
      float[] dx,
      int dxStart,
      int dxStep,
      int pixels,
      int channels) {
    int whole = FLOATS.loopBound(channels);
    for (int p = 0; p < pixels; p++) {
      for (int c = 0; c < whole; c += LANES) {
        VectorMask<Float> won =
            FloatVector.fromArray(FLOATS, winners, winnerStart + p * winnerStep + c)
                .compare(VectorOperators.EQ, label);
        FloatVector before = FloatVector.fromArray(FLOATS, dx, dxStart + p * dxStep + c);
        FloatVector sum = before.add(FloatVector.fromArray(FLOATS, dy, dyStart + p * dyStep + c));
        before.blend(sum, won).intoArray(dx, dxStart + p * dxStep + c);
      }
    }
    if (whole < channels) {
      scalar.maxGradient(
          label,
          winners,
          winnerStart + whole,
          winnerStep,
          dy,
          dyStart + whole,
          dyStep,
          dx,
          dxStart + whole,
          dxStep,
          pixels,
          channels - whole);
    }
  }
}
