package io.convoy.train;

/**
 * Who does what in a step: all in this process, this one among its peers, or tasks that a driver
 * sends out. {@link TrainingLoop} is the same for all.
 *
 * @param <E> why a step may not come to its end
 */
public interface StepWork<E extends Exception> {
  /** Among how many the shards of a step are shared out. */
  int ranks();

  /**
   * The gradients of shards, summed along the tree as far as they are here.
   *
   * @param weights that the step starts from
   */
  ShardSums gradients(long step, float[] weights) throws E;

  /**
   * Has the owners of all chunks finish the tree and update the weights, so that they are here, and
   * at all others who train along.
   *
   * @param sums what {@link #gradients} gave; their figures are those of all shards on return
   * @param update of the chunks that are owned here
   * @param weights updated
   */
  void update(long step, ShardSums sums, ChunkUpdate update, float[] weights) throws E;
}
