package io.convoy.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.exchange.connect.ExchangeListener;
import io.convoy.exchange.connect.ExchangeTimeouts;
import io.convoy.exchange.connect.FrameLayout;
import io.convoy.exchange.connect.HandshakeBytes;
import io.convoy.exchange.connect.Identities;
import io.convoy.exchange.connect.PeerRefusedException;
import io.convoy.exchange.connect.Refusal;
import io.convoy.exchange.connect.RunIdentity;
import io.convoy.network.StateLayout.Chunk;
import io.convoy.shard.ChunkOwners;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who must not take part, and that the right ones go on undisturbed. */
@Timeout(60)
class StrangersTest {
  private static final List<Chunk> CHUNKS = Ranks.chunks(100, 200, 300);
  private static final Training TRAINING = new Training(CHUNKS);

  static Stream<Arguments> imposters() {
    RunIdentity right = Identities.PLAIN;
    byte[] otherKey = "another key for tests".getBytes(StandardCharsets.US_ASCII);
    return Stream.of(
        Arguments.of(new RunIdentity("run-8", 3, "1.0", 1, right.key(), false), Refusal.RUN),
        Arguments.of(new RunIdentity("run-7", 2, "1.0", 1, right.key(), false), Refusal.ATTEMPT),
        Arguments.of(
            new RunIdentity("run-7", 3, "1.1", 1, right.key(), false), Refusal.CODE_VERSION),
        Arguments.of(
            new RunIdentity("run-7", 3, "1.0", 2, right.key(), false), Refusal.NUMERICS_VERSION),
        Arguments.of(new RunIdentity("run-7", 3, "1.0", 1, otherKey, false), Refusal.KEY),
        Arguments.of(Identities.ENCRYPTED, Refusal.SEAL));
  }

  @ParameterizedTest
  @MethodSource("imposters")
  void anImposterIsToldWhyAndTheRightPeerGoesOn(RunIdentity imposter, Refusal reason)
      throws Exception {
    try (Ranks team = new Ranks(2)) {
      Future<float[]> zero = team.start(0, CHUNKS, StrangersTest::train);
      PeerRefusedException refused =
          assertThrows(PeerRefusedException.class, () -> join(team, imposter, 1));
      assertEquals(reason, refused.reason());
      assertEquals(
          "rank 1 and rank 0 (%s) do not go together: %s".formatted(team.name(0), reason.text()),
          refused.getMessage());
      assertRight(List.of(zero, team.start(1, CHUNKS, StrangersTest::train)));
    }
  }

  @Test
  void aWrongRankIsRefused() throws Exception {
    try (Ranks team = new Ranks(2)) {
      Future<float[]> zero = team.start(0, CHUNKS, StrangersTest::train);
      team.addresses().add(team.listener(1).address()); // as if there were three ranks
      PeerRefusedException refused =
          assertThrows(PeerRefusedException.class, () -> join(team, Identities.PLAIN, 1));
      assertEquals(Refusal.RANK, refused.reason());
      team.addresses().remove(2);
      assertRight(List.of(zero, team.start(1, CHUNKS, StrangersTest::train)));
    }
  }

  @Test
  void aSecondOneOfTheSameRankIsRefused() throws Exception {
    try (Ranks team = new Ranks(3)) {
      Future<float[]> zero = team.start(0, CHUNKS, StrangersTest::train);
      // The first to come is the right one, whichever it is. Rank 1 is not there yet, so neither
      // has gone on before the other has come.
      BlockingQueue<Future<float[]>> over = new LinkedBlockingQueue<>();
      for (int i = 0; i < 2; i++) {
        team.startSpare(2, CHUNKS, StrangersTest::train, over);
      }
      Future<float[]> loser = over.take();
      PeerRefusedException refused =
          assertThrows(PeerRefusedException.class, () -> Ranks.result(loser));
      assertEquals(Refusal.DUPLICATE, refused.reason());
      Future<float[]> one = team.start(1, CHUNKS, StrangersTest::train);
      assertRight(List.of(zero, one, over.take()));
    }
  }

