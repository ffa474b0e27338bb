package io.convoy.kernel;

/**
 * Weighted sums of neighbouring pixels, along lines of bytes, as a contract: one pass of resizing
 * an image. All in whole numbers, so that the order of a sum has no part in it:
 *
 * <pre>
 *   y[o, i] = clip((2²¹ + Σₜ x[i, first[o] + t] * weights[start[o] + t]) &gt;&gt; 22)
 *
 *   i in [0, lines)       t in [0, start[o + 1] - start[o])       clip to 0..255
 * </pre>
 *
 * <p>Pixel p of line i is the unsigned byte {@code x[xStart + i * xStep + p]}; output o of line i
 * goes to {@code y[yStart + o * yStep + i]}. So lines of x become columns of y: a second pass over
 * y resizes the other direction, and turns the image back.
 *
 * <pre>
 *   x: lines one below the other         y: the same outputs of all lines side by side
 *
 *      line 0   ■■■■□□□□□□□□                 output 0   ■ □ □ ...
 *      line 1   □□□□□□□□□□□□                 output 1   □ □ □ ...
 *      line 2   □□□□□□□□□□□□                            line 0, 1, 2 ...
 * </pre>
 */
public interface ResamplingKernel {
  /** A weight of 1 is {@code 1 << PRECISION}. */
  int PRECISION = 22;

  /** Bytes that a pass works in. */
  int WORK = 1 << 17;

  /**
   * Writes all outputs of some lines.
   *
   * @param first of each output, the first pixel that it sums; neither the first nor the last pixel
   *     of an output lies before that of the output before it
   * @param start of each output, where its weights begin, and one number more: where the last
   *     output's end
   * @param weights sums of an output's weights times 255 stay below 2³¹ - 2²¹
   * @param outputs at least 1
   * @param work at least {@link #WORK} bytes, apart from x and y
   */
  void resample(
      byte[] x,
      int xStart,
      int xStep,
      int lines,
      int[] first,
      int[] start,
      int[] weights,
      int outputs,
      byte[] y,
      int yStart,
      int yStep,
      byte[] work);
}
