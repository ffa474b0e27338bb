package io.convoy.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.exchange.connect.ExchangeTimeouts;
import io.convoy.exchange.connect.HandshakeBytes;
import io.convoy.exchange.connect.Identities;
import io.convoy.exchange.connect.PeerLostException;
import io.convoy.network.StateLayout.Chunk;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What breaks among the right peers, and how soon and how clearly the others say so. */
@Timeout(60)
class FaultsTest {
  private static final List<Chunk> CHUNKS = Ranks.chunks(100, 200, 8192, 8192, 8192, 300);
  private static final Training TRAINING = new Training(CHUNKS);

  /** "Within about 100 ms", with room for a busy machine. */
  private static final double PROMPT_MILLIS = 1000;

  private static final int HANDSHAKE = HandshakeBytes.OF_CALLER;

  @ParameterizedTest
  @CsvSource({
    "0, 1, 'magic=0x46585642, expected 0x46585643'",
    "4, 1, 'version and kind=0x00000100, expected 0x00000101'",
    "5, 64, 'a frame of no known kind, or no frame at all'",
    "5, 3, 'a frame of GRADIENTS before its figures'",
    "8, 1, 'a frame of FIGURES with run='",
    "16, 1, 'a frame of FIGURES with attempt=2, expected 3'",
    "20, 1, 'a frame of FIGURES with rank=0, expected 1'",
    "24, 4, 'a frame of FIGURES with step=4, expected 0'",
    "32, 1, 'a frame of FIGURES with sequence=1, expected 0'",
    "36, 1, 'a frame of FIGURES with first=3, expected 2'",
    "40, 1, 'a frame of FIGURES with count=3, expected 2'",
    "52, 1, 'a frame of FIGURES with shards=5, expected 4'",
    "59, 127, 'a frame of FIGURES with bytes=2130706464, expected 32'",
    "60, 1, 'a frame of FIGURES whose checksum is wrong'",
    "70, 128, 'a frame of FIGURES whose checksum is wrong'",
    "9000, 8, 'a frame of GRADIENTS whose checksum is wrong'",
  })
  void oneAlteredBitIsNoticed(int position, int mask, String message) throws Exception {
    try (Ranks team = new Ranks(2);
        AlteringProxy proxy =
            new AlteringProxy(team, team.listener(0).address(), HANDSHAKE + position, mask)) {
      Future<double[]> zero = team.start(0, CHUNKS, FaultsTest::step);
      team.addresses().set(0, proxy.address());
      Future<double[]> one = team.start(1, CHUNKS, FaultsTest::step);
      ExchangeCorruptException corrupt =
          assertThrows(ExchangeCorruptException.class, () -> Ranks.result(zero));
      assertEquals(1, corrupt.rank());
      String text = corrupt.getMessage();
      assertTrue(text.contains(message), text);
      assertTrue(text.startsWith("rank 1 sent in step 0 "), text);
      assertEquals(ConvoyException.Kind.RESOURCE, corrupt.kind());
      assertThrows(PeerLostException.class, () -> Ranks.result(one));
    }
  }

  @Test
  void aPeerThatIsAtAnotherStepIsRefused() throws Exception {
    try (Ranks team = new Ranks(2)) {
      Future<double[]> zero = team.start(0, CHUNKS, FaultsTest::step);
      Future<double[]> one =
          team.start(1, CHUNKS, peer -> TRAINING.step(peer, 5, 4, TRAINING.state()));
      ExchangeCorruptException corrupt = null;
      for (Future<double[]> rank : List.of(zero, one)) {
        try {
          Ranks.result(rank);
        } catch (ExchangeCorruptException noticed) {
          corrupt = noticed;
        } catch (PeerLostException sawTheOtherLeave) {
          // the one that noticed first closed the connection
        }
      }
      assertTrue(corrupt.getMessage().matches(".* with step=[05], expected [05]"), "" + corrupt);
    }
  }

  @Test
  void thePeersOfOneThatDiesInMidStepLeaveAtOnce() throws Exception {
    try (Ranks team = new Ranks(3)) {
      AtomicReference<Long> death = new AtomicReference<>();
      Future<double[]> zero = team.start(0, CHUNKS, FaultsTest::step);
      Future<double[]> one = team.start(1, CHUNKS, FaultsTest::step);
      Future<double[]> two =
          team.start(
              2,
              CHUNKS,
              peer -> {
                Thread.sleep(100); // the others are in their step by then
                death.set(System.nanoTime());
                throw new IllegalStateException("dies");
              });
      assertThrows(IllegalStateException.class, () -> Ranks.result(two));
      for (Future<double[]> rank : List.of(zero, one)) {
        PeerLostException lost = assertThrows(PeerLostException.class, () -> Ranks.result(rank));
        double millis = (System.nanoTime() - death.get()) / 1e6;
        assertTrue(millis < PROMPT_MILLIS, "left after " + millis + " ms");
        assertTrue(
            lost.getMessage().matches("rank \\d \\(127.0.0.1:\\d+\\) was lost in step 0 while .*"),
            lost.getMessage());
      }
    }
  }

