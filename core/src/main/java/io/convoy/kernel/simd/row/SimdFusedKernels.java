package io.convoy.kernel.simd.row;

import static io.convoy.kernel.simd.constant.Species.FLOATS;
import static io.convoy.kernel.simd.constant.Species.LANES;

import io.convoy.kernel.FusedKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** {@link FusedKernels} a vector at a time, what is left over one number at a time. */
public final class SimdFusedKernels implements FusedKernels {
  @Override
  public void addRelu(
      float[] a, int aStart, float[] b, int bStart, float[] y, int yStart, int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      FloatVector.fromArray(FLOATS, a, aStart + i)
          .add(FloatVector.fromArray(FLOATS, b, bStart + i))
          .max(0f)
          .intoArray(y, yStart + i);
    }
    for (; i < length; i++) {
      y[yStart + i] = Math.max(a[aStart + i] + b[bStart + i], 0f);
    }
  }

  @Override
  public void addReluGradient(
      float[] y, int yStart, float[] dy, int dyStart, float[] dx, int dxStart, int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      VectorMask<Float> active =
          FloatVector.fromArray(FLOATS, y, yStart + i).compare(VectorOperators.GT, 0f);
      FloatVector gradient =
          FloatVector.zero(FLOATS).blend(FloatVector.fromArray(FLOATS, dy, dyStart + i), active);
      gradient.add(FloatVector.fromArray(FLOATS, dx, dxStart + i)).intoArray(dx, dxStart + i);
    }
    for (; i < length; i++) {
      dx[dxStart + i] = (y[yStart + i] > 0 ? dy[dyStart + i] : 0f) + dx[dxStart + i];
    }
  }

  @Override
  public void normalizeRelu(
      float[] x,
      int xStart,
      float[] mean,
      float[] scale,
      float[] shift,
      float[] y,
      int yStart,
      int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      FloatVector.fromArray(FLOATS, x, xStart + i)
          .sub(FloatVector.fromArray(FLOATS, mean, i))
          .fma(FloatVector.fromArray(FLOATS, scale, i), FloatVector.fromArray(FLOATS, shift, i))
          .max(0f)
          .intoArray(y, yStart + i);
    }
    for (; i < length; i++) {
      y[yStart + i] = Math.max(Math.fma(x[xStart + i] - mean[i], scale[i], shift[i]), 0f);
    }
  }

  @Override
  public void normalizeAddRelu(
      float[] x,
      int xStart,
      float[] mean,
      float[] scale,
      float[] shift,
      float[] residual,
      int residualStart,
      float[] y,
      int yStart,
      int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      FloatVector.fromArray(FLOATS, x, xStart + i)
          .sub(FloatVector.fromArray(FLOATS, mean, i))
          .fma(FloatVector.fromArray(FLOATS, scale, i), FloatVector.fromArray(FLOATS, shift, i))
          .add(FloatVector.fromArray(FLOATS, residual, residualStart + i))
          .max(0f)
          .intoArray(y, yStart + i);
    }
    for (; i < length; i++) {
      float normalized = Math.fma(x[xStart + i] - mean[i], scale[i], shift[i]);
      y[yStart + i] = Math.max(normalized + residual[residualStart + i], 0f);
    }
  }

  @Override
  public void addProductsRelu(
      float[] y,
      int yStart,
      float[] dy,
      int dyStart,
      float[] x,
      int xStart,
      float[] mean,
      float[] sums,
      float[] products,
      int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      VectorMask<Float> active =
          FloatVector.fromArray(FLOATS, y, yStart + i).compare(VectorOperators.GT, 0f);
      FloatVector gradient =
          FloatVector.zero(FLOATS).blend(FloatVector.fromArray(FLOATS, dy, dyStart + i), active);
      gradient.add(FloatVector.fromArray(FLOATS, sums, i)).intoArray(sums, i);
      gradient
          .fma(
              FloatVector.fromArray(FLOATS, x, xStart + i)
                  .sub(FloatVector.fromArray(FLOATS, mean, i)),
              FloatVector.fromArray(FLOATS, products, i))
          .intoArray(products, i);
    }
    for (; i < length; i++) {
      float gradient = y[yStart + i] > 0 ? dy[dyStart + i] : 0f;
      sums[i] = gradient + sums[i];
      products[i] = Math.fma(gradient, x[xStart + i] - mean[i], products[i]);
    }
  }

  @Override
  public void normalizeGradientRelu(
      float[] y,
      int yStart,
      float[] dy,
      int dyStart,
      float[] x,
      int xStart,
      float[] mean,
      float[] scale,
      float[] slope,
      float[] offset,
      float[] dx,
      int dxStart,
      int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      VectorMask<Float> active =
          FloatVector.fromArray(FLOATS, y, yStart + i).compare(VectorOperators.GT, 0f);
      FloatVector gradient =
          FloatVector.zero(FLOATS).blend(FloatVector.fromArray(FLOATS, dy, dyStart + i), active);
      FloatVector centred =
          FloatVector.fromArray(FLOATS, slope, i)
              .fma(
                  FloatVector.fromArray(FLOATS, x, xStart + i)
                      .sub(FloatVector.fromArray(FLOATS, mean, i)),
                  FloatVector.fromArray(FLOATS, offset, i));
      FloatVector.fromArray(FLOATS, scale, i).fma(gradient, centred).intoArray(dx, dxStart + i);
    }
    for (; i < length; i++) {
      float gradient = y[yStart + i] > 0 ? dy[dyStart + i] : 0f;
      float centred = Math.fma(slope[i], x[xStart + i] - mean[i], offset[i]);
      dx[dxStart + i] = Math.fma(scale[i], gradient, centred);
    }
  }

  @Override
  public void addProductsNormalizeRelu(
      float[] dy,
      int dyStart,
      float[] x,
      int xStart,
      float[] mean,
      float[] scale,
      float[] shift,
      float[] sums,
      float[] products,
      int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      FloatVector distance =
          FloatVector.fromArray(FLOATS, x, xStart + i).sub(FloatVector.fromArray(FLOATS, mean, i));
      VectorMask<Float> active =
          distance
              .fma(FloatVector.fromArray(FLOATS, scale, i), FloatVector.fromArray(FLOATS, shift, i))
              .compare(VectorOperators.GT, 0f);
      FloatVector gradient =
          FloatVector.zero(FLOATS).blend(FloatVector.fromArray(FLOATS, dy, dyStart + i), active);
      gradient.add(FloatVector.fromArray(FLOATS, sums, i)).intoArray(sums, i);
      gradient.fma(distance, FloatVector.fromArray(FLOATS, products, i)).intoArray(products, i);
    }
    for (; i < length; i++) {
      float distance = x[xStart + i] - mean[i];
      float gradient = Math.fma(distance, scale[i], shift[i]) > 0 ? dy[dyStart + i] : 0f;
      sums[i] = gradient + sums[i];
      products[i] = Math.fma(gradient, distance, products[i]);
    }
  }

  @Override
  public void normalizeReluGradient(
      float[] dy,
      int dyStart,
      float[] x,
      int xStart,
      float[] mean,
      float[] scale,
      float[] shift,
      float[] slope,
      float[] offset,
      float[] dx,
      int dxStart,
      int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      FloatVector distance =
          FloatVector.fromArray(FLOATS, x, xStart + i).sub(FloatVector.fromArray(FLOATS, mean, i));
      VectorMask<Float> active =
          distance
              .fma(FloatVector.fromArray(FLOATS, scale, i), FloatVector.fromArray(FLOATS, shift, i))
              .compare(VectorOperators.GT, 0f);
      FloatVector gradient =
          FloatVector.zero(FLOATS).blend(FloatVector.fromArray(FLOATS, dy, dyStart + i), active);
      FloatVector centred =
          FloatVector.fromArray(FLOATS, slope, i)
              .fma(distance, FloatVector.fromArray(FLOATS, offset, i));
      FloatVector.fromArray(FLOATS, scale, i).fma(gradient, centred).intoArray(dx, dxStart + i);
    }
    for (; i < length; i++) {
      float distance = x[xStart + i] - mean[i];
      float gradient = Math.fma(distance, scale[i], shift[i]) > 0 ? dy[dyStart + i] : 0f;
      float centred = Math.fma(slope[i], distance, offset[i]);
      dx[dxStart + i] = Math.fma(scale[i], gradient, centred);
    }
  }
}
