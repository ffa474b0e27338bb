package io.convoy.operation;

/**
 * What the network's planner asks of an operation beyond its layer's own formula {@code f}, so that
 * the layers behind need no pass of their own:
 *
 * <pre>
 *   y = max(f(x) + residual, 0)
 * </pre>
 *
 * The bits are those of the layers one after the other.
 *
 * @param residual whether the last input is added to the layer's own result
 * @param rectified whether the rectifier follows; for a maximum, which it may follow as well, it
 *     went before
 */
public record Fusion(boolean residual, boolean rectified) {
  /** The layer alone. */
  public static final Fusion NONE = new Fusion(false, false);

  public Fusion {
    if (residual && !rectified) {
      throw new IllegalArgumentException("a residual is fused together with its rectifier");
    }
  }
}
