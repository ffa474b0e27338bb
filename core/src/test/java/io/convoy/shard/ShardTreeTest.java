package io.convoy.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.shard.ShardTree.Node;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardTreeTest {
  /** Node and all below it. */
  private static List<Node> all(Node node) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(node);
    if (!node.leaf()) {
      nodes.addAll(all(node.left()));
      nodes.addAll(all(node.right()));
    }
    return nodes;
  }

  private static int width(Node node) {
    return node.to() - node.from();
  }

  @Test
  void theLeftChildTakesTheLargestPowerOfTwoBelow() {
    for (int shards = 1; shards <= 70; shards++) {
      List<Node> nodes = all(ShardTree.root(shards));
      assertEquals(2 * shards - 1, nodes.size());
      for (Node node : nodes) {
        if (node.leaf()) {
          continue;
        }
        assertEquals(node.from(), node.left().from());
        assertEquals(node.left().to(), node.right().from());
        assertEquals(node.to(), node.right().to());
        int left = width(node.left());
        assertEquals(1, Integer.bitCount(left));
        assertTrue(left < width(node) && 2 * left >= width(node), node.toString());
      }
    }
    assertEquals(new Node(0, 4), ShardTree.root(5).left());
    assertEquals(new Node(4, 5), ShardTree.root(5).right());
  }

  @Test
  void aCoverIsOrderedCompleteAndMaximal() {
    for (int shards = 1; shards <= 20; shards++) {
      List<Node> nodes = all(ShardTree.root(shards));
      for (int from = 0; from <= shards; from++) {
        for (int to = from; to <= shards; to++) {
          List<Node> cover = ShardTree.cover(shards, from, to);
          int next = from;
          for (Node node : cover) {
            assertEquals(next, node.from());
            next = node.to();
            assertTrue(nodes.contains(node), "a node of the tree: " + node);
            for (Node wider : nodes) {
              boolean within = from <= wider.from() && wider.to() <= to;
              boolean above = wider.from() <= node.from() && node.to() <= wider.to();
              assertTrue(!within || !above || wider.equals(node), "maximal: " + wider);
            }
          }
          assertEquals(to, next);
        }
      }
    }
  }

  @Test
  void theWholeRangeIsTheRoot() {
    assertEquals(List.of(new Node(0, 13)), ShardTree.cover(13, 0, 13));
    assertEquals(List.of(), ShardTree.cover(13, 5, 5));
  }
}
