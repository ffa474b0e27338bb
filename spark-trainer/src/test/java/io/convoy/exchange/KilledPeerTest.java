package io.convoy.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.exchange.connect.ExchangeListener;
import io.convoy.exchange.connect.Identities;
import io.convoy.exchange.connect.PeerLostException;
import io.convoy.network.StateLayout.Chunk;
import io.convoy.shard.ChunkOwners;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ranks in processes of their own, one of which is killed while the other waits for it. */
@Timeout(60)
class KilledPeerTest {
  private static final List<Chunk> CHUNKS = Ranks.chunks(8192, 8192, 5);
  private static final Training TRAINING = new Training(CHUNKS);

  /** Rank 1: takes part in one step and then does nothing until it is killed. */
  public static void main(String[] args) throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    ExchangeListener listener = ExchangeListener.bind(loopback);
    List<InetSocketAddress> addresses =
        List.of(new InetSocketAddress(loopback, Integer.parseInt(args[0])), listener.address());
    ChunkOwners owners = ChunkOwners.inTurn(CHUNKS.size(), 2);
    try (PeerExchange exchange =
        PeerExchange.connect(
            listener, Identities.PLAIN, 1, addresses, CHUNKS, owners, Ranks.TIMEOUTS)) {
      TRAINING.step(exchange, 0, 4, TRAINING.state());
      System.out.println("done");
      Thread.sleep(60_000);
    }
  }

  @Test
  void aKilledProcessIsNoticedAtOnce() throws Exception {
    try (Ranks team = new Ranks(2)) {
      Process process = startRankOne(team.listener(0).address());
      try (BufferedReader output =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
        Future<Void> zero =
            team.start(
                0,
                CHUNKS,
                exchange -> {
                  float[] state = TRAINING.state();
                  float[] expected = TRAINING.state();
                  TRAINING.step(exchange, 0, 4, state);
                  TRAINING.reference(0, 4, expected);
                  PeerExchangeTest.assertSameBits(expected, state);
                  TRAINING.step(exchange, 1, 4, state);
                  return null;
                });
        assertEquals("done", output.readLine());
        Thread.sleep(100); // so that rank 0 waits in its second step
        long death = System.nanoTime();
        process.destroyForcibly();
        PeerLostException lost = assertThrows(PeerLostException.class, () -> Ranks.result(zero));
        double millis = (System.nanoTime() - death) / 1e6;
        assertTrue(millis < 1000, "left after " + millis + " ms");
        assertTrue(
            lost.getMessage().contains(" was lost in step 1 while waiting for its figures: "));
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  private static Process startRankOne(InetSocketAddress rankZero) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-cp",
            System.getProperty("java.class.path"),
            KilledPeerTest.class.getName(),
            String.valueOf(rankZero.getPort()))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
