package io.convoy.shard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.shard.ChunkOwners.Whole;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChunkOwnersTest {
  private static int[] own(ChunkOwners owners, int rank) {
    return IntStream.range(0, owners.count(rank)).map(i -> owners.chunk(rank, i)).toArray();
  }

  @Test
  void inTurn() {
    ChunkOwners owners = ChunkOwners.inTurn(7, 3);
    assertEquals(3, owners.ranks());
    assertEquals(7, owners.chunks());
    assertArrayEquals(new int[] {0, 3, 6}, own(owners, 0));
    assertArrayEquals(new int[] {1, 4}, own(owners, 1));
    assertArrayEquals(new int[] {2, 5}, own(owners, 2));
  }

  @Test
  void moreRanksThanChunks() {
    ChunkOwners owners = ChunkOwners.inTurn(2, 4);
    assertArrayEquals(new int[] {1}, own(owners, 1));
    assertArrayEquals(new int[] {}, own(owners, 3));
  }

  /** The largest goes to rank 0, the next two to rank 1, which has less work until then. */
  @Test
  void wholesStayTogetherWhereThereIsLeastWork() {
    List<Whole> wholes = List.of(new Whole(1, 4, 30), new Whole(5, 7, 50), new Whole(7, 8, 10));
    ChunkOwners owners = ChunkOwners.of(9, wholes, 2);
    assertArrayEquals(new int[] {0, 4, 5, 6, 8}, own(owners, 0));
    assertArrayEquals(new int[] {1, 2, 3, 7}, own(owners, 1));
  }

  @Test
  void eachChunkHasOneOwner() {
    List<Whole> wholes = List.of(new Whole(0, 5, 1), new Whole(9, 20, 1), new Whole(20, 23, 1));
    for (int ranks = 1; ranks < 30; ranks++) {
      ChunkOwners owners = ChunkOwners.of(25, wholes, ranks);
      int[] all =
          IntStream.range(0, ranks)
              .flatMap(rank -> IntStream.of(own(owners, rank)))
              .sorted()
              .toArray();
      assertArrayEquals(IntStream.range(0, 25).toArray(), all);
    }
  }
}
