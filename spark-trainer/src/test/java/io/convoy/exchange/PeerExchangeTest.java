package io.convoy.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.exchange.connect.FrameLayout;
import io.convoy.exchange.connect.Identities;
import io.convoy.exchange.connect.RunIdentity;
import io.convoy.network.StateLayout.Chunk;
import io.convoy.train.ChunkSums;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PeerExchangeTest {
  private static final int LONGER_THAN_A_FRAME = FrameLayout.MAXIMUM_PAYLOAD / Float.BYTES * 2 + 7;

  static Stream<Arguments> shapes() {
    List<int[]> states =
        List.of(
            new int[] {1},
            new int[] {1, 1, 1},
            new int[] {8192, 13, 8192, 207, 8191, 1},
            new int[] {5, LONGER_THAN_A_FRAME, 4098},
            new int[] {LONGER_THAN_A_FRAME, LONGER_THAN_A_FRAME, 3, 8192, 8192, 8192, 8192, 8192});
    return plainAndEncrypted()
        .flatMap(
            identity ->
                Stream.of(1, 2, 3, 4)
                    .flatMap(
                        ranks ->
                            states.stream()
                                .map(lengths -> Arguments.of(identity, ranks, lengths))));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void allRanksHoldTheBitsOfTheWholeTreeAfterEveryStep(
      RunIdentity identity, int ranks, int[] lengths) throws Exception {
    List<Chunk> chunks = Ranks.chunks(lengths);
    Training training = new Training(chunks);
    int[] shardsOfStep = {8, 1, 9, 2, 3, 4, 5, 6, 7, 8};
    List<float[]> expected = new ArrayList<>();
    float[] reference = training.state();
    for (int step = 0; step < shardsOfStep.length; step++) {
      training.reference(step, shardsOfStep[step], reference);
      expected.add(reference.clone());
    }
    try (Ranks team = new Ranks(ranks)) {
      List<Future<Void>> results = new ArrayList<>();
      for (int rank = 0; rank < ranks; rank++) {
        results.add(
            team.start(
                rank,
                identity,
                Ranks.TIMEOUTS,
                chunks,
                exchange -> {
                  float[] state = training.state();
                  for (int step = 0; step < shardsOfStep.length; step++) {
                    int shards = shardsOfStep[step];
                    double[] figures = training.step(exchange, step, shards, state);
                    assertSameBits(expected.get(step), state);
                    assertFigures(step, shards, figures);
                  }
                  return null;
                }));
      }
      for (Future<Void> result : results) {
        Ranks.result(result);
      }
    }
  }

  static Stream<RunIdentity> plainAndEncrypted() {
    return Stream.of(Identities.PLAIN, Identities.ENCRYPTED);
  }

  @ParameterizedTest
  @MethodSource("plainAndEncrypted")
  void manyGroupsPassTheWindowWhileOneRankIsLate(RunIdentity identity) throws Exception {
    int[] lengths = new int[6 * 3 * IncomingFrames.WINDOW];
    Arrays.fill(lengths, 8192);
    List<Chunk> chunks = Ranks.chunks(lengths);
    Training training = new Training(chunks);
    float[] expected = training.state();
    for (int step = 0; step < 4; step++) {
      training.reference(step, 7, expected);
    }
    try (Ranks team = new Ranks(3)) {
      List<Future<float[]>> results = new ArrayList<>();
      for (int rank = 0; rank < 3; rank++) {
        results.add(
            team.start(
                rank,
                identity,
                Ranks.TIMEOUTS,
                chunks,
                exchange -> {
                  float[] state = training.state();
                  for (int step = 0; step < 4; step++) {
                    if (step % 3 == exchange.rank()) {
                      Thread.sleep(150); // a straggler, not a wait for something
                    }
                    training.step(exchange, step, 7, state);
                  }
                  return state;
                }));
      }
      for (Future<float[]> result : results) {
        assertSameBits(expected, Ranks.result(result));
      }
    }
  }

  @Test
  void withoutFiguresNoFiguresAreSent() throws Exception {
    List<Chunk> chunks = Ranks.chunks(3);
    try (Ranks team = new Ranks(2)) {
      List<Future<float[]>> results = new ArrayList<>();
      for (int rank = 0; rank < 2; rank++) {
        results.add(
            team.start(
                rank,
                chunks,
                exchange -> {
                  float[] state = new float[3];
                  float[][] mine = {{1, 2, 3}};
                  exchange.step(1, 2, mine, new double[0], state, PeerExchangeTest::addTwo);
                  return state;
                }));
      }
      for (Future<float[]> result : results) {
        assertArrayEquals(new float[] {2, 4, 6}, Ranks.result(result));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void bringsTheFirstStateToAll(int ranks) throws Exception {
    List<Chunk> chunks = Ranks.chunks(10, 30_000, 1, 500); // one of several frames, one for no rank
    float[] whole = new Training(chunks).state();
    try (Ranks team = new Ranks(ranks)) {
      List<Future<float[]>> results = new ArrayList<>();
      for (int rank = 0; rank < ranks; rank++) {
        results.add(
            team.start(
                rank,
                chunks,
                exchange -> {
                  float[] state = new float[whole.length];
                  for (int c = exchange.rank(); c < chunks.size(); c += exchange.ranks()) {
                    Chunk own = chunks.get(c);
                    System.arraycopy(whole, own.from(), state, own.from(), own.length());
                  }
                  exchange.distribute(state);
                  float[] first = state.clone();
                  new Training(chunks).step(exchange, 0, 5, state);
                  return first;
                }));
      }
      for (Future<float[]> result : results) {
        assertSameBits(whole, Ranks.result(result));
      }
    }
  }

  private static void addTwo(List<ChunkSums> chunks, float[] state) {
    for (ChunkSums sums : chunks) {
      for (int i = 0; i < state.length; i++) {
        float left = sums.vectors()[0][sums.offsets()[0] + i];
        state[i] = left + sums.vectors()[1][sums.offsets()[1] + i];
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void leavesNoThreadBehind(int ranks) throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    List<Chunk> chunks = Ranks.chunks(10, 20);
    Training training = new Training(chunks);
    try (Ranks team = new Ranks(ranks)) {
      List<Future<Set<Thread>>> results = new ArrayList<>();
      for (int rank = 0; rank < ranks; rank++) {
        results.add(
            team.start(
                rank,
                chunks,
                exchange -> {
                  training.step(exchange, 0, 5, training.state());
                  return Thread.getAllStackTraces().keySet();
                }));
      }
      for (Future<Set<Thread>> result : results) {
        Set<Thread> during = Ranks.result(result);
        long own = during.stream().filter(thread -> !before.contains(thread)).count();
        assertTrue(own <= ranks, "threads beyond the " + ranks + " of the test: " + during);
      }
    }
  }

  @Test
  void refusesArgumentsThatDoNotFitTheStep() throws InterruptedException {
    List<Chunk> chunks = Ranks.chunks(4);
    try (PeerExchange exchange = PeerExchange.alone(chunks)) {
      float[][] one = {new float[4]};
      IllegalArgumentException figures =
          assertThrows(
              IllegalArgumentException.class,
              () -> exchange.step(0, 2, one, new double[3], new float[4], null));
      assertEquals("shards=2 must be at least 1 and divide figures.length=3", figures.getMessage());
      IllegalArgumentException vectors =
          assertThrows(
              IllegalArgumentException.class,
              () -> exchange.step(0, 2, new float[2][4], new double[2], new float[4], null));
      assertEquals(
          "rank 0 of 1 has 1 sub-trees of 2 shards, given subtreeVectors.length=2",
          vectors.getMessage());
      IllegalArgumentException state =
          assertThrows(
              IllegalArgumentException.class,
              () -> exchange.step(0, 2, one, new double[2], new float[3], null));
      assertEquals(
          "state and vectors must have 4 floats at least, the shortest has 3", state.getMessage());
    }
    IllegalArgumentException overlap =
        assertThrows(
            IllegalArgumentException.class,
            () -> PeerExchange.alone(List.of(chunks.get(0), chunks.get(0))));
    assertEquals(
        "chunk 1 [0, 4) must not be empty and must start at 4 or later", overlap.getMessage());
  }

  static void assertSameBits(float[] expected, float[] actual) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      if (Float.floatToRawIntBits(expected[i]) != Float.floatToRawIntBits(actual[i])) {
        throw new AssertionError(
            "element %s: expected %s, is %s".formatted(i, expected[i], actual[i]));
      }
    }
  }

  private static void assertFigures(int step, int shards, double[] figures) {
    for (int i = 0; i < shards * Training.FIGURES; i++) {
      double expected = Training.figure(step, i / Training.FIGURES, i % Training.FIGURES);
      assertEquals(expected, figures[i], 0, "figure " + i + " of step " + step);
    }
  }
}
