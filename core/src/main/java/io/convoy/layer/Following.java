package io.convoy.layer;

/**
 * When the first part of a layer's work can be done on each piece of its input by the thread that
 * writes it: the operation then has an {@linkplain io.convoy.operation.Operation#epilogue
 * epilogue}.
 */
public enum Following {
  /** Never. */
  NEVER,
  /** Where the output lies on the input. */
  IN_PLACE,
  /**
   * In training, where that part only reads the input; otherwise where the output lies on the
   * input.
   */
  READING_OR_IN_PLACE
}
