package io.convoy.exchange.connect;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The connections whose handshake is under way, in the order in which they came. They are bounded
 * in number, so that a new one makes an old one give way, and each that called us has its deadline.
 */
final class PendingConnections implements AutoCloseable {
  /** How many there are at a time, beyond one for each peer. */
  private static final int STRANGERS = 64;

  private final int most;
  private final RefusalLog refusals;
  private final Set<PendingConnection> connections = new LinkedHashSet<>();

  /**
   * @param peers how many connections are expected
   * @param refusals where those are noted that have to go
   */
  PendingConnections(int peers, RefusalLog refusals) {
    this.most = STRANGERS + peers;
    this.refusals = refusals;
  }

  void add(PendingConnection connection) {
    connections.add(connection);
  }

  boolean contains(PendingConnection connection) {
    return connections.contains(connection);
  }

  /** Takes out a connection whose handshake is over; it stays open. */
  void remove(PendingConnection connection) {
    connections.remove(connection);
  }

  /** Takes a connection out and closes it. */
  void drop(PendingConnection connection) {
    connections.remove(connection);
    Channels.closeQuietly(connection.channel());
  }

  /** Makes sure that one more may be added. */
  void makeRoom() {
    for (int excess = connections.size() - most; excess >= 0; excess--) {
      refuse(leastKnown());
    }
  }

  /** Of those that called us the oldest which has said no sound HELLO yet, else the oldest. */
  private PendingConnection leastKnown() {
    PendingConnection oldest = null;
    for (PendingConnection connection : connections) {
      if (connection.caller()) {
        continue;
      }
      if (!connection.saidHello()) {
        return connection;
      }
      oldest = oldest == null ? connection : oldest;
    }
    return oldest;
  }

  /**
   * Drops those that called us and are out of time.
   *
   * @param now {@link System#nanoTime()}
   */
  void dropLate(long now) {
    for (PendingConnection connection : List.copyOf(connections)) {
      if (!connection.caller() && now - connection.deadline() >= 0) {
        refuse(connection);
      }
    }
  }

  private void refuse(PendingConnection connection) {
    refusals.add(connection, Refusal.LATE.text());
    drop(connection);
  }

  /** Nanoseconds until the next deadline, {@code most} if there is none before. */
  long nanosToNext(long now, long most) {
    return connections.stream()
        .mapToLong(connection -> connection.deadline() - now)
        .reduce(most, Math::min);
  }

  @Override
  public void close() {
    List.copyOf(connections).forEach(this::drop);
  }
}
