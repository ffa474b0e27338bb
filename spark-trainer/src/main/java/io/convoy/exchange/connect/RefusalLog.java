package io.convoy.exchange.connect;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a rank says of the connections that it does not take: the first of a kind in words, then
 * their numbers, once, at the end. So whoever floods the address fills no log.
 */
final class RefusalLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);

  private final int rank;
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private PendingConnection last;
  private String lastReason;

  RefusalLog(int rank) {
    this.rank = rank;
  }

  /**
   * A connection is not taken.
   *
   * @param reason its kind, of which there are few
   */
  void add(PendingConnection connection, String reason) {
    last = connection;
    lastReason = reason;
    if (counts.merge(reason, 1L, Long::sum) == 1) {
      LOG.warn(
          "Exchange: rank {} refuses a connection from {}: {}; further ones are counted",
          rank,
          connection.describe(),
          reason);
    }
  }

  /** The last one, for the end of a message; empty where there was none. */
  String last() {
    return last == null ? "" : "; refused last: " + last.describe() + ", " + lastReason;
  }

  /** Logs the numbers, where they say more than the lines before. */
  @Override
  public void close() {
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    if (all > counts.size()) {
      String kinds =
          counts.entrySet().stream()
              .map(kind -> kind.getValue() + " x " + kind.getKey())
              .collect(Collectors.joining(", "));
      LOG.warn("Exchange: rank {} refused {} connections: {}", rank, all, kinds);
    }
    counts.clear();
  }
}
