package io.convoy.exchange.connect;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.function.IntPredicate;

/**
 * A connection that has not proven itself: a buffer of one message, a deadline, and where it stands
 * in the handshake. It never blocks; {@link #advance()} takes what is there.
 */
final class PendingConnection {
  /** What the connection waits for. */
  private enum Stage {
    CONNECTED,
    HELLO,
    PROOF,
    ANSWER,
    WELCOME,
    DONE
  }

  private final SocketChannel channel;
  private final InetSocketAddress remote;
  private final Handshake handshake;
  private final IntPredicate taken;
  private final long deadline;
  private final boolean caller;
  private Stage stage;
  private ByteBuffer incoming;
  private byte[] hello;
  private byte[] answer;
  private int rank;
  private Refusal refusal = Refusal.NONE;

  private PendingConnection(
      SocketChannel channel,
      InetSocketAddress remote,
      Handshake handshake,
      IntPredicate taken,
      int rank,
      long deadline) {
    this.channel = channel;
    this.remote = remote;
    this.handshake = handshake;
    this.taken = taken;
    this.rank = rank;
    this.deadline = deadline;
    this.caller = rank >= 0;
  }

  /** One that called us: {@code taken} says which ranks are connected already. */
  static PendingConnection accepted(
      SocketChannel channel, Handshake handshake, IntPredicate taken, long deadline)
      throws IOException {
    InetSocketAddress remote = (InetSocketAddress) channel.getRemoteAddress();
    PendingConnection pending =
        new PendingConnection(channel, remote, handshake, taken, -1, deadline);
    pending.await(Stage.HELLO, Handshake.HELLO_BYTES);
    return pending;
  }

  /** One that we call: its non-blocking connect is under way. */
  static PendingConnection calling(
      SocketChannel channel,
      InetSocketAddress remote,
      Handshake handshake,
      int rank,
      long deadline) {
    PendingConnection pending =
        new PendingConnection(channel, remote, handshake, r -> false, rank, deadline);
    pending.stage = Stage.CONNECTED;
    return pending;
  }

  /**
   * Goes as far as the bytes that are there allow.
   *
   * @return whether the handshake is over: well if {@link #refusal()} is NONE
   * @throws IOException if the connection broke
   */
  boolean advance() throws IOException {
    if (stage == Stage.CONNECTED) {
      if (!channel.finishConnect()) {
        return false;
      }
      hello = handshake.hello(rank);
      send(hello);
      await(Stage.ANSWER, Handshake.ANSWER_BYTES);
    }
    while (stage != Stage.DONE) {
      int count = channel.read(incoming);
      if (count < 0) {
        throw new EOFException("closed by the other side in its handshake");
      }
      if (!Handshake.plausible(incoming.array(), incoming.position())) {
        refuse(Refusal.PROTOCOL);
      } else if (!incoming.hasRemaining()) {
        receive(incoming.array());
      } else if (count == 0) {
        return false;
      }
    }
    return true;
  }

  private void receive(byte[] message) throws IOException {
    switch (stage) {
      case HELLO -> receiveHello(message);
      case PROOF -> receiveProof(message);
      case ANSWER -> receiveAnswer(message);
      case WELCOME -> refuse(Handshake.judgeWelcome(message));
      case CONNECTED, DONE -> throw new IllegalStateException("stage=" + stage);
    }
  }

  private void receiveHello(byte[] message) throws IOException {
    hello = message;
    Refusal reason = handshake.judgeHello(message);
    if (reason != Refusal.NONE) {
      send(Handshake.refusingAnswer(reason));
      refuse(reason);
      return;
    }
    answer = handshake.answer(message);
    send(answer);
    await(Stage.PROOF, Handshake.PROOF_BYTES);
  }

  private void receiveProof(byte[] message) throws IOException {
    Refusal reason = handshake.judgeProof(hello, answer, message);
    rank = Handshake.caller(hello);
    if (reason == Refusal.NONE && taken.test(rank)) {
      reason = Refusal.DUPLICATE;
    }
    send(Handshake.welcome(reason));
    refuse(reason);
  }

  private void receiveAnswer(byte[] message) throws IOException {
    answer = message;
    Refusal reason = handshake.judgeAnswer(hello, message);
    if (reason != Refusal.NONE) {
      refuse(reason);
      return;
    }
    send(handshake.proof(hello, message));
    await(Stage.WELCOME, Handshake.WELCOME_BYTES);
  }

  private void await(Stage next, int bytes) {
    stage = next;
    incoming = ByteBuffer.allocate(bytes);
  }

  private void refuse(Refusal reason) {
    refusal = reason;
    stage = Stage.DONE;
  }

  private void send(byte[] message) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(message);
    channel.write(bytes);
    if (bytes.hasRemaining()) {
      throw new IOException("a fresh connection does not take " + message.length + " bytes");
    }
  }

  /** What the selector has to watch for. */
  int interest() {
    return stage == Stage.CONNECTED ? SelectionKey.OP_CONNECT : SelectionKey.OP_READ;
  }

  /** Why it was refused, by us or by the other side; NONE while nothing is wrong. */
  Refusal refusal() {
    return refusal;
  }

  /** The proven rank of the other side, or the one that is called. */
  int rank() {
    return rank;
  }

  /** Whether this side called. */
  boolean caller() {
    return caller;
  }

  /** Whether it called us with a HELLO that was judged sound: most strangers cannot say one. */
  boolean saidHello() {
    return stage == Stage.PROOF;
  }

  /**
   * The connection after a handshake that went well.
   *
   * @param address of the other side's listener
   */
  ProvenConnection proven(InetSocketAddress address) {
    return new ProvenConnection(rank, address, channel, handshake.seals(hello, answer, caller));
  }

  /** {@link System#nanoTime()} by which it has to be done. */
  long deadline() {
    return deadline;
  }

  SocketChannel channel() {
    return channel;
  }

  InetSocketAddress remote() {
    return remote;
  }

  /** Who it is, as far as known, for a log line. */
  String describe() {
    String claim = caller || hello == null ? "" : " (says it is " + Handshake.claim(hello) + ")";
    return Channels.name(remote) + claim;
  }
}
