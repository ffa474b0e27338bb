package io.convoy.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A vector that lies near another.
 *
 * @param row its number
 * @param distance from the other, at least 0
 */
public record Neighbour(int row, double distance) {
  private static final Comparator<Neighbour> NEAREST =
      Comparator.comparingDouble(Neighbour::distance).thenComparingInt(Neighbour::row);

  /** How far vectors lie apart. */
  public enum Distance {
    /** {@code 1 - a b / (|a| |b|)}, in [0, 2]; 1 where a vector is zero. */
    COSINE {
      @Override
      double between(float[] a, float[] b) {
        double sizes = Math.sqrt(product(a, a)) * Math.sqrt(product(b, b));
        return sizes > 0 ? Math.max(0, 1 - product(a, b) / sizes) : 1;
      }
    },
    /** {@code |a - b|}. */
    EUCLIDEAN {
      @Override
      double between(float[] a, float[] b) {
        double squares = 0;
        for (int i = 0; i < a.length; i++) {
          double apart = (double) a[i] - b[i];
          squares += apart * apart;
        }
        return Math.sqrt(squares);
      }
    };

    /** Between two vectors of one length. */
    abstract double between(float[] a, float[] b);

    private static double product(float[] a, float[] b) {
      double sum = 0;
      for (int i = 0; i < a.length; i++) {
        sum += (double) a[i] * b[i];
      }
      return sum;
    }
  }

  /**
   * The nearest of some vectors, nearest first; of equally near ones, the one that comes first.
   *
   * @param vector of which length they all are
   * @param count at most so many
   */
  public static List<Neighbour> of(
      float[] vector, float[][] vectors, int count, Distance distance) {
    List<Neighbour> all = new ArrayList<>();
    for (int row = 0; row < vectors.length; row++) {
      all.add(new Neighbour(row, distance.between(vector, vectors[row])));
    }
    return all.stream().sorted(NEAREST).limit(count).toList();
  }
}
