package io.convoy.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.convoy.error.ConvoyException;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.network.Network;
import io.convoy.network.StateLayout;
import io.convoy.pack.job.PackSession;
import io.convoy.shard.ChunkOwners;
import io.convoy.train.OwnedChunks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What all ranks leave is the whole state, each float once. */
@ExtendWith(PackSession.class)
class RankStateTest {
  private static final StateLayout LAYOUT =
      Network.input(9, 9, 3)
          .then(Conv2d.of(70, 3))
          .then(BatchNorm2d.standard())
          .then(new Flatten())
          .then(Linear.of(11))
          .build()
          .layout();

  private static int blocks;

  /** Blocks are those of a Spark that runs. */
  @BeforeAll
  static void start(JavaSparkContext spark) {
    assertFalse(spark.sc().isStopped());
  }

  private static List<float[]> state(int arrays) {
    List<float[]> state = new ArrayList<>();
    for (int a = 0; a < arrays; a++) {
      float[] array = new float[LAYOUT.length()];
      for (int i = 0; i < array.length; i++) {
        array[i] = i + 0.25f * a;
      }
      state.add(array);
    }
    return state;
  }

  private static List<float[]> zeros(int arrays) {
    return state(arrays).stream().map(array -> new float[array.length]).toList();
  }

  private static OwnedChunks owned(int rank, int ranks) {
    return new OwnedChunks(LAYOUT, ChunkOwners.inTurn(LAYOUT.chunks().size(), ranks), rank);
  }

  @Test
  void goesOutToTheRanksAndComesBack() {
    for (int ranks = 1; ranks <= 12; ranks++) { // more ranks than chunks, too
      int arrays = 1 + ranks % 3;
      List<float[]> state = state(arrays);
      List<float[]> back = zeros(arrays);
      int there = blocks++;
      int here = blocks++;
      for (int rank = 0; rank < ranks; rank++) {
        OwnedChunks owned = owned(rank, ranks);
        // slices that end in the middle of chunks and span arrays
        RankState out = new RankState(there, rank, owned, arrays, 5_003);
        out.leaveChunksOf(state);
        List<float[]> own = out.fetch();
        assertEquals(owned.length(), own.get(arrays - 1).length);
        RankState home = new RankState(here, rank, owned, arrays, 7_919);
        home.leave(own);
        home.fetchInto(back);
        out.forget();
        home.forget();
      }
      for (int a = 0; a < arrays; a++) {
        assertArrayEquals(state.get(a), back.get(a));
      }
    }
  }

  @Test
  void whatWasForgottenIsGone() {
    RankState share = new RankState(blocks++, 0, OwnedChunks.all(LAYOUT), 1);
    share.leaveChunksOf(state(1));
    share.forget();
    ConvoyException gone = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> goneIn(share));
    assertEquals(ConvoyException.Kind.RESOURCE, gone.kind());
    assertEquals("slice 0 of rank 0 is not there any more", gone.getMessage());
    share.forget();
  }

  /** Spark's master passes the order on and does not wait for it. */
  private static ConvoyException goneIn(RankState share) {
    while (true) {
      try {
        share.fetch();
      } catch (ConvoyException e) {
        return e;
      }
    }
  }

  @Test
  void theOnlyOwnerHasTheStateAsItIs() {
    float[] state = state(1).get(0);
    assertArrayEquals(state, OwnedChunks.all(LAYOUT).gather(state));
  }
}
