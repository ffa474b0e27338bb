package io.convoy.data.augment;

import io.convoy.error.ConvoyException;
import io.convoy.tensor.Shape;
import org.apache.commons.math3.exception.MaxCountExceededException;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The matrix that makes images white: all elements uncorrelated, each of variance 1. The
 * eigenvectors come from commons-math, which is plain Java in a fixed order, and so the same
 * everywhere. All of it is computed in double and rounded once.
 */
final class Whitening {
  /** What Keras adds. */
  static final double USUAL_EPSILON = 1e-6;

  /** Far below the variance of a pixel's rounding, and still no division by 0. */
  private static final double LEAST_EPSILON = 1e-12;

  private static final Logger LOG = LoggerFactory.getLogger(Whitening.class);

  /** An n x n matrix of doubles so many times over is what the decomposition takes at its peak. */
  private static final int MATRICES = 7;

  private final ElementSums sums;
  private final EigenDecomposition decomposition;
  private final double[] factors;

  private Whitening(ElementSums sums, EigenDecomposition decomposition, double epsilon) {
    this.sums = sums;
    this.decomposition = decomposition;
    factors = decomposition.getRealEigenvalues();
    int flat = 0;
    double least = factors[0] * factors.length * Math.ulp(1.0);
    for (int k = 0; k < factors.length; k++) {
      flat += factors[k] <= least ? 1 : 0;
      factors[k] = 1 / StrictMath.sqrt(Math.max(0, factors[k]) + epsilon);
    }
    if (flat > 0) {
      LOG.warn(
          "{} training images differ in {} of {} directions only: along the others, another image is"
              + " multiplied by up to {}; a larger epsilon makes that less",
          sums.images(),
          factors.length - flat,
          factors.length,
          1 / StrictMath.sqrt(epsilon));
    }
  }

  static void requireEpsilon(double epsilon) {
    if (!(epsilon >= LEAST_EPSILON && Double.isFinite(epsilon))) {
      throw ConvoyException.usage(
          "standardization.epsilon must be at least %s, and finite; got %s",
          LEAST_EPSILON, epsilon);
    }
  }

  /**
   * Measures the training images.
   *
   * @throws ConvoyException when an image cannot be read, or the images do not fit
   */
  static Whitening of(TrainingPixels images, double epsilon) {
    ElementSums sums = images.products();
    int elements = sums.shape().elements();
    LOG.info(
        "whitening: decomposing a matrix of {} by {} numbers{}",
        elements,
        elements,
        elements > 1000 ? ", which takes some minutes" : "");
    try {
      EigenDecomposition decomposition =
          new EigenDecomposition(new Array2DRowRealMatrix(sums.covariance(), false));
      return new Whitening(sums, decomposition, epsilon);
    } catch (MaxCountExceededException e) {
      throw new ConvoyException(
          ConvoyException.Kind.DATA,
          "standardization: the principal components of these images were not found (%s): take"
                  .formatted(e.getMessage())
              + " meanImage or standardScore",
          e);
    }
  }

  /** Bytes that measuring takes at its peak. */
  static long bytes(Shape input) {
    long elements = input.elements();
    return MATRICES * elements * elements * Double.BYTES;
  }

  /** D Uᵀ: row k is the k-th eigenvector, scaled. */
  ImageStatistics components() {
    int n = factors.length;
    float[] matrix = new float[n * n];
    for (int k = 0; k < n; k++) {
      double[] vector = vector(k);
      double factor = factors[k] * sign(vector);
      for (int i = 0; i < n; i++) {
        matrix[k * n + i] = (float) (factor * vector[i]);
      }
    }
    return new ImageStatistics(sums.shape(), sums.mean(), matrix);
  }

  /** An eigenvector's sign is nobody's choice: here its largest element is above 0. */
  private static double sign(double[] vector) {
    double largest = 0;
    for (double element : vector) {
      largest = Math.abs(element) > Math.abs(largest) ? element : largest;
    }
    return largest < 0 ? -1 : 1;
  }

  /** U D Uᵀ, which is symmetric. */
  ImageStatistics turnedBack() {
    int n = factors.length;
    double[][] sum = new double[n][];
    for (int i = 0; i < n; i++) {
      sum[i] = new double[i + 1];
    }
    for (int k = 0; k < n; k++) {
      double[] vector = vector(k);
      for (int i = 0; i < n; i++) {
        addScaled(vector, factors[k] * vector[i], sum[i]);
      }
    }
    float[] matrix = new float[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        matrix[i * n + j] = (float) sum[i][j];
        matrix[j * n + i] = matrix[i * n + j];
      }
    }
    return new ImageStatistics(sums.shape(), sums.mean(), matrix);
  }

  private static void addScaled(double[] vector, double factor, double[] sum) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] += factor * vector[j];
    }
  }

  private double[] vector(int k) {
    return decomposition.getEigenvector(k).toArray();
  }
}
