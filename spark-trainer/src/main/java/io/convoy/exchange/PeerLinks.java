package io.convoy.exchange;

import io.convoy.exchange.connect.ProvenConnection;
import io.convoy.exchange.connect.RunIdentity;
import io.convoy.exchange.connect.Seals;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/** A rank's links to its peers, in ascending order of ranks, and the wait for any of them. */
final class PeerLinks implements Iterable<PeerLink>, AutoCloseable {
  private final Selector selector;
  private final PeerLink[] byRank;
  private final List<PeerLink> links;

  /**
   * @param selector null where there is no peer
   * @param byRank null at the own rank
   */
  private PeerLinks(Selector selector, PeerLink[] byRank) {
    this.selector = selector;
    this.byRank = byRank;
    this.links = Arrays.stream(byRank).filter(Objects::nonNull).toList();
  }

  /** Those of a single rank: no peer, no socket. */
  static PeerLinks none() {
    return new PeerLinks(null, new PeerLink[1]);
  }

  /**
   * Takes over a rank's connections; where it throws, they are closed.
   *
   * @param connections one to each peer
   */
  static PeerLinks of(
      List<ProvenConnection> connections, RunIdentity identity, int rank, Ownership ownership)
      throws IOException {
    Selector selector = null;
    try {
      selector = Selector.open();
      Frame own = new Frame(identity, rank);
      PeerLink[] byRank = new PeerLink[ownership.ranks()];
      for (ProvenConnection connection : connections) {
        int peer = connection.rank();
        Frame theirs = new Frame(identity, peer);
        Seals seals = connection.seals();
        byRank[peer] =
            new PeerLink(
                connection,
                selector,
                new OutgoingFrames(ownership, rank, peer, own, seals.outgoing()),
                new IncomingFrames(ownership, rank, peer, theirs, seals.incoming()));
      }
      return new PeerLinks(selector, byRank);
    } catch (IOException | RuntimeException | Error failure) {
      connections.forEach(ProvenConnection::close);
      close(selector);
      throw failure;
    }
  }

  /** N, the number of ranks, this one among them. */
  int ranks() {
    return byRank.length;
  }

  /** The link to a peer. */
  PeerLink to(int peer) {
    return byRank[peer];
  }

  @Override
  public Iterator<PeerLink> iterator() {
    return links.iterator();
  }

  /**
   * Waits until a connection is ready for what its link wants to move.
   *
   * @param own how far the own chunks are
   * @return whether one is
   */
  boolean await(GroupFinisher own, long millis) throws IOException {
    for (PeerLink link : links) {
      link.watch(own);
    }
    return selector.select(PeerLinks::wake, millis) > 0;
  }

  private static void wake(SelectionKey key) {
    ((PeerLink) key.attachment()).wake();
  }

  @Override
  public void close() {
    links.forEach(PeerLink::close);
    close(selector);
  }

  private static void close(Selector selector) {
    if (selector == null) {
      return;
    }
    try {
      selector.close();
    } catch (IOException ignored) {
      // The connections are closed in any case.
    }
  }
}
