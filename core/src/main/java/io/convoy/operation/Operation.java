package io.convoy.operation;

/**
 * A layer at work on planned buffers. Forward and backward are called in turn, by one thread; what
 * an operation computes is a function of its inputs, its weights and the {@link Pass} alone.
 */
public interface Operation {
  /** Takes the weights (and, for inference, the moving averages) from the state vector. */
  default void load(float[] state) {}

  /**
   * Has the operation use its moving averages, not the batch's statistics, in training too: in the
   * first {@code epochs} epochs. Moments mean nothing in these.
   */
  default void freezeStatistics(int epochs) {}

  /**
   * What the operation does with its input in a forward pass before all else, piece by piece. From
   * now on it is done by the one that {@linkplain #end writes} the input, and no longer by this.
   *
   * @throws UnsupportedOperationException where there is no such thing
   */
  default Epilogue epilogue() {
    throw new UnsupportedOperationException("no epilogue");
  }

  /**
   * Has each piece of the output worked on as soon as it is written.
   *
   * @throws UnsupportedOperationException where the operation does not write in pieces
   */
  default void end(Epilogue epilogue) {
    throw new UnsupportedOperationException("no epilogue");
  }

  /** Computes the output of {@code pass.samples()} samples. */
  void forward(Pass pass);

  /**
   * Instead of a backward pass behind a forward one: where the state has moving averages, the
   * batch's mean and sum of squared deviations (M2) are written to {@code moments} at their places
   * in the state vector. Nothing else is.
   */
  default void moments(Pass pass, float[] moments) {}

  /**
   * Computes the gradients of the inputs, and writes those of the parameters to {@code gradient} at
   * their places in the state vector; where the state has moving averages, the batch's mean and sum
   * of squared deviations (M2) are written.
   *
   * @param gradient null where the operation is not bound for training: parameters have none then
   */
  void backward(Pass pass, float[] gradient);
}
