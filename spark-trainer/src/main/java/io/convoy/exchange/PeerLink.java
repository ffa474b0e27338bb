package io.convoy.exchange;

import io.convoy.exchange.connect.ProvenConnection;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** The connection to one peer that has proven who it is: both directions of a step. */
final class PeerLink implements AutoCloseable {
  private final ProvenConnection connection;
  private final SelectionKey key;
  private final OutgoingFrames outgoing;
  private final IncomingFrames incoming;
  private int interest;
  private boolean writable = true;
  private boolean readable = true;

  PeerLink(
      ProvenConnection connection,
      Selector selector,
      OutgoingFrames outgoing,
      IncomingFrames incoming)
      throws IOException {
    this.connection = connection;
    this.outgoing = outgoing;
    this.incoming = incoming;
    this.key = connection.channel().register(selector, 0, this);
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
      progress |= outgoing.send(connection.channel(), own);
      writable = !outgoing.stuck();
    }
    if (readable && incoming.wanting()) {
      progress |= incoming.receive(connection.channel(), own);
      readable = !incoming.drained();
    }
    return progress;
  }

  IncomingFrames incoming() {
    return incoming;
  }

  int rank() {
    return connection.rank();
  }

  /** Rank, host and port, for messages. */
  String name() {
    return connection.name();
  }

  /** What it waits for, for messages. */
  String awaited() {
    return incoming.done() ? "that it takes our bytes" : incoming.awaited();
  }

  @Override
  public void close() {
    connection.close();
  }
}
