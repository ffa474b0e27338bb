package io.convoy.operation;

/** Which passes operations are bound for. */
public enum PassKind {
  /** Forward: batch norm uses its moving averages, dropout passes through. */
  INFERENCE,
  /** Forward, by the batch's statistics, and backward to the parameters. */
  TRAINING,
  /** Forward as in inference, and backward to the network's input and outputs alone. */
  ATTRIBUTION;

  /** Whether a backward pass will come. */
  public boolean goesBackward() {
    return this != INFERENCE;
  }

  /** Whether parameters have gradients, and forward passes the batch's statistics. */
  public boolean trains() {
    return this == TRAINING;
  }
}
