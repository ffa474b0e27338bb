package io.convoy.layer;

/** One way to compute the gradient of a layer's weights. */
interface GradientPass {
  /** Writes the gradient, summed over the pass's shards, from {@code offset} on, in OIHW order. */
  void run(Pass pass, float[] target, int offset);
}
