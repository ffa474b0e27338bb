package io.convoy.layer;

/** What a layer's backward pass reads of its forward pass's activations. */
public enum Kept {
  /** Nothing, or what the operation keeps for itself. */
  NOTHING,
  /** Its (first) input. */
  INPUT,
  /** All its inputs. */
  INPUTS,
  /** Its output. */
  OUTPUT
}
