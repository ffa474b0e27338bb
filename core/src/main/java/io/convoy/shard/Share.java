package io.convoy.shard;

import java.util.List;

/**
 * The units in a row, such as a step's shards, that fall to one of those who share them out: rank r
 * of N has the units from ⌊r·U/N⌋ up to ⌊(r+1)·U/N⌋ of U. Sizes differ by one at the most.
 *
 * @param from the first
 * @param to after the last
 */
public record Share(int from, int to) {
  /**
   * The share of a rank.
   *
   * @param rank from 0 to ranks - 1
   * @param units U, at least 0
   * @param ranks N, at least 1
   */
  public static Share of(int rank, int units, int ranks) {
    return new Share(start(rank, units, ranks), start(rank + 1, units, ranks));
  }

  /** Where the share of a rank starts; {@code rank} may be N, for the end of the last. */
  public static int start(int rank, int units, int ranks) {
    return (int) ((long) rank * units / ranks);
  }

  /** How many units. */
  public int count() {
    return to - from;
  }

  /** What whoever has a share of a step's shards sums them up to. */
  public List<ShardTree.Node> nodes(int shards) {
    return ShardTree.cover(shards, from, to);
  }
}
