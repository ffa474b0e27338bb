package io.convoy.feed;

/**
 * The samples of one batch, of which one reader loads some that stand together.
 *
 * @param number of the batch, from 0
 * @param epoch from 0
 * @param rows of the source, in the batch's order
 * @param windows the window of each row
 * @param from the first position that is loaded here
 * @param to behind the last
 */
public record Batch(long number, int epoch, int[] rows, WindowId[] windows, int from, int to) {
  /** How many samples are loaded here. */
  public int samples() {
    return to - from;
  }
}
