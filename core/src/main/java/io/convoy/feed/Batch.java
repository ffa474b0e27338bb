package io.convoy.feed;

import java.util.Arrays;

/**
 * The samples of one batch, of which one reader loads some that stand together.
 *
 * @param number of the batch, from 0
 * @param epoch from 0
 * @param rows of the source, in the batch's order
 * @param windows the window of each row
 * @param shards where each shard that is loaded here starts, ascending, and last the end of the
 *     last one; at least one number
 */
public record Batch(long number, int epoch, int[] rows, WindowId[] windows, int[] shards) {
  /** The first position that is loaded here. */
  public int from() {
    return shards[0];
  }

  /** The position behind the last that is loaded here. */
  public int to() {
    return shards[shards.length - 1];
  }

  /** How many samples are loaded here. */
  public int samples() {
    return to() - from();
  }

  /**
   * The position whose sample one is mixed with: the next of its shard, for the last one the first;
   * its own where a shard has a single sample.
   *
   * @param position one of those that are loaded here
   */
  int partner(int position) {
    int found = Arrays.binarySearch(shards, position);
    int shard = found >= 0 ? found : -found - 2; // the last that starts at or before it
    return position + 1 < shards[shard + 1] ? position + 1 : shards[shard];
  }
}
