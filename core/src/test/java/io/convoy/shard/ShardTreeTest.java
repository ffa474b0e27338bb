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

  /** Written with brackets: who is added to whom, in which order. */
  private static String brackets(Node node) {
    return node.leaf()
        ? Integer.toString(node.from())
        : "(" + brackets(node.left()) + "+" + brackets(node.right()) + ")";
  }

  @Test
  void sumsThatComeOneAfterTheOtherMergeToTheTree() {
    for (int shards = 1; shards <= 40; shards++) {
      List<String> waiting = new ArrayList<>();
      for (int shard = 0; shard < shards; shard++) {
        assertEquals(waiting.size(), ShardTree.waiting(shard));
        waiting.add(Integer.toString(shard));
        for (int merge = 0; merge < ShardTree.merges(shard, shards); merge++) {
          String right = waiting.remove(waiting.size() - 1);
          String left = waiting.remove(waiting.size() - 1);
          waiting.add("(" + left + "+" + right + ")");
        }
      }
      assertEquals(List.of(brackets(ShardTree.root(shards))), waiting);
    }
  }

  @Test
  void sumsThatLieSideBySideReduceToTheTree() {
    for (int shards = 1; shards <= 40; shards++) {
      String[] sums = new String[shards];
      int[] ends = new int[shards];
      for (int shard = 0; shard < shards; shard++) {
        sums[shard] = Integer.toString(shard);
        ends[shard] = shard + 1;
      }
      ShardTree.reduce(
          shards,
          (from, middle, to) -> {
            assertEquals(middle, ends[from]);
            assertEquals(to, ends[middle]);
            sums[from] = "(" + sums[from] + "+" + sums[middle] + ")";
            ends[from] = to;
          });
      assertEquals(brackets(ShardTree.root(shards)), sums[0]);
    }
  }

  /** A node's tree is that of as many shards by themselves: it may be summed by itself. */
  @Test
  void belowANodeTheTreeIsThatOfItsShards() {
    for (int shards = 1; shards <= 40; shards++) {
      for (Node node : all(ShardTree.root(shards))) {
        Node alone = ShardTree.root(node.shards());
        if (!node.leaf()) {
          assertEquals(alone.middle(), node.middle() - node.from());
        }
      }
    }
  }
}
