package io.convoy.layer;

/**
 * What a layer's operation can compute beyond the layer's own formula, so that a neighbour needs no
 * pass of its own: what a {@link io.convoy.operation.Fusion} may ask of it.
 */
public enum Absorption {
  /** Nothing. */
  NOTHING,
  /** The rectifier behind it. */
  RECTIFIER,
  /** The sum with a residual behind it, if the rectifier behind that comes along, or that alone. */
  RESIDUAL_AND_RECTIFIER,
  /** The rectifier in front of it. */
  RECTIFIER_BEFORE
}
