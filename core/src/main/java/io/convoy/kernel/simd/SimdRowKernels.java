package io.convoy.kernel.simd;

import static io.convoy.kernel.simd.Species.FLOATS;
import static io.convoy.kernel.simd.Species.LANES;

import io.convoy.kernel.RowKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** {@link RowKernels} a vector at a time; the last, partial vector is masked. */
public final class SimdRowKernels implements RowKernels {
  @Override
  public void add(float[] x, int xStart, float[] y, int yStart, int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      FloatVector sum = load(x, xStart + i).add(load(y, yStart + i));
      sum.intoArray(y, yStart + i);
    }
    if (i < length) {
      VectorMask<Float> in = FLOATS.indexInRange(i, length);
      FloatVector sum = load(x, xStart + i, in).add(load(y, yStart + i, in));
      sum.intoArray(y, yStart + i, in);
    }
  }

  @Override
  public void relu(float[] x, int xStart, float[] y, int yStart, int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      load(x, xStart + i).max(0f).intoArray(y, yStart + i);
    }
    if (i < length) {
      VectorMask<Float> in = FLOATS.indexInRange(i, length);
      load(x, xStart + i, in).max(0f).intoArray(y, yStart + i, in);
    }
  }

  @Override
  public void reluGradient(
      float[] y, int yStart, float[] dy, int dyStart, float[] dx, int dxStart, int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      VectorMask<Float> active = load(y, yStart + i).compare(VectorOperators.GT, 0f);
      FloatVector.zero(FLOATS).blend(load(dy, dyStart + i), active).intoArray(dx, dxStart + i);
    }
    if (i < length) {
      VectorMask<Float> in = FLOATS.indexInRange(i, length);
      VectorMask<Float> active = load(y, yStart + i, in).compare(VectorOperators.GT, 0f);
      FloatVector.zero(FLOATS)
          .blend(load(dy, dyStart + i, in), active)
          .intoArray(dx, dxStart + i, in);
    }
  }

  @Override
  public void scale(
      float[] x, int xStart, float[] factors, int factorsStart, float[] y, int yStart, int n) {
    int whole = FLOATS.loopBound(n);
    int i = 0;
    for (; i < whole; i += LANES) {
      FloatVector product = load(x, xStart + i).mul(load(factors, factorsStart + i));
      product.intoArray(y, yStart + i);
    }
    if (i < n) {
      VectorMask<Float> in = FLOATS.indexInRange(i, n);
      FloatVector product = load(x, xStart + i, in).mul(load(factors, factorsStart + i, in));
      product.intoArray(y, yStart + i, in);
    }
  }

  @Override
  public void normalize(
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
      load(x, xStart + i)
          .sub(load(mean, i))
          .fma(load(scale, i), load(shift, i))
          .intoArray(y, yStart + i);
    }
    if (i < length) {
      VectorMask<Float> in = FLOATS.indexInRange(i, length);
      load(x, xStart + i, in)
          .sub(load(mean, i, in))
          .fma(load(scale, i, in), load(shift, i, in))
          .intoArray(y, yStart + i, in);
    }
  }

  @Override
  public void addSquares(float[] x, int xStart, float[] mean, float[] squares, int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      FloatVector deviation = load(x, xStart + i).sub(load(mean, i));
      deviation.fma(deviation, load(squares, i)).intoArray(squares, i);
    }
    if (i < length) {
      VectorMask<Float> in = FLOATS.indexInRange(i, length);
      FloatVector deviation = load(x, xStart + i, in).sub(load(mean, i, in));
      deviation.fma(deviation, load(squares, i, in)).intoArray(squares, i, in);
    }
  }

  @Override
  public void addProducts(
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
      FloatVector gradient = load(dy, dyStart + i);
      gradient.add(load(sums, i)).intoArray(sums, i);
      gradient
          .fma(load(x, xStart + i).sub(load(mean, i)), load(products, i))
          .intoArray(products, i);
    }
    if (i < length) {
      VectorMask<Float> in = FLOATS.indexInRange(i, length);
      FloatVector gradient = load(dy, dyStart + i, in);
      gradient.add(load(sums, i, in)).intoArray(sums, i, in);
      gradient
          .fma(load(x, xStart + i, in).sub(load(mean, i, in)), load(products, i, in))
          .intoArray(products, i, in);
    }
  }

  @Override
  public void normalizeGradient(
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
      FloatVector centred =
          load(slope, i).fma(load(x, xStart + i).sub(load(mean, i)), load(offset, i));
      load(scale, i).fma(load(dy, dyStart + i), centred).intoArray(dx, dxStart + i);
    }
    if (i < length) {
      VectorMask<Float> in = FLOATS.indexInRange(i, length);
      FloatVector centred =
          load(slope, i, in)
              .fma(load(x, xStart + i, in).sub(load(mean, i, in)), load(offset, i, in));
      load(scale, i, in).fma(load(dy, dyStart + i, in), centred).intoArray(dx, dxStart + i, in);
    }
  }

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(FLOATS, array, index);
  }

  private static FloatVector load(float[] array, int index, VectorMask<Float> in) {
    return FloatVector.fromArray(FLOATS, array, index, in);
  }
}
