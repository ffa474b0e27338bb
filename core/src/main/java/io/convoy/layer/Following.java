package io.convoy.layer;

/**
 * When the first part of a layer's work can be done on each piece of its input by the thread that
 * writes it: the operation then has an {@linkplain io.convoy.operation.Operation#epilogue
 * epilogue}.
 */
public enum Following {
  /** Never. */
  NEVER,
  /** In training, since only then does the layer have such a part. */
  IN_TRAINING,
  /** Where the output lies on the input. */
  IN_PLACE
}
