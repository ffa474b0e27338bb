package io.convoy.tensorboard;

/**
 * How the values of an array are spread: counts in buckets of one width, from the smallest value to
 * the largest, as many as TensorBoard draws.
 *
 * @param min the smallest value
 * @param max the largest
 * @param number of values
 * @param sum of them
 * @param squares the sum of their squares
 * @param limits the upper end of each bucket, ascending; the last one is {@code max}
 * @param counts values in each bucket; one at its upper end belongs to the next, the largest value
 *     to the last
 */
record Histogram(
    double min,
    double max,
    long number,
    double sum,
    double squares,
    double[] limits,
    double[] counts) {
  private static final int BUCKETS = 30;

  /**
   * That of a part of an array.
   *
   * @param length at least 1; all values are finite
   */
  static Histogram of(float[] array, int offset, int length) {
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    double sum = 0;
    double squares = 0;
    for (int i = offset; i < offset + length; i++) {
      float value = array[i];
      min = Math.min(min, value);
      max = Math.max(max, value);
      sum += value;
      squares += (double) value * value;
    }
    double width = ((double) max - min) / BUCKETS;
    if (width == 0) {
      return new Histogram(
          min, max, length, sum, squares, new double[] {max}, new double[] {length});
    }
    double[] counts = new double[BUCKETS];
    double perValue = 1 / width;
    for (int i = offset; i < offset + length; i++) {
      counts[Math.min(BUCKETS - 1, (int) ((array[i] - (double) min) * perValue))]++;
    }
    double[] limits = new double[BUCKETS];
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      limits[bucket] = bucket == BUCKETS - 1 ? max : min + (bucket + 1) * width;
    }
    return new Histogram(min, max, length, sum, squares, limits, counts);
  }
}