  static Stream<byte[]> babble() {
    byte[] hello = HandshakeBytes.hello();
    byte[] otherVersion = hello.clone();
    otherVersion[4] = 9;
    byte[] huge = ByteBuffer.allocate(4).order(ByteOrder.BIG_ENDIAN).putInt(0x7fffffff).array();
    byte[] frame = new byte[FrameLayout.HEADER];
    ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN).putInt(Frame.MAGIC);
    return Stream.of(
        "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
        new byte[] {0x16, 0x03, 0x01, 0x02, 0x00}, // a TLS client
        new byte[5000],
        huge,
        frame,
        otherVersion);
  }

  @ParameterizedTest
  @MethodSource("babble")
  void bytesOfAnotherProtocolAreCutOffAtOnce(byte[] bytes) throws Exception {
    try (Ranks team = new Ranks(2)) {
      Future<float[]> zero = team.start(0, CHUNKS, StrangersTest::train);
      try (Socket stranger = call(team)) {
        stranger.getOutputStream().write(bytes);
        long start = System.nanoTime();
        readToEnd(stranger);
        assertTrue(System.nanoTime() - start < 2e9, "it was kept for the whole time limit");
      }
      assertRight(List.of(zero, team.start(1, CHUNKS, StrangersTest::train)));
    }
  }

  @Test
  void silentOnesHoldUpNobody() throws Exception {
    List<Socket> silent = new ArrayList<>();
    try (Ranks team = new Ranks(3)) {
      List<Future<float[]>> results = new ArrayList<>();
      results.add(team.start(0, CHUNKS, StrangersTest::train));
      for (int i = 0; i < 200; i++) { // far more than are kept
        silent.add(call(team));
      }
      results.add(team.start(1, CHUNKS, StrangersTest::train));
      for (int i = 0; i < 20; i++) {
        silent.add(call(team));
      }
      results.add(team.start(2, CHUNKS, StrangersTest::train));
      assertRight(results);
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  @Test
  void aSilentOneIsDroppedAfterItsTime() throws Exception {
    ExchangeTimeouts limits =
        new ExchangeTimeouts(
            Duration.ofSeconds(10), Duration.ofMillis(200), Duration.ofSeconds(10));
    try (Ranks team = new Ranks(2)) {
      Future<float[]> zero = team.start(0, Identities.PLAIN, limits, CHUNKS, StrangersTest::train);
      try (Socket silent = call(team);
          Socket half = call(team)) {
        half.getOutputStream().write(HandshakeBytes.hello(), 0, 50);
        readToEnd(silent);
        readToEnd(half);
      }
      assertFalse(zero.isDone());
      assertRight(List.of(zero, team.start(1, CHUNKS, StrangersTest::train)));
    }
  }

  @Test
  void aZombieOfAnOldAttemptIsRefusedAndTheNewAttemptGoesOn() throws Exception {
    RunIdentity old = new RunIdentity("run-7", 2, "1.0", 1, Identities.KEY, false);
    try (Ranks zombies = new Ranks(2);
        Ranks team = new Ranks(2)) {
      Future<Boolean> zombie =
          zombies.start(
              1,
              old,
              Ranks.TIMEOUTS,
              CHUNKS,
              exchange -> {
                // It still talks to its own peer, and calls the new attempt too.
                TRAINING.step(exchange, 0, 5, TRAINING.state());
                PeerRefusedException refused =
                    assertThrows(PeerRefusedException.class, () -> join(team, old, 1));
                return refused.reason() == Refusal.ATTEMPT;
              });
      zombies.startUnwatched(0, old, CHUNKS, StrangersTest::train);
      Future<float[]> zero = team.start(0, CHUNKS, StrangersTest::train);
      assertTrue(Ranks.result(zombie));
      assertRight(List.of(zero, team.start(1, CHUNKS, StrangersTest::train)));
    }
  }

  private static void join(Ranks team, RunIdentity identity, int rank) throws Exception {
    ExchangeListener own = ExchangeListener.bind(InetAddress.getLoopbackAddress());
    List<InetSocketAddress> peers = List.copyOf(team.addresses());
    ChunkOwners owners = ChunkOwners.inTurn(CHUNKS.size(), peers.size());
    PeerExchange.connect(own, identity, rank, peers, CHUNKS, owners, Ranks.TIMEOUTS).close();
  }

  private static Socket call(Ranks team) throws IOException {
    InetSocketAddress address = team.listener(0).address();
    Socket socket = new Socket(address.getAddress(), address.getPort());
    socket.setSoTimeout(10_000);
    return socket;
  }

  /** Until the other side ends it, politely or not. */
  private static void readToEnd(Socket socket) throws IOException {
    try {
      socket.getInputStream().readAllBytes();
    } catch (SocketTimeoutException late) {
      throw late;
    } catch (IOException reset) {
      // closed with our bytes unread
    }
  }

  private static float[] train(PeerExchange exchange) throws InterruptedException {
    float[] state = TRAINING.state();
    for (int step = 0; step < 3; step++) {
      TRAINING.step(exchange, step, 5, state);
    }
    return state;
  }

  private static void assertRight(List<Future<float[]>> results) throws Exception {
    float[] expected = TRAINING.state();
    for (int step = 0; step < 3; step++) {
      TRAINING.reference(step, 5, expected);
    }
    for (Future<float[]> result : results) {
      PeerExchangeTest.assertSameBits(expected, Ranks.result(result));
    }
  }
}
