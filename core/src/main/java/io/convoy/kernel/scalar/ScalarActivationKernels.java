package io.convoy.kernel.scalar;

import io.convoy.kernel.ActivationFormulas;
import io.convoy.kernel.ActivationKernels;
import io.convoy.kernel.FloatMath;

/** {@link ActivationKernels} one number at a time. */
final class ScalarActivationKernels implements ActivationKernels {
  @Override
  public void relu(float[] x, int xStart, float[] y, int yStart, int length) {
    for (int i = 0; i < length; i++) {
      y[yStart + i] = Math.max(x[xStart + i], 0f);
    }
  }

  @Override
  public void reluGradient(
      float[] y, int yStart, float[] dy, int dyStart, float[] dx, int dxStart, int length) {
    for (int i = 0; i < length; i++) {
      dx[dxStart + i] = y[yStart + i] > 0 ? dy[dyStart + i] : 0f;
    }
  }

  @Override
  public void leakyRelu(float[] x, int xStart, float slope, float[] y, int yStart, int length) {
    for (int i = 0; i < length; i++) {
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
    for (int i = 0; i < length; i++) {
      float gradient = dy[dyStart + i];
      dx[dxStart + i] = y[yStart + i] > 0 ? gradient : slope * gradient;
    }
  }

  @Override
  public void sigmoid(float[] x, int xStart, float[] y, int yStart, int length) {
    for (int i = 0; i < length; i++) {
      y[yStart + i] = FloatMath.sigmoid(x[xStart + i]);
    }
  }

  @Override
  public void sigmoidGradient(
      float[] y, int yStart, float[] dy, int dyStart, float[] dx, int dxStart, int length) {
    for (int i = 0; i < length; i++) {
      float value = y[yStart + i];
      dx[dxStart + i] = dy[dyStart + i] * Math.fma(-value, value, value);
    }
  }

  @Override
  public void tanh(float[] x, int xStart, float[] y, int yStart, int length) {
    for (int i = 0; i < length; i++) {
      y[yStart + i] = FloatMath.tanh(x[xStart + i]);
    }
  }

  @Override
  public void tanhGradient(
      float[] y, int yStart, float[] dy, int dyStart, float[] dx, int dxStart, int length) {
    for (int i = 0; i < length; i++) {
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
    for (int i = 0; i < length; i++) {
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
    for (int i = 0; i < length; i++) {
      float value = y[yStart + i];
      dx[dxStart + i] = value > 0 && value < top ? slope * dy[dyStart + i] : 0f;
    }
  }

  @Override
  public void elu(
      float[] x, int xStart, float positive, float negative, float[] y, int yStart, int length) {
    for (int i = 0; i < length; i++) {
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
    for (int i = 0; i < length; i++) {
      float value = y[yStart + i];
      dx[dxStart + i] = dy[dyStart + i] * (value > 0 ? positive : value + negative);
    }
  }

  @Override
  public void silu(float[] x, int xStart, float[] y, int yStart, int length) {
    for (int i = 0; i < length; i++) {
      y[yStart + i] = ActivationFormulas.silu(x[xStart + i]);
    }
  }

  @Override
  public void siluGradient(
      float[] x, int xStart, float[] dy, int dyStart, float[] dx, int dxStart, int length) {
    for (int i = 0; i < length; i++) {
      dx[dxStart + i] = dy[dyStart + i] * ActivationFormulas.siluSlope(x[xStart + i]);
    }
  }

  @Override
  public void gelu(float[] x, int xStart, float[] y, int yStart, int length) {
    for (int i = 0; i < length; i++) {
      y[yStart + i] = ActivationFormulas.gelu(x[xStart + i]);
    }
  }

  @Override
  public void geluGradient(
      float[] x, int xStart, float[] dy, int dyStart, float[] dx, int dxStart, int length) {
    for (int i = 0; i < length; i++) {
      dx[dxStart + i] = dy[dyStart + i] * ActivationFormulas.geluSlope(x[xStart + i]);
    }
  }

  @Override
  public void geluTanh(float[] x, int xStart, float[] y, int yStart, int length) {
    for (int i = 0; i < length; i++) {
      y[yStart + i] = ActivationFormulas.geluTanh(x[xStart + i]);
    }
  }

  @Override
  public void geluTanhGradient(
      float[] x, int xStart, float[] dy, int dyStart, float[] dx, int dxStart, int length) {
    for (int i = 0; i < length; i++) {
      dx[dxStart + i] = dy[dyStart + i] * ActivationFormulas.geluTanhSlope(x[xStart + i]);
    }
  }

  @Override
  public void hardSwish(float[] x, int xStart, float[] y, int yStart, int length) {
    for (int i = 0; i < length; i++) {
      y[yStart + i] = ActivationFormulas.hardSwish(x[xStart + i]);
    }
  }

  @Override
  public void hardSwishGradient(
      float[] x, int xStart, float[] dy, int dyStart, float[] dx, int dxStart, int length) {
    for (int i = 0; i < length; i++) {
      dx[dxStart + i] = dy[dyStart + i] * ActivationFormulas.hardSwishSlope(x[xStart + i]);
    }
  }
}
