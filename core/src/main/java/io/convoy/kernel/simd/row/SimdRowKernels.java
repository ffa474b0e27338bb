package io.convoy.kernel.simd.row;

import static io.convoy.kernel.simd.constant.Species.FLOATS;
import static io.convoy.kernel.simd.constant.Species.LANES;

import io.convoy.kernel.RowKernels;
import jdk.incubator.vector.FloatVector;

/**
 * {@link RowKernels} a vector at a time, what is left over one number at a time: on JDK 17 masked
 * stores, and masked loads near an array's end, are loops over boxed vectors.
 */
public final class SimdRowKernels implements RowKernels {
  @Override
  public void copyRows(
      float[] x, int xStart, int xStep, float[] y, int yStart, int yStep, int rows, int length) {
    if (length == LANES) {
      copyVectors(x, xStart, xStep, y, yStart, yStep, rows);
    } else if (length == 2 * LANES) {
      copyVectors(x, xStart, xStep, y, yStart, yStep, rows);
      copyVectors(x, xStart + LANES, xStep, y, yStart + LANES, yStep, rows);
    } else if (length == 4 * LANES) {
      for (int row = 0; row < rows; row++) {
        int from = xStart + row * xStep;
        int to = yStart + row * yStep;
        FloatVector.fromArray(FLOATS, x, from).intoArray(y, to);
        FloatVector.fromArray(FLOATS, x, from + LANES).intoArray(y, to + LANES);
        FloatVector.fromArray(FLOATS, x, from + 2 * LANES).intoArray(y, to + 2 * LANES);
        FloatVector.fromArray(FLOATS, x, from + 3 * LANES).intoArray(y, to + 3 * LANES);
      }
    } else {
      int from = xStart;
      int to = yStart;
      for (int row = 0; row < rows; row++, from += xStep, to += yStep) {
        copyRow(x, from, y, to, length);
      }
    }
  }

  /** A vector of each row: short rows are not worth a loop of their own. */
  private static void copyVectors(
      float[] x, int xStart, int xStep, float[] y, int yStart, int yStep, int rows) {
    for (int row = 0; row < rows; row++) {
      FloatVector.fromArray(FLOATS, x, xStart + row * xStep).intoArray(y, yStart + row * yStep);
    }
  }

