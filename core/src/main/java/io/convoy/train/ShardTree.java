package io.convoy.train;

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
 */
public final class ShardTree {
  /** The shards [from, to) under one node. */
  public record Node(int from, int to) {
    public boolean leaf() {
      return to - from == 1;
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

  private static void collect(Node node, int from, int to, List<Node> into) {
    if (from <= node.from() && node.to() <= to) {
      into.add(node);
    } else if (node.from() < to && from < node.to()) {
      collect(node.left(), from, to, into);
      collect(node.right(), from, to, into);
    }
  }
}
