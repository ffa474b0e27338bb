package io.convoy.shard;

/**
 * Means and sums of squared deviations (M2) of batches, combined by Chan's formula (Chan, Golub,
 * LeVeque 1979, eq. 2.1; with counts of any size):
 *
 * <pre>
 *   n = na + nb,  d = mb - ma
 *   m = ma + d nb / n
 *   M2 = M2a + M2b + d² na nb / n
 * </pre>
 *
 * <p>in double precision, rounded once to float. A piece of moments is {@code channels} means and
 * then {@code channels} M2s.
 */
public final class Moments {
  private Moments() {}

  /**
   * Combines b into a.
   *
   * @param aStart where a's means begin
   * @param aCount values of each channel that a is of, at least 1
   * @param bStart where b's means begin
   * @param bCount those of b
   */
  public static void merge(
      float[] a, int aStart, long aCount, float[] b, int bStart, long bCount, int channels) {
    double share = (double) bCount / (aCount + bCount);
    for (int c = 0; c < channels; c++) {
      double mean = a[aStart + c];
      double distance = b[bStart + c] - mean;
      double squares = (double) a[aStart + channels + c] + b[bStart + channels + c];
      a[aStart + c] = (float) (mean + distance * share);
      a[aStart + channels + c] = (float) (squares + distance * distance * aCount * share);
    }
  }

  /**
   * Adds a batch's mean and variance, which is divided by n - 1, at n = 1 by 1, to sums of such.
   *
   * @param sums of means from {@code at} on, and behind them of variances
   * @param moments means from {@code start} on, and behind them M2s
   * @param count values of each channel that the moments are of, at least 1
   */
  public static void addAverages(
      double[] sums, int at, float[] moments, int start, long count, int channels) {
    double divisor = Math.max(1, count - 1);
    for (int c = 0; c < channels; c++) {
      sums[at + c] += moments[start + c];
      sums[at + channels + c] += moments[start + channels + c] / divisor;
    }
  }

  /**
   * Moves running averages by a batch's moments; the variance is divided by n - 1, at n = 1 by 1.
   *
   * @param state running means from {@code start} on, and behind them variances
   * @param moments means from 0 on, and behind them M2s
   * @param count values of each channel that the moments are of, at least 1
   * @param momentum the share of the batch
   */
  public static void moveAverages(
      float[] state, int start, float[] moments, long count, int channels, float momentum) {
    double divisor = Math.max(1, count - 1);
    for (int c = 0; c < channels; c++) {
      float mean = state[start + c];
      float variance = state[start + channels + c];
      float batchVariance = (float) (moments[channels + c] / divisor);
      state[start + c] = Math.fma(momentum, moments[c] - mean, mean);
      state[start + channels + c] = Math.fma(momentum, batchVariance - variance, variance);
    }
  }
}
