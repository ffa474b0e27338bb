package io.convoy.kernel.simd.row;

import static io.convoy.kernel.simd.constant.Species.FLOATS;
import static io.convoy.kernel.simd.constant.Species.LANES;

import io.convoy.kernel.ActivationFormulas;
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

  @Override
  public void ramp(
      float[] x,
      int xStart,
      float slope,
      float offset,
      float top,
      float[] y,
      int yStart,
      int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      SimdActivations.ramp(FloatVector.fromArray(FLOATS, x, xStart + i), slope, offset, top)
          .intoArray(y, yStart + i);
    }
    for (; i < length; i++) {
      y[yStart + i] = ActivationFormulas.ramp(x[xStart + i], slope, offset, top);
    }
  }

  @Override
  public void rampGradient(
      float[] y,
      int yStart,
      float[] dy,
      int dyStart,
      float slope,
      float top,
      float[] dx,
      int dxStart,
      int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      FloatVector value = FloatVector.fromArray(FLOATS, y, yStart + i);
      VectorMask<Float> rising =
          value.compare(VectorOperators.GT, 0f).and(value.compare(VectorOperators.LT, top));
      FloatVector.zero(FLOATS)
          .blend(FloatVector.fromArray(FLOATS, dy, dyStart + i).mul(slope), rising)
          .intoArray(dx, dxStart + i);
    }
    for (; i < length; i++) {
      float value = y[yStart + i];
      dx[dxStart + i] = value > 0 && value < top ? slope * dy[dyStart + i] : 0f;
    }
  }

  @Override
  public void elu(
      float[] x, int xStart, float positive, float negative, float[] y, int yStart, int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      SimdActivations.elu(FloatVector.fromArray(FLOATS, x, xStart + i), positive, negative)
          .intoArray(y, yStart + i);
    }
    for (; i < length; i++) {
      y[yStart + i] = ActivationFormulas.elu(x[xStart + i], positive, negative);
    }
  }

  @Override
  public void eluGradient(
      float[] y,
      int yStart,
      float[] dy,
      int dyStart,
      float positive,
      float negative,
      float[] dx,
      int dxStart,
      int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      FloatVector value = FloatVector.fromArray(FLOATS, y, yStart + i);
      FloatVector slope =
          value.add(negative).blend(positive, value.compare(VectorOperators.GT, 0f));
      FloatVector.fromArray(FLOATS, dy, dyStart + i).mul(slope).intoArray(dx, dxStart + i);
    }
    for (; i < length; i++) {
      float value = y[yStart + i];
      dx[dxStart + i] = dy[dyStart + i] * (value > 0 ? positive : value + negative);
    }
  }

  @Override
  public void silu(float[] x, int xStart, float[] y, int yStart, int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      SimdActivations.silu(FloatVector.fromArray(FLOATS, x, xStart + i)).intoArray(y, yStart + i);
    }
    for (; i < length; i++) {
      y[yStart + i] = ActivationFormulas.silu(x[xStart + i]);
    }
  }

  @Override
  public void siluGradient(
      float[] x, int xStart, float[] dy, int dyStart, float[] dx, int dxStart, int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      FloatVector slope = SimdActivations.siluSlope(FloatVector.fromArray(FLOATS, x, xStart + i));
      FloatVector.fromArray(FLOATS, dy, dyStart + i).mul(slope).intoArray(dx, dxStart + i);
    }
    for (; i < length; i++) {
      dx[dxStart + i] = dy[dyStart + i] * ActivationFormulas.siluSlope(x[xStart + i]);
    }
  }

  @Override
  public void gelu(float[] x, int xStart, float[] y, int yStart, int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      SimdActivations.gelu(FloatVector.fromArray(FLOATS, x, xStart + i)).intoArray(y, yStart + i);
    }
    for (; i < length; i++) {
      y[yStart + i] = ActivationFormulas.gelu(x[xStart + i]);
    }
  }

  @Override
  public void geluGradient(
      float[] x, int xStart, float[] dy, int dyStart, float[] dx, int dxStart, int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      FloatVector slope = SimdActivations.geluSlope(FloatVector.fromArray(FLOATS, x, xStart + i));
      FloatVector.fromArray(FLOATS, dy, dyStart + i).mul(slope).intoArray(dx, dxStart + i);
    }
    for (; i < length; i++) {
      dx[dxStart + i] = dy[dyStart + i] * ActivationFormulas.geluSlope(x[xStart + i]);
    }
  }

  @Override
  public void geluTanh(float[] x, int xStart, float[] y, int yStart, int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      SimdActivations.geluTanh(FloatVector.fromArray(FLOATS, x, xStart + i))
          .intoArray(y, yStart + i);
    }
    for (; i < length; i++) {
      y[yStart + i] = ActivationFormulas.geluTanh(x[xStart + i]);
    }
  }

  @Override
  public void geluTanhGradient(
      float[] x, int xStart, float[] dy, int dyStart, float[] dx, int dxStart, int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      FloatVector slope =
          SimdActivations.geluTanhSlope(FloatVector.fromArray(FLOATS, x, xStart + i));
      FloatVector.fromArray(FLOATS, dy, dyStart + i).mul(slope).intoArray(dx, dxStart + i);
    }
    for (; i < length; i++) {
      dx[dxStart + i] = dy[dyStart + i] * ActivationFormulas.geluTanhSlope(x[xStart + i]);
    }
  }

  @Override
  public void hardSwish(float[] x, int xStart, float[] y, int yStart, int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      SimdActivations.hardSwish(FloatVector.fromArray(FLOATS, x, xStart + i))
          .intoArray(y, yStart + i);
    }
    for (; i < length; i++) {
      y[yStart + i] = ActivationFormulas.hardSwish(x[xStart + i]);
    }
  }

  @Override
  public void hardSwishGradient(
      float[] x, int xStart, float[] dy, int dyStart, float[] dx, int dxStart, int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      FloatVector slope =
          SimdActivations.hardSwishSlope(FloatVector.fromArray(FLOATS, x, xStart + i));
      FloatVector.fromArray(FLOATS, dy, dyStart + i).mul(slope).intoArray(dx, dxStart + i);
    }
    for (; i < length; i++) {
      dx[dxStart + i] = dy[dyStart + i] * ActivationFormulas.hardSwishSlope(x[xStart + i]);
    }
  }
}
