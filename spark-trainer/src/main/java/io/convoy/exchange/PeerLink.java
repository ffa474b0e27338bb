package io.convoy.exchange;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** The connection to one peer that has proven who it is: both directions of a step. */
final class PeerLink implements AutoCloseable {
  /** Bytes that the system may keep for a socket, where it allows that many. */
  static final int SOCKET_BUFFER = 1 << 20;

  private final int rank;
  private final InetSocketAddress address;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final OutgoingFrames outgoing;
  private final IncomingFrames incoming;
  private int interest;

  PeerLink(
      int rank,
      InetSocketAddress address,
      SocketChannel channel,
      Selector selector,
      OutgoingFrames outgoing,
      IncomingFrames incoming)
      throws IOException {
    this.rank = rank;
    this.address = address;
    this.channel = channel;
    this.outgoing = outgoing;
    this.incoming = incoming;
    this.key = channel.register(selector, 0, this);
  }

  void begin(StepData data) {
    outgoing.begin(data);
    incoming.begin(data);
  }

  boolean done() {
    return outgoing.done() && incoming.done();
  }

  /** Tells the selector what to watch for, after {@code finished} own groups. */
  void watch(int finished) {
    incoming.deliver(finished);
    int wanted =
        (outgoing.pending(finished) ? SelectionKey.OP_WRITE : 0)
            | (incoming.wanting() ? SelectionKey.OP_READ : 0);
    if (wanted != interest) {
      interest = wanted;
      key.interestOps(wanted);
    }
  }

  /** Moves what can be moved now; returns whether anything moved. */
  boolean move(int finished) throws IOException {
    boolean progress = false;
    if (key.isWritable()) {
      progress |= outgoing.send(channel, finished);
    }
    if (key.isReadable()) {
      progress |= incoming.receive(channel, finished);
    }
    return progress;
  }

  IncomingFrames incoming() {
    return incoming;
  }

  int rank() {
    return rank;
  }

  /** Rank, host and port, for messages. */
  String name() {
    return "rank %d (%s)".formatted(rank, Channels.name(address));
  }

  /** What it waits for, for messages. */
  String awaited() {
    return incoming.done() ? "that it takes our bytes" : incoming.awaited();
  }

  @Override
  public void close() {
    Channels.closeQuietly(channel);
  }
}
