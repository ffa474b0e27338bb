package io.convoy.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.network.StateLayout;
import io.convoy.network.StateLayout.Chunk;
import io.convoy.train.ChunkSums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which chunks an owner gets in one call, and what comes of its exceptions. */
@Timeout(60)
class ChunkOwnerTest {
  /** Whoever is alone has no peer to send to meanwhile: its threads share out all there is. */
  @Test
  void whoeverIsAloneGetsAllChunksInOneCall() throws InterruptedException {
    List<Chunk> chunks = manyChunks();
    List<List<Integer>> calls = new ArrayList<>();
    try (PeerExchange exchange = PeerExchange.alone(chunks)) {
      float[] state = new float[chunks.get(chunks.size() - 1).to()];
      exchange.step(0, 1, new float[][] {state.clone()}, new double[1], state, noting(calls));
    }
    assertEquals(List.of(IntStream.range(0, chunks.size()).boxed().toList()), calls);
  }

  /**
   * Some at a time, so that threads have something to share; not all, so that peers need not wait.
   */
  @Test
  void amongPeersChunksComeAFewGroupsAtATime() throws Exception {
    List<Chunk> chunks = manyChunks();
    int length = chunks.get(chunks.size() - 1).to();
    int most = IncomingFrames.WINDOW * (Ownership.GROUP / StateLayout.CHUNK);
    try (Ranks team = new Ranks(2)) {
      List<Future<List<List<Integer>>>> results = new ArrayList<>();
      for (int rank = 0; rank < 2; rank++) {
        results.add(
            team.start(
                rank,
                chunks,
                exchange -> {
                  List<List<Integer>> calls = new ArrayList<>();
                  // rank 0 has no shard, so all that rank 1 owns is there from the start
                  float[][] sums = new float[exchange.rank()][length];
                  exchange.step(0, 1, sums, new double[1], new float[length], noting(calls));
                  return calls;
                }));
      }
      for (int rank = 0; rank < 2; rank++) {
        List<List<Integer>> calls = Ranks.result(results.get(rank));
        List<Integer> all = calls.stream().flatMap(List::stream).toList();
        int first = rank;
        assertEquals(
            IntStream.range(0, chunks.size()).filter(c -> c % 2 == first).boxed().toList(), all);
        assertTrue(calls.stream().allMatch(call -> call.size() <= most), calls.toString());
      }
      assertEquals(most, Ranks.result(results.get(1)).get(0).size());
    }
  }

  private static List<Chunk> manyChunks() {
    int[] lengths = new int[200];
    Arrays.fill(lengths, StateLayout.CHUNK);
    return Ranks.chunks(lengths);
  }

  private static ChunkOwner noting(List<List<Integer>> calls) {
    return (own, state) -> calls.add(own.stream().map(ChunkSums::chunk).toList());
  }

  @Test
  void whatTheOwnerThrowsComesOutAndClosesTheExchange() {
    PeerExchange exchange = PeerExchange.alone(Ranks.chunks(4));
    float[][] one = {new float[4]};
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                exchange.step(
                    0,
                    1,
                    one,
                    new double[0],
                    new float[4],
                    (chunks, state) -> {
                      throw new IllegalStateException("the owner's own");
                    }));
    assertEquals("the owner's own", thrown.getMessage());
    ConvoyException closed =
        assertThrows(
            ConvoyException.class,
            () -> exchange.step(1, 1, one, new double[0], new float[4], null));
    assertEquals("the exchange of rank 0 was closed before step 1 was done", closed.getMessage());
  }
}
