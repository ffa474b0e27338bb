package io.convoy.exchange.connect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The calls that broke off and are to be made again. Strangers may have crowded them out, which is
 * no reason to give up; but a peer under a flood is not helped by more calls, so there are pauses
 * between them, each twice as long as the one before.
 */
final class RepeatedCalls {
  private static final long FIRST_PAUSE_NANOS = 20_000_000;
  private static final long LONGEST_PAUSE_NANOS = 1_000_000_000;

  private final long[] pauses;
  private final long[] times;
  private final IOException[] failures;
  private final List<Integer> waiting = new ArrayList<>();

  RepeatedCalls(int peers) {
    pauses = new long[peers];
    Arrays.fill(pauses, FIRST_PAUSE_NANOS);
    times = new long[peers];
    failures = new IOException[peers];
  }

  /**
   * A call broke off.
   *
   * @param now {@link System#nanoTime()}
   */
  void add(int peer, IOException failure, long now) {
    failures[peer] = failure;
    times[peer] = now + pauses[peer];
    pauses[peer] = Math.min(2 * pauses[peer], LONGEST_PAUSE_NANOS);
    waiting.add(peer);
  }

  /** Hands over the peers that are to be called now. */
  List<Integer> takeDue(long now) {
    List<Integer> due = waiting.stream().filter(peer -> times[peer] - now <= 0).toList();
    waiting.removeAll(due);
    return due;
  }

  /** Nanoseconds until the next call, {@code most} if there is none before. */
  long nanosToNext(long now, long most) {
    return waiting.stream().mapToLong(peer -> times[peer] - now).reduce(most, Math::min);
  }

  /** How the last call to a peer broke off, for a message; empty if none did. */
  String lastFailure(int peer) {
    return failures[peer] == null
        ? ""
        : "; the last call broke off: " + failures[peer].getMessage();
  }
}
