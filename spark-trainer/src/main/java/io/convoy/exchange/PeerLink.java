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
  private boolean writable = true;
  private boolean readable = true;

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

  /** Tells the selector what to watch for. */
  void watch(GroupFinisher own) {
    int wanted =
        (outgoing.pending(own) ? SelectionKey.OP_WRITE : 0)
            | (incoming.wanting() ? SelectionKey.OP_READ : 0);
    if (wanted != interest) {
      interest = wanted;
      key.interestOps(wanted);
    }
  }

  /** Notes what the selector found. */
  void wake() {
    writable |= key.isWritable();
    readable |= key.isReadable();
  }

  /**
   * Moves what can be moved now; returns whether anything moved. A connection that took or gave
   * less than it was asked for is left alone until the selector finds it ready again.
   */
  boolean move(GroupFinisher own) throws IOException {
    boolean progress = incoming.deliver(own);
    if (writable && outgoing.pending(own)) {
      progress |= outgoing.send(channel, own);
      writable = !outgoing.stuck();
    }
    if (readable && incoming.wanting()) {
      progress |= incoming.receive(channel, own);
      readable = !incoming.drained();
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
    return "rank %s (%s)".formatted(rank, Channels.name(address));
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
