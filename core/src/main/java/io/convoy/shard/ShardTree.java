package io.convoy.shard;

import java.util.ArrayList;
import java.util.List;

/**
 * The fixed binary tree over the shards of a step, along which gradients are summed. A node covers
 * the shards [from, to); its left child takes the largest power of two below their number:
 *
 * <pre>
 *   0..5  =  (0..4) + (4..5)
 *   0..4  =  (0..2) + (2..4)
 *   0..2  =  0 + 1
 * </pre>
 *
 * <p>The tree depends on the number of shards alone. Whoever computes a range of shards sums its
 * maximal sub-trees; the owner of a chunk finishes the tree.
 *
 * <p>Below a node the tree is that over as many shards by themselves. So whoever sums a node may
 * count its shards from 0: one after the other as they come ({@link #waiting}, {@link #merges}), or
 * all at once where they lie ({@link #reduce}).
 */
public final class ShardTree {
  /** The shards [from, to) under one node. */
  public record Node(int from, int to) {
    public boolean leaf() {
      return to - from == 1;
    }

    /** Shards under it. */
    public int shards() {
      return to - from;
    }

    /** Where the right child starts. */
    public int middle() {
      return from + Integer.highestOneBit(to - from - 1);
    }

    public Node left() {
      return new Node(from, middle());
    }

    public Node right() {
      return new Node(middle(), to);
    }
  }

  /** Merges the sums of two neighbouring nodes. */
  @FunctionalInterface
  public interface Merge {
    /**
     * @param from the first shard of the left node, by which its sum goes, and that of both
     * @param middle the first shard of the right node, by which its sum goes
     * @param to the shard after the last
     */
    void merge(int from, int middle, int to);
  }

  private ShardTree() {}

  /** The root over {@code shards} shards, at least 1. */
  public static Node root(int shards) {
    return new Node(0, shards);
  }

  /**
   * The maximal nodes of the tree over {@code shards} shards that lie within [from, to), in
   * ascending order.
   */
  public static List<Node> cover(int shards, int from, int to) {
    List<Node> nodes = new ArrayList<>();
    if (from < to) {
      collect(root(shards), from, to, nodes);
    }
    return nodes;
  }

  /** How many sums wait for their right neighbour when a shard, counted from 0, has its turn. */
  public static int waiting(int shard) {
    return Integer.bitCount(shard);
  }

  /**
   * How many merges follow on a shard's turn: its sum goes into the last that waits, that into the
   * one before, and so on.
   *
   * @param shard from 0
   * @param shards of them all
   */
  public static int merges(int shard, int shards) {
    return shard == shards - 1 ? waiting(shard) : Integer.numberOfTrailingZeros(~shard);
  }

  /** Merges the sums of so many shards, from the leaves up; the whole ends where shard 0's lay. */
  public static void reduce(int shards, Merge merge) {
    for (int width = 1; width < shards; width *= 2) {
      for (int from = 0; from + width < shards; from += 2 * width) {
        merge.merge(from, from + width, Math.min(from + 2 * width, shards));
      }
    }
  }

  private static void collect(Node node, int from, int to, List<Node> into) {
    if (from <= node.from() && node.to() <= to) {
      into.add(node);
    } else if (node.from() < to && from < node.to()) {
      collect(node.left(), from, to, into);
      collect(node.right(), from, to, into);
    }
  }
}