  @Test
  void anInterruptEndsTheStepAtOnceAndThePeerNotices() throws Exception {
    try (Ranks team = new Ranks(2)) {
      AtomicReference<Thread> waiting = new AtomicReference<>();
      CountDownLatch connected = new CountDownLatch(1);
      Future<double[]> zero =
          team.start(
              0,
              CHUNKS,
              peer -> {
                waiting.set(Thread.currentThread());
                connected.countDown();
                return step(peer);
              });
      CountDownLatch never = new CountDownLatch(1);
      Future<Boolean> one =
          team.start(
              1,
              CHUNKS,
              peer -> {
                never.await();
                step(peer);
                return true;
              });
      connected.await();
      Thread.sleep(100); // so that the interrupt comes while it waits for rank 1
      long start = System.nanoTime();
      waiting.get().interrupt();
      InterruptedException interrupted =
          assertThrows(InterruptedException.class, () -> Ranks.result(zero));
      double millis = (System.nanoTime() - start) / 1e6;
      assertTrue(millis < PROMPT_MILLIS, "left after " + millis + " ms");
      assertEquals("interrupted in step 0", interrupted.getMessage());
      never.countDown();
      assertThrows(PeerLostException.class, () -> Ranks.result(one));
    }
  }

  @Test
  void aPeerThatHangsIsNamedAfterTheTimeLimit() throws Exception {
    ExchangeTimeouts limits =
        new ExchangeTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofMillis(300));
    try (Ranks team = new Ranks(3)) {
      CountDownLatch never = new CountDownLatch(1);
      Future<double[]> zero = team.start(0, Identities.PLAIN, limits, CHUNKS, FaultsTest::step);
      team.startUnwatched(1, Identities.PLAIN, CHUNKS, FaultsTest::step);
      team.startUnwatched(
          2,
          Identities.PLAIN,
          CHUNKS,
          peer -> {
            never.await();
            return null;
          });
      PeerLostException lost = assertThrows(PeerLostException.class, () -> Ranks.result(zero));
      assertEquals(2, lost.rank());
      assertEquals(
          "rank 2 (%s) was silent for 300 ms in step 0 while waiting for its figures; %s"
              .formatted(team.name(2), "it hangs, or its network does"),
          lost.getMessage());
      never.countDown();
    }
  }

  @Test
  void closingFromAnotherThreadEndsTheStep() throws Exception {
    try (Ranks team = new Ranks(2)) {
      AtomicReference<PeerExchange> open = new AtomicReference<>();
      CountDownLatch connected = new CountDownLatch(1);
      CountDownLatch never = new CountDownLatch(1);
      Future<double[]> zero =
          team.start(
              0,
              CHUNKS,
              peer -> {
                open.set(peer);
                connected.countDown();
                return step(peer);
              });
      team.startUnwatched(
          1,
          Identities.PLAIN,
          CHUNKS,
          peer -> {
            never.await();
            return null;
          });
      connected.await();
      Thread.sleep(100); // so that it waits in its step
      open.get().close();
      ConvoyException closed = assertThrows(ConvoyException.class, () -> Ranks.result(zero));
      assertEquals("the exchange of rank 0 was closed before step 0 was done", closed.getMessage());
      never.countDown();
    }
  }

  @Test
  void aPeerThatNeverComesOrEndedIsNamed() throws Exception {
    ExchangeTimeouts limits =
        new ExchangeTimeouts(Duration.ofMillis(300), Duration.ofSeconds(5), Duration.ofSeconds(5));
    try (Ranks team = new Ranks(2)) {
      Future<double[]> zero = team.start(0, Identities.PLAIN, limits, CHUNKS, FaultsTest::step);
      PeerLostException absent = assertThrows(PeerLostException.class, () -> Ranks.result(zero));
      assertEquals(
          "rank 1 (%s) did not call rank 0 within 300 ms; look at that executor's log"
              .formatted(team.name(1)),
          absent.getMessage());
      Future<double[]> one = team.start(1, CHUNKS, FaultsTest::step);
      PeerLostException ended = assertThrows(PeerLostException.class, () -> Ranks.result(one));
      assertTrue(
          ended.getMessage().contains(") cannot be reached from rank 1: Connection refused"),
          ended.getMessage());
    }
  }

  private static double[] step(PeerExchange exchange) throws InterruptedException {
    return TRAINING.step(exchange, 0, 4, TRAINING.state());
  }
}
