package io.convoy.exchange.connect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Brings a rank together with all its peers: it calls the lower ranks, and the higher ones call it.
 * One selector serves all connections at once, so that a silent or talkative stranger holds up
 * nobody.
 */
public final class PeerConnector implements AutoCloseable {
  private static final String BROKEN = "it broke off in its handshake";

  private final ExchangeListener listener;
  private final Handshake handshake;
  private final int rank;
  private final List<InetSocketAddress> peers;
  private final ExchangeTimeouts timeouts;
  private final long deadline;
  private final Selector selector;
  private final ProvenConnection[] connected;
  private final RepeatedCalls repeated;
  private final RefusalLog refusals;
  private final PendingConnections pending;

  private PeerConnector(
      ExchangeListener listener,
      RunIdentity identity,
      int rank,
      List<InetSocketAddress> peers,
      ExchangeTimeouts timeouts)
      throws IOException {
    this.listener = listener;
    this.handshake = new Handshake(identity, rank, peers.size());
    this.rank = rank;
    this.peers = peers;
    this.timeouts = timeouts;
    this.deadline = System.nanoTime() + timeouts.connect().toNanos();
    this.connected = new ProvenConnection[peers.size()];
    this.repeated = new RepeatedCalls(peers.size());
    this.refusals = new RefusalLog(rank);
    this.pending = new PendingConnections(peers.size(), refusals);
    this.selector = Selector.open();
  }

  /**
   * Connects a rank with all its peers, each of which does the same.
   *
   * @param listener of this rank
   * @param identity what all ranks must have in common
   * @param peers the listeners' addresses of all ranks, in order of ranks
   * @param timeouts limits of every wait
   * @return a connection to each peer, in ascending order of ranks; the caller's to close
   * @throws PeerLostException if a peer cannot be reached or does not come
   * @throws PeerRefusedException if this rank and a peer do not belong together
   * @throws IOException if this rank can open no connections
   * @throws InterruptedException if the thread is interrupted
   */
  public static List<ProvenConnection> connect(
      ExchangeListener listener,
      RunIdentity identity,
      int rank,
      List<InetSocketAddress> peers,
      ExchangeTimeouts timeouts)
      throws IOException, InterruptedException {
    try (PeerConnector connector = new PeerConnector(listener, identity, rank, peers, timeouts)) {
      return connector.connect();
    }
  }

  private List<ProvenConnection> connect() throws IOException, InterruptedException {
    listener.channel().register(selector, SelectionKey.OP_ACCEPT);
    for (int peer = 0; peer < rank; peer++) {
      call(peer);
    }
    while (missing() >= 0) {
      long now = System.nanoTime();
      if (now - deadline >= 0) {
        throw absent(missing());
      }
      selector.select(this::ready, Math.max(1, millisToNextDeadline(now)));
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while connecting rank " + rank);
      }
      now = System.nanoTime();
      pending.dropLate(now);
      repeated.takeDue(now).forEach(this::call);
    }
    return release();
  }

  private void ready(SelectionKey key) {
    if (key.attachment() == null) {
      accept();
    } else {
      advance((PendingConnection) key.attachment());
    }
  }

  private void accept() {
    SocketChannel channel = null;
    try {
      channel = listener.channel().accept();
      if (channel == null) {
        return;
      }
      pending.makeRoom();
      long until = System.nanoTime() + timeouts.handshake().toNanos();
      PendingConnection stranger =
          PendingConnection.accepted(channel, handshake, r -> connected[r] != null, until);
      watch(stranger);
    } catch (IOException broken) {
      Channels.closeQuietly(channel); // gone before it said a word
    }
  }

  private void call(int peer) {
    SocketChannel channel = null;
    try {
      channel = SocketChannel.open();
      channel.setOption(StandardSocketOptions.SO_RCVBUF, Channels.SOCKET_BUFFER);
      channel.configureBlocking(false);
      channel.connect(peers.get(peer));
      watch(PendingConnection.calling(channel, peers.get(peer), handshake, peer, deadline));
    } catch (IOException failure) {
      Channels.closeQuietly(channel);
      throw unreachable(peer, failure);
    }
  }

  private void watch(PendingConnection connection) throws IOException {
    connection.channel().configureBlocking(false);
    connection.channel().setOption(StandardSocketOptions.TCP_NODELAY, true);
    connection.channel().setOption(StandardSocketOptions.SO_SNDBUF, Channels.SOCKET_BUFFER);
    pending.add(connection);
    connection.channel().register(selector, connection.interest(), connection);
  }

  private void advance(PendingConnection connection) {
    if (!pending.contains(connection)) {
      return; // crowded out in this very round
    }
    try {
      if (!connection.advance()) {
        connection.channel().keyFor(selector).interestOps(connection.interest());
        return;
      }
    } catch (IOException broken) {
      pending.drop(connection);
      retry(connection, broken);
      return;
    }
    pending.remove(connection);
    if (connection.refusal() == Refusal.NONE) {
      connected[connection.rank()] = connection.proven(peers.get(connection.rank()));
      connection.channel().keyFor(selector).cancel();
      return;
    }
    Channels.closeQuietly(connection.channel());
    if (connection.caller()) {
      throw refused(connection);
    }
    refusals.add(connection, connection.refusal().text());
  }

  private void retry(PendingConnection connection, IOException broken) {
    if (!connection.caller()) {
      refusals.add(connection, BROKEN);
      return;
    }
    int peer = connection.rank();
    if (broken instanceof ConnectException) {
      throw unreachable(peer, broken); // a listener is bound before others learn its address
    }
    repeated.add(peer, broken, System.nanoTime());
  }

  /** The lowest rank that is not here yet, or -1. */
  private int missing() {
    for (int peer = 0; peer < connected.length; peer++) {
      if (peer != rank && connected[peer] == null) {
        return peer;
      }
    }
    return -1;
  }

  private long millisToNextDeadline(long now) {
    return pending.nanosToNext(now, repeated.nanosToNext(now, deadline - now)) / 1_000_000;
  }

  private PeerLostException absent(int peer) {
    String who = peer < rank ? "did not answer" : "did not call";
    return new PeerLostException(
        peer,
        "%s %s rank %s within %s ms%s; look at that executor's log"
            .formatted(
                Channels.name(peer, peers.get(peer)),
                who,
                rank,
                timeouts.connect().toMillis(),
                repeated.lastFailure(peer) + refusals.last()),
        null);
  }

  private PeerLostException unreachable(int peer, IOException failure) {
    return new PeerLostException(
        peer,
        "%s cannot be reached from rank %s: %s; it ended, or a firewall stands between"
            .formatted(Channels.name(peer, peers.get(peer)), rank, failure.getMessage()),
        failure);
  }

  private PeerRefusedException refused(PendingConnection connection) {
    return new PeerRefusedException(
        connection.rank(),
        connection.refusal(),
        "rank %s and %s do not go together: %s"
            .formatted(
                rank,
                Channels.name(connection.rank(), connection.remote()),
                connection.refusal().text()));
  }

  /** Hands over the channels: after that, closing this leaves them open. */
  private List<ProvenConnection> release() {
    try {
      selector.selectNow(); // forgets the cancelled keys, so that another selector can take them
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot finish connecting rank " + rank, failure);
    }
    List<ProvenConnection> proven = connections();
    Arrays.fill(connected, null);
    return proven;
  }

  private List<ProvenConnection> connections() {
    return Arrays.stream(connected).filter(Objects::nonNull).toList();
  }

  @Override
  public void close() {
    pending.close();
    refusals.close();
    connections().forEach(ProvenConnection::close);
    Channels.closeQuietly(selector);
  }
}
