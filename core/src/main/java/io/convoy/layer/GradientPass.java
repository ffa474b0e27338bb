package io.convoy.layer;

/** One way to compute the gradient of a convolution's weights. */
interface GradientPass {
  /** Writes the gradient over {@code samples} samples to its OIHW places from {@code offset} on. */
  void run(int samples, float[] target, int offset);
}
