package io.convoy.init;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import io.convoy.random.RandomStream;

/**
 * A random matrix whose rows, or whose columns where there are fewer of these, are orthogonal to
 * each other and as long as the gain (Saxe, McClelland, Ganguli 2014, "Exact solutions to the
 * nonlinear dynamics of learning in deep linear neural networks", section 3). The matrix has a row
 * for each output, of as many columns as the output sums over: a convolution's [O, I kH kW].
 *
 * <p>Element i of a matrix of normal numbers takes draw i of the stream. Gram and Schmidt's way,
 * each vector twice (Giraud et al. 2005: that is enough for double precision), makes of it the Q of
 * its QR decomposition with a positive diagonal of R, and so a uniform choice among all. Sums are
 * in double precision, in an order of their own. The time grows as rows times columns times the
 * fewer of both.
 *
 * @param gain the length, above 0; 1 by default
 */
public record Orthogonal(double gain) implements Initializer {
  static final String TYPE = "orthogonal";

  public Orthogonal {
    if (!(gain > 0 && gain < Float.MAX_VALUE)) {
      throw ConvoyException.usage("orthogonal: gain must be above 0; got %s", gain);
    }
  }

  /** What tells it from other initializers in JSON. */
  @JsonProperty
  String type() {
    return TYPE;
  }

  @Override
  public void fill(
      float[] values, int offset, int length, long fanIn, long fanOut, RandomStream random) {
    if (length % fanIn != 0) {
      throw new IllegalArgumentException(
          "length=%s must be a multiple of fanIn=%s".formatted(length, fanIn));
    }
    int columns = (int) fanIn;
    int rows = length / columns;
    boolean byRows = rows <= columns;
    double[][] vectors = new double[Math.min(rows, columns)][Math.max(rows, columns)];
    for (int i = 0; i < length; i++) {
      int row = i / columns;
      int column = i % columns;
      vectors[byRows ? row : column][byRows ? column : row] = random.gaussian(i);
    }
    orthonormalise(vectors);
    for (int i = 0; i < length; i++) {
      int row = i / columns;
      int column = i % columns;
      double element = vectors[byRows ? row : column][byRows ? column : row];
      values[offset + i] = (float) (gain * element);
    }
  }

  private static void orthonormalise(double[][] vectors) {
    for (int v = 0; v < vectors.length; v++) {
      double[] vector = vectors[v];
      for (int pass = 0; pass < 2; pass++) {
        for (int before = 0; before < v; before++) {
          subtract(dot(vector, vectors[before]), vectors[before], vector);
        }
        double length = Math.sqrt(dot(vector, vector));
        for (int i = 0; i < vector.length; i++) {
          vector[i] /= length;
        }
      }
    }
  }

  private static void subtract(double share, double[] from, double[] vector) {
    for (int i = 0; i < vector.length; i++) {
      vector[i] -= share * from[i];
    }
  }

  /** In four lanes, so that no sum waits for the one before; then the rest. */
  private static double dot(double[] a, double[] b) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int whole = a.length - a.length % 4;
    for (int i = 0; i < whole; i += 4) {
      first += a[i] * b[i];
      second += a[i + 1] * b[i + 1];
      third += a[i + 2] * b[i + 2];
      fourth += a[i + 3] * b[i + 3];
    }
    double sum = (first + second) + (third + fourth);
    for (int i = whole; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