  private static void copyRow(float[] x, int xStart, float[] y, int yStart, int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      FloatVector.fromArray(FLOATS, x, xStart + i).intoArray(y, yStart + i);
    }
    for (; i < length; i++) {
      y[yStart + i] = x[xStart + i];
    }
  }

  @Override
  public void transpose(
      float[] x, int xStart, int xStep, int rows, float[] y, int yStart, int length) {
    int whole = Transposition.serves(rows) ? FLOATS.loopBound(length) : 0;
    for (int j = 0; j < whole; j += LANES) {
      boolean last = j + LANES == length;
      Transposition.transpose(x, xStart + j, xStep, rows, y, yStart + j * rows, last);
    }
    for (int i = 0; i < rows; i++) {
      int from = xStart + i * xStep;
      int to = yStart + i;
      for (int j = whole; j < length; j++) {
        y[to + j * rows] = x[from + j];
      }
    }
  }

  @Override
  public void add(float[] x, int xStart, float[] y, int yStart, int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      FloatVector sum =
          FloatVector.fromArray(FLOATS, x, xStart + i)
              .add(FloatVector.fromArray(FLOATS, y, yStart + i));
      sum.intoArray(y, yStart + i);
    }
    for (; i < length; i++) {
      y[yStart + i] = x[xStart + i] + y[yStart + i];
    }
  }

  @Override
  public void addScaled(float[] x, int xStart, float factor, float[] y, int yStart, int length) {
    int whole = FLOATS.loopBound(length);
    FloatVector factors = FloatVector.broadcast(FLOATS, factor);
    int i = 0;
    for (; i < whole; i += LANES) {
      factors
          .fma(
              FloatVector.fromArray(FLOATS, x, xStart + i),
              FloatVector.fromArray(FLOATS, y, yStart + i))
          .intoArray(y, yStart + i);
    }
    for (; i < length; i++) {
      y[yStart + i] = Math.fma(factor, x[xStart + i], y[yStart + i]);
    }
  }

  @Override
  public void addRows(
      float[] x, int xStart, int xStep, int rows, float[] sum, int sumStart, int length) {
    int j = 0;
    for (; j <= length - 4 * LANES; j += 4 * LANES) {
      addFourVectors(x, xStart + j, xStep, rows, sum, sumStart + j);
    }
    for (; j <= length - LANES; j += LANES) {
      FloatVector total = FloatVector.fromArray(FLOATS, sum, sumStart + j);
      for (int i = 0; i < rows; i++) {
        total = FloatVector.fromArray(FLOATS, x, xStart + i * xStep + j).add(total);
      }
      total.intoArray(sum, sumStart + j);
    }
    for (; j < length; j++) {
      for (int i = 0; i < rows; i++) {
        sum[sumStart + j] = x[xStart + i * xStep + j] + sum[sumStart + j];
      }
    }
  }

  private static void addFourVectors(
      float[] x, int xStart, int xStep, int rows, float[] sum, int to) {
    FloatVector a = FloatVector.fromArray(FLOATS, sum, to);
    FloatVector b = FloatVector.fromArray(FLOATS, sum, to + LANES);
    FloatVector c = FloatVector.fromArray(FLOATS, sum, to + 2 * LANES);
    FloatVector d = FloatVector.fromArray(FLOATS, sum, to + 3 * LANES);
    for (int i = 0; i < rows; i++) {
      int from = xStart + i * xStep;
      a = FloatVector.fromArray(FLOATS, x, from).add(a);
      b = FloatVector.fromArray(FLOATS, x, from + LANES).add(b);
      c = FloatVector.fromArray(FLOATS, x, from + 2 * LANES).add(c);
      d = FloatVector.fromArray(FLOATS, x, from + 3 * LANES).add(d);
    }
    a.intoArray(sum, to);
    b.intoArray(sum, to + LANES);
    c.intoArray(sum, to + 2 * LANES);
    d.intoArray(sum, to + 3 * LANES);
  }

  @Override
  public void scale(
      float[] x, int xStart, float[] factors, int factorsStart, float[] y, int yStart, int n) {
    int whole = FLOATS.loopBound(n);
    int i = 0;
    for (; i < whole; i += LANES) {
      FloatVector product =
          FloatVector.fromArray(FLOATS, x, xStart + i)
              .mul(FloatVector.fromArray(FLOATS, factors, factorsStart + i));
      product.intoArray(y, yStart + i);
    }
    for (; i < n; i++) {
      y[yStart + i] = x[xStart + i] * factors[factorsStart + i];
    }
  }

  @Override
  public void divide(float[] x, int xStart, float divisor, float[] y, int yStart, int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      FloatVector.fromArray(FLOATS, x, xStart + i).div(divisor).intoArray(y, yStart + i);
    }
    for (; i < length; i++) {
      y[yStart + i] = x[xStart + i] / divisor;
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
      FloatVector.fromArray(FLOATS, x, xStart + i)
          .sub(FloatVector.fromArray(FLOATS, mean, i))
          .fma(FloatVector.fromArray(FLOATS, scale, i), FloatVector.fromArray(FLOATS, shift, i))
          .intoArray(y, yStart + i);
    }
    for (; i < length; i++) {
      y[yStart + i] = Math.fma(x[xStart + i] - mean[i], scale[i], shift[i]);
    }
  }

  @Override
  public void addSquares(float[] x, int xStart, float[] mean, float[] squares, int length) {
    int whole = FLOATS.loopBound(length);
    int i = 0;
    for (; i < whole; i += LANES) {
      FloatVector deviation =
          FloatVector.fromArray(FLOATS, x, xStart + i).sub(FloatVector.fromArray(FLOATS, mean, i));
      deviation.fma(deviation, FloatVector.fromArray(FLOATS, squares, i)).intoArray(squares, i);
    }
    for (; i < length; i++) {
      float deviation = x[xStart + i] - mean[i];
      squares[i] = Math.fma(deviation, deviation, squares[i]);
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
      FloatVector gradient = FloatVector.fromArray(FLOATS, dy, dyStart + i);
      gradient.add(FloatVector.fromArray(FLOATS, sums, i)).intoArray(sums, i);
      gradient
          .fma(
              FloatVector.fromArray(FLOATS, x, xStart + i)
                  .sub(FloatVector.fromArray(FLOATS, mean, i)),
              FloatVector.fromArray(FLOATS, products, i))
          .intoArray(products, i);
    }
    for (; i < length; i++) {
      float gradient = dy[dyStart + i];
      sums[i] = gradient + sums[i];
      products[i] = Math.fma(gradient, x[xStart + i] - mean[i], products[i]);
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
          FloatVector.fromArray(FLOATS, slope, i)
              .fma(
                  FloatVector.fromArray(FLOATS, x, xStart + i)
                      .sub(FloatVector.fromArray(FLOATS, mean, i)),
                  FloatVector.fromArray(FLOATS, offset, i));
      FloatVector.fromArray(FLOATS, scale, i)
          .fma(FloatVector.fromArray(FLOATS, dy, dyStart + i), centred)
          .intoArray(dx, dxStart + i);
    }
    for (; i < length; i++) {
      float centred = Math.fma(slope[i], x[xStart + i] - mean[i], offset[i]);
      dx[dxStart + i] = Math.fma(scale[i], dy[dyStart + i], centred);
    }
  }
}
