package io.convoy.shard;

/**
 * Every N-th of some units in a row, such as the chunks of a state: unit c belongs to rank c mod N,
 * so rank r has r, r + N, r + 2 N and so on.
 *
 * @param rank from 0 to ranks - 1
 * @param ranks N, at least 1
 * @param units how many there are of all ranks
 */
public record Stripe(int rank, int ranks, int units) {
  /** How many units the rank has. */
  public int count() {
    return (units - rank + ranks - 1) / ranks;
  }

  /** Its unit {@code i}, in ascending order from 0. */
  public int unit(int i) {
    return rank + i * ranks;
  }
}
