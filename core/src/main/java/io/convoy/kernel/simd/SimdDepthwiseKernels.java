package io.convoy.kernel.simd;

import static io.convoy.kernel.simd.Species.FLOATS;
import static io.convoy.kernel.simd.Species.LANES;

import io.convoy.kernel.DepthwiseKernels;
import io.convoy.kernel.scalar.ScalarDepthwiseKernels;
import jdk.incubator.vector.FloatVector;

/**
 * {@link DepthwiseKernels} a vector of channels at a time, what is left over one by one. Windows of
 * nine taps, which are most, keep their weights (or sums) in registers along a row.
 */
final class SimdDepthwiseKernels implements DepthwiseKernels {
  private static final int NINE = 9;

  @Override
  public void correlate(
      int[] offsets,
      float[] x,
      int xStart,
      int xStep,
      float[] weights,
      float[] bias,
      int biasStart,
      float[] y,
      int yStart,
      int yStep,
      int pixels,
      int channels) {
    int whole = FLOATS.loopBound(channels);
    for (int c = 0; c < whole; c += LANES) {
      FloatVector b = load(bias, biasStart + c);
      if (offsets.length == NINE) {
        nineTaps(
            offsets, x, xStart + c, xStep, weights, c, channels, b, y, yStart + c, yStep, pixels);
        continue;
      }
      for (int p = 0; p < pixels; p++) {
        FloatVector sum = FloatVector.zero(FLOATS);
        int window = xStart + p * xStep + c;
        for (int t = 0; t < offsets.length; t++) {
          sum = load(x, window + offsets[t]).fma(load(weights, t * channels + c), sum);
        }
        b.add(sum).intoArray(y, yStart + p * yStep + c);
      }
    }
    if (whole < channels) {
      ScalarDepthwiseKernels.correlate(
          offsets, x, xStart, xStep, weights, bias, biasStart, y, yStart, yStep, pixels, whole,
          channels);
    }
  }

  private static void nineTaps(
      int[] offsets,
      float[] x,
      int xStart,
      int xStep,
      float[] weights,
      int wStart,
      int wStep,
      FloatVector bias,
      float[] y,
      int yStart,
      int yStep,
      int pixels) {
    FloatVector w0 = load(weights, wStart);
    FloatVector w1 = load(weights, wStart + wStep);
    FloatVector w2 = load(weights, wStart + 2 * wStep);
    FloatVector w3 = load(weights, wStart + 3 * wStep);
    FloatVector w4 = load(weights, wStart + 4 * wStep);
    FloatVector w5 = load(weights, wStart + 5 * wStep);
    FloatVector w6 = load(weights, wStart + 6 * wStep);
    FloatVector w7 = load(weights, wStart + 7 * wStep);
    FloatVector w8 = load(weights, wStart + 8 * wStep);
    int o1 = offsets[1] - offsets[0];
    int o2 = offsets[2] - offsets[0];
    int o3 = offsets[3] - offsets[0];
    int o4 = offsets[4] - offsets[0];
    int o5 = offsets[5] - offsets[0];
    int o6 = offsets[6] - offsets[0];
    int o7 = offsets[7] - offsets[0];
    int o8 = offsets[8] - offsets[0];
    int at = xStart + offsets[0];
    int to = yStart;
    for (int p = 0; p < pixels; p++) {
      FloatVector sum = load(x, at).fma(w0, FloatVector.zero(FLOATS));
      sum = load(x, at + o1).fma(w1, sum);
      sum = load(x, at + o2).fma(w2, sum);
      sum = load(x, at + o3).fma(w3, sum);
      sum = load(x, at + o4).fma(w4, sum);
      sum = load(x, at + o5).fma(w5, sum);
      sum = load(x, at + o6).fma(w6, sum);
      sum = load(x, at + o7).fma(w7, sum);
      sum = load(x, at + o8).fma(w8, sum);
      bias.add(sum).intoArray(y, to);
      at += xStep;
      to += yStep;
    }
  }

  @Override
  public void gradient(
      int[] offsets,
      float[] x,
      int xStart,
      int xStep,
      float[] dy,
      int dyStart,
      int dyStep,
      float[] sums,
      int pixels,
      int channels) {
    int whole = FLOATS.loopBound(channels);
    for (int c = 0; c < whole; c += LANES) {
      if (offsets.length == NINE) {
        nineSums(offsets, x, xStart + c, xStep, dy, dyStart + c, dyStep, sums, c, channels, pixels);
        continue;
      }
      for (int t = 0; t < offsets.length; t++) {
        FloatVector sum = FloatVector.zero(FLOATS);
        for (int p = 0; p < pixels; p++) {
          FloatVector pixel = load(x, xStart + p * xStep + offsets[t] + c);
          sum = pixel.fma(load(dy, dyStart + p * dyStep + c), sum);
        }
        add(sum, sums, t * channels + c);
      }
    }
    if (whole < channels) {
      ScalarDepthwiseKernels.gradient(
          offsets, x, xStart, xStep, dy, dyStart, dyStep, sums, pixels, whole, channels);
    }
  }

  private static void nineSums(
      int[] offsets,
      float[] x,
      int xStart,
      int xStep,
      float[] dy,
      int dyStart,
      int dyStep,
      float[] sums,
      int start,
      int step,
      int pixels) {
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    FloatVector s8 = s0;
    int o1 = offsets[1] - offsets[0];
    int o2 = offsets[2] - offsets[0];
    int o3 = offsets[3] - offsets[0];
    int o4 = offsets[4] - offsets[0];
    int o5 = offsets[5] - offsets[0];
    int o6 = offsets[6] - offsets[0];
    int o7 = offsets[7] - offsets[0];
    int o8 = offsets[8] - offsets[0];
    int at = xStart + offsets[0];
    int from = dyStart;
    for (int p = 0; p < pixels; p++) {
      FloatVector g = load(dy, from);
      s0 = load(x, at).fma(g, s0);
      s1 = load(x, at + o1).fma(g, s1);
      s2 = load(x, at + o2).fma(g, s2);
      s3 = load(x, at + o3).fma(g, s3);
      s4 = load(x, at + o4).fma(g, s4);
      s5 = load(x, at + o5).fma(g, s5);
      s6 = load(x, at + o6).fma(g, s6);
      s7 = load(x, at + o7).fma(g, s7);
      s8 = load(x, at + o8).fma(g, s8);
      at += xStep;
      from += dyStep;
    }
    add(s0, sums, start);
    add(s1, sums, start + step);
    add(s2, sums, start + 2 * step);
    add(s3, sums, start + 3 * step);
    add(s4, sums, start + 4 * step);
    add(s5, sums, start + 5 * step);
    add(s6, sums, start + 6 * step);
    add(s7, sums, start + 7 * step);
    add(s8, sums, start + 8 * step);
  }

  private static void add(FloatVector sum, float[] sums, int at) {
    load(sums, at).add(sum).intoArray(sums, at);
  }

  private static FloatVector load(float[] x, int at) {
    return FloatVector.fromArray(FLOATS, x, at);
  }
}
