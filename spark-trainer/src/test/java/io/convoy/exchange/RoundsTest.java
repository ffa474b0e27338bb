package io.convoy.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.exchange.connect.FrameLayout;
import io.convoy.exchange.connect.HandshakeBytes;
import io.convoy.exchange.connect.PeerLostException;
import io.convoy.network.StateLayout.Chunk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps that need figures of all chunks before any is finished. */
@Timeout(60)
class RoundsTest {
  private static final List<Chunk> SMALL = Ranks.chunks(100, 200, 8192, 8192, 8192, 300);
  private static final int[] SHARDS = {8, 1, 9, 2, 3, 5, 7};

  /** Two chunks fill a frame of figures. */
  private static final int MANY_FIGURES = FrameLayout.MAXIMUM_PAYLOAD / Double.BYTES / 2 - 1;

  static Stream<Arguments> shapes() {
    int longerThanAFrame = FrameLayout.MAXIMUM_PAYLOAD / Float.BYTES * 2 + 7;
    int[] many = new int[3 * 3 * IncomingFrames.WINDOW + 5];
    Arrays.fill(many, 8192);
    List<Arguments> all = new ArrayList<>();
    for (int ranks = 1; ranks <= 4; ranks++) {
      all.add(Arguments.of(ranks, 1, new int[] {1})); // ranks that own nothing
      all.add(Arguments.of(ranks, 3, new int[] {8192, 13, 8192, 207, 8191, 1}));
      all.add(Arguments.of(ranks, 2, new int[] {5, longerThanAFrame, 4098}));
      all.add(Arguments.of(ranks, 1, many));
      all.add(Arguments.of(ranks, MANY_FIGURES, new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}));
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void allRanksHoldTheBitsOfTheDefinition(int ranks, int figuresPerChunk, int[] lengths)
      throws Exception {
    List<Chunk> chunks = Ranks.chunks(lengths);
    RoundsTraining training = new RoundsTraining(chunks, 1 + figuresPerChunk % 3, figuresPerChunk);
    List<float[]> expected = new ArrayList<>();
    float[] reference = training.state();
    for (int step = 0; step < SHARDS.length; step++) {
      training.reference(step, SHARDS[step], reference);
      expected.add(reference.clone());
    }
    try (Ranks team = new Ranks(ranks)) {
      List<Future<Void>> results = new ArrayList<>();
      for (int rank = 0; rank < ranks; rank++) {
        results.add(
            team.start(
                rank,
                chunks,
                exchange -> {
                  float[] state = training.state();
                  for (int step = 0; step < SHARDS.length; step++) {
                    if (step % 4 == exchange.rank()) {
                      Thread.sleep(20); // a straggler, not a wait for something
                    }
                    training.step(exchange, step, SHARDS[step], state);
                    PeerExchangeTest.assertSameBits(expected.get(step), state);
                  }
                  return null;
                }));
      }
      for (Future<Void> result : results) {
        Ranks.result(result);
      }
    }
  }

  @Test
  void stepsWithAndWithoutRoundsTakeTurns() throws Exception {
    Training one = new Training(SMALL);
    RoundsTraining two = new RoundsTraining(SMALL, 3, 2);
    float[] expected = one.state();
    for (int step = 0; step < 6; step++) {
      if (step % 2 == 0) {
        two.reference(step, 7, expected);
      } else {
        one.reference(step, 7, expected);
      }
    }
    try (Ranks team = new Ranks(3)) {
      List<Future<float[]>> results = new ArrayList<>();
      for (int rank = 0; rank < 3; rank++) {
        results.add(
            team.start(
                rank,
                SMALL,
                exchange -> {
                  float[] state = one.state();
                  for (int step = 0; step < 6; step++) {
                    if (step % 2 == 0) {
                      two.step(exchange, step, 7, state);
                    } else {
                      one.step(exchange, step, 7, state);
                    }
                  }
                  return state;
                }));
      }
      for (Future<float[]> result : results) {
        PeerExchangeTest.assertSameBits(expected, Ranks.result(result));
      }
    }
  }

  /** As where a norm is no number: all ranks see the same figures, and all throw. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void whatIsThrownAfterARoundComesBeforeAnyNewValue(int ranks) throws Exception {
    RoundsTraining training = new RoundsTraining(SMALL, 1, 1);
    Runnable refusal =
        () -> {
          throw new IllegalStateException("not with these figures");
        };
    try (Ranks team = new Ranks(ranks)) {
      List<Future<Throwable>> results = new ArrayList<>();
      for (int rank = 0; rank < ranks; rank++) {
        results.add(
            team.start(
                rank,
                SMALL,
                exchange -> {
                  float[] state = training.state();
                  Throwable thrown =
                      assertThrows(
                          RuntimeException.class,
                          () -> training.step(exchange, 0, 4, state, refusal));
                  assertArrayEquals(training.state(), state);
                  return thrown;
                }));
      }
      List<Throwable> thrown = new ArrayList<>();
      for (Future<Throwable> result : results) {
        thrown.add(Ranks.result(result));
      }
      // whoever was still about to send its figures when another left saw it leave
      assertTrue(
          thrown.stream().anyMatch(t -> t instanceof IllegalStateException), thrown.toString());
      assertTrue(
          thrown.stream()
              .allMatch(t -> t instanceof IllegalStateException || t instanceof PeerLostException),
          thrown.toString());
    }
  }

  /**
   * What rank 1 sends to rank 0: figures of 2 shards (96 bytes), one frame of gradients of chunks
   * 0, 2 and 4 (66,000 bytes), and then the figures of its chunks 1, 3 and 5.
   */
  private static final int CHUNK_FIGURES_AT =
      2 * FrameLayout.HEADER + 2 * Training.FIGURES * Double.BYTES + (100 + 2 * 8192) * Float.BYTES;

  @ParameterizedTest
  @CsvSource({
    "5, 5, 'more frames of FIGURES than the step has'",
    "5, 6, 'more frames of GRADIENTS than the step has'",
    "32, 1, 'a frame of CHUNK_FIGURES with sequence=1, expected 0'",
    "36, 2, 'a frame of CHUNK_FIGURES with first=3, expected 1'",
    "40, 1, 'a frame of CHUNK_FIGURES with count=2, expected 3'",
    "47, 127, 'a frame of CHUNK_FIGURES with vector=2130706434, expected 2'",
    "48, 1, 'a frame of CHUNK_FIGURES with offset=1, expected 0'",
    "59, 64, 'a frame of CHUNK_FIGURES with bytes=1073741872, expected 48'",
    "62, 1, 'a frame of CHUNK_FIGURES whose '",
    "70, 128, 'a frame of CHUNK_FIGURES whose '",
  })
  void oneAlteredBitIsNoticed(int position, int mask, String message) throws Exception {
    RoundsTraining training = new RoundsTraining(SMALL, 1, 2);
    try (Ranks team = new Ranks(2)) {
      Future<Void> one = assertNoticed(team, position, mask, message, peer -> step(training, peer));
      assertThrows(PeerLostException.class, () -> Ranks.result(one));
    }
  }

  @Test
  void figuresOfChunksInAStepWithoutRoundsAreRefused() throws Exception {
    Training training = new Training(SMALL);
    try (Ranks team = new Ranks(2)) {
      // new values, made to figures of chunks
      Future<double[]> one =
          assertNoticed(
              team,
              5,
              3 ^ 4,
              "more frames of CHUNK_FIGURES than the step has",
              peer -> training.step(peer, 0, 4, training.state()));
      try {
        Ranks.result(one);
      } catch (PeerLostException sawTheOtherLeave) {
        // it was through with the step, or it was not
      }
    }
  }

  private static Void step(RoundsTraining training, PeerExchange peer) throws InterruptedException {
    training.step(peer, 0, 4, training.state());
    return null;
  }

  /** Alters what rank 1 sends to rank 0, which must say so; returns how rank 1 ends. */
  private static <T> Future<T> assertNoticed(
      Ranks team, int position, int mask, String message, Ranks.Task<T> task) throws Exception {
    int frame = HandshakeBytes.OF_CALLER + CHUNK_FIGURES_AT;
    try (AlteringProxy proxy =
        new AlteringProxy(team, team.listener(0).address(), frame + position, mask)) {
      Future<T> zero = team.start(0, SMALL, task);
      team.addresses().set(0, proxy.address());
      Future<T> one = team.start(1, SMALL, task);
      ExchangeCorruptException corrupt =
          assertThrows(ExchangeCorruptException.class, () -> Ranks.result(zero));
      assertTrue(corrupt.getMessage().contains(message), corrupt.getMessage());
      return one;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, FrameLayout.MAXIMUM_PAYLOAD / Double.BYTES + 1})
  void figuresPerChunkThatDoNotFitAreRefused(int figures) {
    RoundsTraining training = new RoundsTraining(SMALL, 1, figures);
    try (PeerExchange exchange = PeerExchange.alone(SMALL)) {
      IllegalArgumentException error =
          assertThrows(
              IllegalArgumentException.class,
              () -> training.step(exchange, 0, 4, training.state()));
      assertEquals(
          "figuresPerChunk=%s must be from 1 to 12288".formatted(figures), error.getMessage());
    }
  }

  @Test
  void aStepInNoRoundsIsRefused() {
    RoundsTraining training = new RoundsTraining(SMALL, 0, 1);
    try (PeerExchange exchange = PeerExchange.alone(SMALL)) {
      IllegalArgumentException error =
          assertThrows(
              IllegalArgumentException.class,
              () -> training.step(exchange, 0, 4, training.state()));
      assertEquals("rounds=0 must be at least 1", error.getMessage());
    }
  }
}
