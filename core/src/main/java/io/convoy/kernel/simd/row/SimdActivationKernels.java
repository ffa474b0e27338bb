package io.convoy.kernel.simd.row;

import static io.convoy.kernel.simd.constant.Species.FLOATS;
import static io.convoy.kernel.simd.constant.Species.LANES;

import io.convoy.kernel.ActivationKernels;
import io.convoy.kernel.FloatMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** {@link ActivationKernels} a vector at a time. */
public final class SimdActivationKernels implements ActivationKernels {
  @Override
  public void relu(float[] x, int xStart, float[] y, int yStart, int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      FloatVector.fromArray(FLOATS, x, xStart + i).max(0f).intoArray(y, yStart + i);
    }
    for (; i < length; i++) {
      y[yStart + i] = Math.max(x[xStart + i], 0f);
    }
  }

  @Override
  public void reluGradient(
      float[] y, int yStart, float[] dy, int dyStart, float[] dx, int dxStart, int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      VectorMask<Float> active =
          FloatVector.fromArray(FLOATS, y, yStart + i).compare(VectorOperators.GT, 0f);
      FloatVector.zero(FLOATS)
          .blend(FloatVector.fromArray(FLOATS, dy, dyStart + i), active)
          .intoArray(dx, dxStart + i);
    }
    for (; i < length; i++) {
      dx[dxStart + i] = y[yStart + i] > 0 ? dy[dyStart + i] : 0f;
    }
  }

  @Override
  public void leakyRelu(float[] x, int xStart, float slope, float[] y, int yStart, int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      FloatVector value = FloatVector.fromArray(FLOATS, x, xStart + i);
      VectorMask<Float> positive = value.compare(VectorOperators.GT, 0f);
      value.mul(slope).blend(value, positive).intoArray(y, yStart + i);
    }
    for (; i < length; i++) {
      float value = x[xStart + i];
      y[yStart + i] = value > 0 ? value : slope * value;
    }
  }

  @Override
  public void leakyReluGradient(
      float[] y,
      int yStart,
      float[] dy,
      int dyStart,
      float slope,
      float[] dx,
      int dxStart,
      int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      VectorMask<Float> positive =
          FloatVector.fromArray(FLOATS, y, yStart + i).compare(VectorOperators.GT, 0f);
      FloatVector gradient = FloatVector.fromArray(FLOATS, dy, dyStart + i);
      gradient.mul(slope).blend(gradient, positive).intoArray(dx, dxStart + i);
    }
    for (; i < length; i++) {
      float gradient = dy[dyStart + i];
      dx[dxStart + i] = y[yStart + i] > 0 ? gradient : slope * gradient;
    }
  }

  @Override
  public void sigmoid(float[] x, int xStart, float[] y, int yStart, int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      SimdMath.sigmoid(FloatVector.fromArray(FLOATS, x, xStart + i)).intoArray(y, yStart + i);
    }
    for (; i < length; i++) {
      y[yStart + i] = FloatMath.sigmoid(x[xStart + i]);
    }
  }

  @Override
  public void sigmoidGradient(
      float[] y, int yStart, float[] dy, int dyStart, float[] dx, int dxStart, int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      FloatVector value = FloatVector.fromArray(FLOATS, y, yStart + i);
      FloatVector slope = value.neg().fma(value, value);
      FloatVector.fromArray(FLOATS, dy, dyStart + i).mul(slope).intoArray(dx, dxStart + i);
    }
    for (; i < length; i++) {
      float value = y[yStart + i];
      dx[dxStart + i] = dy[dyStart + i] * Math.fma(-value, value, value);
    }
  }

  @Override
  public void tanh(float[] x, int xStart, float[] y, int yStart, int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      SimdMath.tanh(FloatVector.fromArray(FLOATS, x, xStart + i)).intoArray(y, yStart + i);
    }
    for (; i < length; i++) {
      y[yStart + i] = FloatMath.tanh(x[xStart + i]);
    }
  }

  @Override
  public void tanhGradient(
      float[] y, int yStart, float[] dy, int dyStart, float[] dx, int dxStart, int length) {
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      FloatVector value = FloatVector.fromArray(FLOATS, y, yStart + i);
      FloatVector slope = value.neg().fma(value, one);
      FloatVector.fromArray(FLOATS, dy, dyStart + i).mul(slope).intoArray(dx, dxStart + i);
    }
    for (; i < length; i++) {
      float value = y[yStart + i];
      dx[dxStart + i] = dy[dyStart + i] * Math.fma(-value, value, 1f);
    }
  }
}
