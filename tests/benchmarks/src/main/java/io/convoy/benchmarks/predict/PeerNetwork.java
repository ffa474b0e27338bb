package io.convoy.benchmarks.predict;

/** A network in the hands of a {@link PeerLibrary}. One thread at a time. */
public interface PeerNetwork extends AutoCloseable {
  /**
   * Puts an image into the next batch.
   *
   * @param slot from 0, below the batch
   * @param pixels HWC, 0 to 255; to be standardised as {@link
   *     io.convoy.benchmarks.networks.NetworkProblem} says
   */
  void put(int slot, byte[] pixels);

  /**
   * The logits of the first images of the batch.
   *
   * @param count of images, at least 1
   */
  float[][] logits(int count);

  @Override
  void close();
}
