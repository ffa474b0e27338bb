package io.convoy.explain;

import io.convoy.error.ConvoyException;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * The directions along which vectors differ most (Pearson 1901): the eigenvectors of their
 * covariance, the largest eigenvalue first. Of the two signs of a direction, that counts whose
 * largest element by size (of equal ones the first) is positive. All of it is computed in double,
 * in a fixed order.
 *
 * @param mean of the vectors
 * @param components one direction a row, of length 1; zero where the vectors do not differ further
 * @param variances along each of them, at least 0
 * @param total the variance of the vectors in all directions
 */
public record PrincipalComponents(
    double[] mean, double[][] components, double[] variances, double total) {

  /**
   * Of some vectors. Their products are decomposed, or those of their elements, whichever are
   * fewer: the time grows with the cube of that.
   *
   * @param vectors at least one, all of one length
   * @param count of directions, at least 1
   * @throws ConvoyException of kind DATA when an element is not finite
   */
  public static PrincipalComponents of(float[][] vectors, int count) {
    double[] mean = mean(vectors);
    double[][] rows = new double[vectors.length][mean.length];
    double squares = 0;
    for (int row = 0; row < rows.length; row++) {
      for (int i = 0; i < mean.length; i++) {
        rows[row][i] = vectors[row][i] - mean[i];
        squares += rows[row][i] * rows[row][i];
      }
    }
    if (!Double.isFinite(squares)) {
      throw ConvoyException.data(
          "principal components: every element of the %s vectors must be a finite number, and some"
              + " are none; look for the layer whose output is not finite",
          vectors.length);
    }
    double freedom = Math.max(1, rows.length - 1);
    boolean few = rows.length < mean.length;
    double[][] products = few ? products(rows) : products(transposed(rows));
    EigenDecomposition decomposition =
        new EigenDecomposition(new Array2DRowRealMatrix(products, false));
    double[][] components = new double[count][mean.length];
    double[] variances = new double[count];
    double least = squares * products.length * Math.ulp(1.0);
    for (int k = 0; k < Math.min(count, products.length); k++) {
      double value = decomposition.getRealEigenvalue(k); // in descending order
      if (value > least) {
        double[] vector = decomposition.getEigenvector(k).toArray();
        components[k] = direction(few ? combined(vector, rows) : vector);
        variances[k] = value / freedom;
      }
    }
    return new PrincipalComponents(mean, components, variances, squares / freedom);
  }

  private static double[] mean(float[][] vectors) {
    double[] mean = new double[vectors[0].length];
    for (float[] vector : vectors) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += vector[i];
      }
    }
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= vectors.length;
    }
    return mean;
  }

  private static double[][] transposed(double[][] rows) {
    double[][] columns = new double[rows[0].length][rows.length];
    for (int row = 0; row < rows.length; row++) {
      for (int i = 0; i < columns.length; i++) {
        columns[i][row] = rows[row][i];
      }
    }
    return columns;
  }

  /** Of each row with each. */
  private static double[][] products(double[][] rows) {
    double[][] products = new double[rows.length][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int k = 0; k < rows[i].length; k++) {
          sum += rows[i][k] * rows[j][k];
        }
        products[i][j] = sum;
        products[j][i] = sum;
      }
    }
    return products;
  }

  /** The sum of rows, by weights. */
  private static double[] combined(double[] weights, double[][] rows) {
    double[] sum = new double[rows[0].length];
    for (int row = 0; row < rows.length; row++) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += weights[row] * rows[row][i];
      }
    }
    return sum;
  }

  /** At length 1, with the sign that counts. */
  private static double[] direction(double[] vector) {
    double squares = 0;
    double largest = 0;
    for (double value : vector) {
      squares += value * value;
      largest = Math.abs(value) > Math.abs(largest) ? value : largest;
    }
    double size = Math.copySign(Math.sqrt(squares), largest);
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= size;
    }
    return vector;
  }

  /** Where a vector lies along each of the directions. */
  public double[] project(float[] vector) {
    double[] place = new double[components.length];
    for (int k = 0; k < place.length; k++) {
      for (int i = 0; i < mean.length; i++) {
        place[k] += components[k][i] * (vector[i] - mean[i]);
      }
    }
    return place;
  }
}
