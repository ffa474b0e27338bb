package io.convoy.data.raster;

import io.convoy.kernel.ResamplingKernel;

/**
 * Which pixels of a line an output pixel sums, and by which weights, where a line changes its
 * length: a triangle over the output's middle, as wide as two input pixels where the line grows and
 * as two output pixels where it shrinks (antialiased bilinear). As Pillow has it, down to the last
 * bit: doubles, normalised to a sum of 1, then rounded to whole numbers, halves away from zero.
 *
 * <p>Keeps the last lengths. Not for several threads at once.
 */
final class TriangleTaps {
  private static final double ONE = 1 << ResamplingKernel.PRECISION;

  private int from;
  private int to;
  private int begin;
  private int end;
  private int[] first = {};
  private int[] start = {};
  private int[] weights = {};
  private double[] triangle = {};

  /**
   * Makes the taps for these lengths, unless they are there.
   *
   * @param from pixels of the line, at least 1
   * @param to pixels that it shall have, at least 1
   * @param begin the first of those that is wanted
   * @param end the one behind the last that is wanted
   */
  void prepare(int from, int to, int begin, int end) {
    if (this.from == from && this.to == to && this.begin == begin && this.end == end) {
      return;
    }
    this.from = 0; // no lengths, if memory does not suffice
    this.begin = begin;
    this.end = end;
    double scale = (double) from / to;
    double radius = Math.max(scale, 1);
    int most = place(from, scale, radius);
    if (weights.length < start[outputs()]) {
      weights = new int[start[outputs()]];
    }
    if (triangle.length < most) {
      triangle = new double[most];
    }
    double slope = 1 / radius;
    for (int o = 0; o < outputs(); o++) {
      weigh(o, (begin + o + 0.5) * scale, slope);
    }
    this.from = from;
    this.to = to;
  }

  /** Where each output's pixels begin and end, those within its radius; the most of an output. */
  private int place(int from, double scale, double radius) {
    int most = 0;
    if (first.length < outputs()) {
      first = new int[outputs()];
      start = new int[outputs() + 1];
    }
    for (int o = 0; o < outputs(); o++) {
      double middle = (begin + o + 0.5) * scale;
      first[o] = Math.max(0, (int) (middle - radius + 0.5));
      int count = Math.min(from, (int) (middle + radius + 0.5)) - first[o];
      start[o + 1] = Math.addExact(start[o], count);
      most = Math.max(most, count);
    }
    return most;
  }

  private void weigh(int o, double middle, double slope) {
    int count = start[o + 1] - start[o];
    double sum = 0;
    for (int t = 0; t < count; t++) {
      double distance = Math.abs((t + first[o] - middle + 0.5) * slope);
      triangle[t] = distance < 1 ? 1 - distance : 0;
      sum += triangle[t];
    }
    for (int t = 0; t < count; t++) {
      weights[start[o] + t] = (int) (0.5 + triangle[t] / sum * ONE);
    }
  }

  /** The outputs that are wanted. */
  int outputs() {
    return end - begin;
  }

  /** The first pixel that an output sums. */
  int firstPixel() {
    return first[0];
  }

  /** The pixel behind the last one that an output sums. */
  int endPixel() {
    int last = outputs() - 1;
    return first[last] + start[last + 1] - start[last];
  }

  /** Of each output, the first pixel that it sums; behind the last output may be others. */
  int[] first() {
    return first;
  }

  /** Of each output, where its weights begin; then where the last output's end. */
  int[] start() {
    return start;
  }

  /** The weights of all outputs, one after the other. */
  int[] weights() {
    return weights;
  }
}
