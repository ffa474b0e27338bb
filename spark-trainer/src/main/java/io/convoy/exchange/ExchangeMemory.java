package io.convoy.exchange;

import io.convoy.exchange.connect.FrameLayout;

/**
 * What an exchange takes of a rank's memory, in bytes.
 *
 * @param heap the slots in which gradients of peers wait: for each peer {@link
 *     IncomingFrames#WINDOW} groups, each as often as the peer has sub-trees
 * @param direct the frames, one each way for each peer; not on the heap
 */
public record ExchangeMemory(long heap, long direct) {
  /** More than what a seal adds to a frame. */
  private static final int SEAL = 64;

  /**
   * The most that a rank of an exchange takes.
   *
   * @param shards of a step, at least 1
   * @param ranks N, at least 1
   */
  public static ExchangeMemory of(int shards, int ranks) {
    StepPlan plan = new StepPlan(shards, ranks);
    long frame = 2L * FrameLayout.HEADER + FrameLayout.MAXIMUM_PAYLOAD + SEAL;
    long vectors = plan.nodes().length; // of all ranks, the own ones among them
    long slots = IncomingFrames.WINDOW * (long) Ownership.GROUP * Float.BYTES;
    return new ExchangeMemory(ranks == 1 ? 0 : vectors * slots, 2 * frame * (ranks - 1));
  }
}
