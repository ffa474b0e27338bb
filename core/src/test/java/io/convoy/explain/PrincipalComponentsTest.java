package io.convoy.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.error.ConvoyException;
import io.convoy.reference.Numbers;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrincipalComponentsTest {
  /** Vectors that differ along some directions much more than along others. */
  private static float[][] vectors(int count, int length) {
    float[][] vectors = new float[count][length];
    for (int row = 0; row < count; row++) {
      for (int i = 0; i < length; i++) {
        vectors[row][i] =
            5
                + 4 * Numbers.uniform(1, row) * Numbers.uniform(2, i)
                + 2 * Numbers.uniform(3, row) * Numbers.uniform(4, i)
                + 0.3f * Numbers.uniform(5, row * length + i);
      }
    }
    return vectors;
  }

  /** Against power iteration on the covariance, with what is found taken away. */
  @ParameterizedTest
  @CsvSource({"50, 7", "7, 50", "13, 13", "2, 3"})
  void componentsAreThoseOfPowerIteration(int count, int length) {
    float[][] vectors = vectors(count, length);
    int wanted = Math.min(2, count - 1);
    PrincipalComponents found = PrincipalComponents.of(vectors, wanted);
    double[][] covariance = covariance(vectors);
    double total = 0;
    for (int i = 0; i < length; i++) {
      total += covariance[i][i];
    }
    assertEquals(total, found.total(), 1e-9 * total);
    for (int k = 0; k < wanted; k++) {
      double[] direction = powerIteration(covariance);
      double variance = size(times(covariance, direction));
      assertEquals(variance, found.variances()[k], 1e-7 * total);
      assertArrayEquals(direction, found.components()[k], 1e-5);
      for (int i = 0; i < length; i++) {
        for (int j = 0; j < length; j++) {
          covariance[i][j] -= variance * direction[i] * direction[j];
        }
      }
    }
    double squares = 0;
    for (float[] vector : vectors) {
      double[] place = found.project(vector);
      assertEquals(wanted, place.length);
      squares += place[0] * place[0] / (count - 1);
    }
    assertEquals(found.variances()[0], squares, 1e-9 * total, "the variance of the projections");
  }

  private static double[][] covariance(float[][] vectors) {
    int length = vectors[0].length;
    double[][] covariance = new double[length][length];
    for (int i = 0; i < length; i++) {
      for (int j = 0; j < length; j++) {
        double meanI = 0;
        double meanJ = 0;
        double product = 0;
        for (float[] vector : vectors) {
          meanI += (double) vector[i] / vectors.length;
          meanJ += (double) vector[j] / vectors.length;
        }
        for (float[] vector : vectors) {
          product += (vector[i] - meanI) * (vector[j] - meanJ);
        }
        covariance[i][j] = product / (vectors.length - 1);
      }
    }
    return covariance;
  }

  /** The largest element of it, by size, is positive. */
  private static double[] powerIteration(double[][] matrix) {
    double[] vector = new double[matrix.length];
    Arrays.setAll(vector, i -> Numbers.uniform(9, i));
    for (int round = 0; round < 2000; round++) {
      vector = times(matrix, vector);
      double size = size(vector);
      for (int i = 0; i < vector.length; i++) {
        vector[i] /= size;
      }
    }
    double least = Arrays.stream(vector).min().orElseThrow();
    double most = Arrays.stream(vector).max().orElseThrow();
    double sign = -least > most ? -1 : 1;
    return Arrays.stream(vector).map(x -> sign * x).toArray();
  }

  private static double[] times(double[][] matrix, double[] vector) {
    double[] product = new double[vector.length];
    for (int i = 0; i < vector.length; i++) {
      for (int j = 0; j < vector.length; j++) {
        product[i] += matrix[i][j] * vector[j];
      }
    }
    return product;
  }

  private static double size(double[] vector) {
    return Math.sqrt(Arrays.stream(vector).map(x -> x * x).sum());
  }

  @Test
  void vectorsThatDoNotDifferHaveNoDirections() {
    PrincipalComponents same = PrincipalComponents.of(new float[][] {{1, 2, 3}, {1, 2, 3}}, 2);
    assertArrayEquals(new double[] {0, 0}, same.variances());
    assertArrayEquals(new double[] {0, 0}, same.project(new float[] {7, 8, 9}));
    PrincipalComponents one = PrincipalComponents.of(new float[][] {{1, 2, 3}}, 2);
    assertArrayEquals(new double[] {0, 0}, one.project(new float[] {1, 2, 3}));
    PrincipalComponents line = PrincipalComponents.of(new float[][] {{0, 0}, {3, -4}, {6, -8}}, 2);
    assertArrayEquals(new double[] {-0.6, 0.8}, line.components()[0], 1e-12);
    assertArrayEquals(new double[] {25, 0}, line.variances(), 1e-12);
    assertArrayEquals(new double[] {5, 0}, line.project(new float[] {0, 0}), 1e-12);
  }

  @Test
  void whatIsNotFiniteIsRefused() {
    ConvoyException e =
        assertThrows(
            ConvoyException.class,
            () -> PrincipalComponents.of(new float[][] {{1, Float.NaN}, {1, 2}}, 2));
    assertEquals(
        "principal components: every element of the 2 vectors must be a finite number, and some are"
            + " none; look for the layer whose output is not finite",
        e.getMessage());
  }
}
