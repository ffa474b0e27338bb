package io.convoy.exchange.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.checkpoint.CapturedLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Strangers in large numbers: what they cost the right ones, and the log. */
@Timeout(120)
class FloodTest {
  /** So long that nobody is dropped for being late. */
  private static final ExchangeTimeouts LONG =
      new ExchangeTimeouts(Duration.ofMinutes(2), Duration.ofMinutes(2), Duration.ofMinutes(2));

  @Test
  void aCallerWhoseHandshakeIsUnderWayIsNotCrowdedOut() throws Exception {
    List<Socket> silent = new ArrayList<>();
    try (Listeners team = new Listeners(2)) {
      Future<String> zero = connect(team, 0);
      Handshake caller = new Handshake(Identities.PLAIN, 1, 2);
      try (Socket socket = call(team)) {
        byte[] hello = caller.hello(0);
        socket.getOutputStream().write(hello);
        byte[] answer = socket.getInputStream().readNBytes(Handshake.ANSWER_BYTES);
        for (int i = 0; i < 200; i++) { // far more than are kept
          silent.add(call(team));
        }
        for (Socket stranger : silent.subList(0, 100)) {
          readToEnd(stranger); // it came later than the caller, and had to leave
        }
        socket.getOutputStream().write(caller.proof(hello, answer));
        byte[] welcome = socket.getInputStream().readNBytes(Handshake.WELCOME_BYTES);
        assertEquals(Handshake.WELCOME_BYTES, welcome.length, "it was crowded out");
        assertEquals(Refusal.NONE, Handshake.judgeWelcome(welcome));
        assertEquals("connected", Listeners.result(zero));
      }
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  @Test
  void strangersAreLoggedOnceAKindAndThenCounted() throws Exception {
    try (CapturedLog log = new CapturedLog(RefusalLog.class);
        Listeners team = new Listeners(2)) {
      Future<String> zero = connect(team, 0);
      for (int i = 0; i < 300; i++) {
        try (Socket stranger = call(team)) {
          stranger.getOutputStream().write("GET /".getBytes(StandardCharsets.US_ASCII));
          readToEnd(stranger);
        }
      }
      try (Socket stranger = call(team)) {
        stranger.getOutputStream().write(new Handshake(Identities.ENCRYPTED, 1, 2).hello(0));
        readToEnd(stranger);
      }
      Future<String> one = connect(team, 1);
      assertEquals("connected", Listeners.result(zero));
      assertEquals("connected", Listeners.result(one));
      List<String> lines = log.lines();
      assertEquals(3, lines.size(), lines.toString());
      assertTrue(
          lines
              .get(0)
              .matches(
                  "WARN Exchange: rank 0 refuses a connection from 127\\.0\\.0\\.1:\\d+: these are"
                      + " not the bytes of an exchange; further ones are counted"),
          lines.get(0));
      assertTrue(lines.get(1).contains(Refusal.SEAL.text()), lines.get(1));
      assertEquals(
          "WARN Exchange: rank 0 refused 301 connections: 300 x these are not the bytes of an"
              + " exchange, 1 x frames that are encrypted on one side and plain on the other",
          lines.get(2));
    }
  }

  @Test
  void aCallIsRepeatedWithPausesForAsLongAsThereIsTime() throws Exception {
    try (Listeners team = new Listeners(2);
        ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      door.setSoTimeout(60_000);
      team.addresses().set(0, (InetSocketAddress) door.getLocalSocketAddress());
      long start = System.nanoTime();
      Future<String> one = connect(team, 1);
      for (int crowdedOut = 0; crowdedOut < 7; crowdedOut++) {
        door.accept().close();
      }
      try (Socket caller = door.accept()) {
        long nanos = System.nanoTime() - start;
        assertTrue(nanos >= 2_000_000_000L, "seven calls within " + nanos + " ns"); // 2.26 s
        welcome(caller);
        assertEquals("connected", Listeners.result(one));
      }
    }
  }

  /** Starts a rank that connects, and no more. */
  private static Future<String> connect(Listeners team, int rank) {
    List<InetSocketAddress> addresses = List.copyOf(team.addresses());
    return team.submit(
        () -> {
          try (ExchangeListener own = team.listener(rank)) {
            PeerConnector.connect(own, Identities.PLAIN, rank, addresses, LONG)
                .forEach(ProvenConnection::close);
            return "connected";
          }
        });
  }

  /** Rank 0's part in a handshake. */
  private static void welcome(Socket caller) throws IOException {
    Handshake zero = new Handshake(Identities.PLAIN, 0, 2);
    byte[] hello = caller.getInputStream().readNBytes(Handshake.HELLO_BYTES);
    byte[] answer = zero.answer(hello);
    caller.getOutputStream().write(answer);
    byte[] proof = caller.getInputStream().readNBytes(Handshake.PROOF_BYTES);
    assertEquals(Refusal.NONE, zero.judgeProof(hello, answer, proof));
    caller.getOutputStream().write(Handshake.welcome(Refusal.NONE));
  }

  private static Socket call(Listeners team) throws IOException {
    InetSocketAddress address = team.listener(0).address();
    Socket socket = new Socket(address.getAddress(), address.getPort());
    socket.setSoTimeout(60_000);
    return socket;
  }

  /** Until the other side ends it, politely or not. */
  private static void readToEnd(Socket socket) throws IOException {
    try {
      socket.getInputStream().readAllBytes();
    } catch (java.net.SocketTimeoutException late) {
      throw late;
    } catch (IOException reset) {
      // closed with our bytes unread
    }
  }
}
