package io.convoy.data;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * The row groups that windows have in use. A group is read once for all windows that are open at
 * the same time: where one ends in the middle of a group, the next one goes on in it. The last ones
 * that nobody uses any more stay for a while, for whoever opens one window after the other.
 */
final class GroupCache {
  /** Groups that are kept unused. */
  static final int IDLE = 2;

  private final IntFunction<ImageGroup> reading;
  private final Map<Integer, Held> held = new HashMap<>();
  private final Deque<Integer> idle = new ArrayDeque<>();

  /** A group that is in use, or was. */
  private static final class Held {
    private int users;
    private ImageGroup rows;

    /** Read by the first who needs it, while others wait; after a failure the next one tries. */
    synchronized ImageGroup rows(int group, IntFunction<ImageGroup> reading) {
      if (rows == null) {
        rows = reading.apply(group);
      }
      return rows;
    }
  }

  GroupCache(IntFunction<ImageGroup> reading) {
    this.reading = reading;
  }

  /** A group's rows, until they are released as often as they were acquired. */
  ImageGroup acquire(int group) {
    Held mine;
    synchronized (this) {
      mine = held.computeIfAbsent(group, key -> new Held());
      mine.users++;
      idle.remove(group);
    }
    try {
      return mine.rows(group, reading);
    } catch (RuntimeException | Error e) {
      release(group);
      throw e;
    }
  }

  /** One user less. */
  synchronized void release(int group) {
    if (--held.get(group).users > 0) {
      return;
    }
    idle.add(group);
    if (idle.size() > IDLE) {
      held.remove(idle.remove());
    }
  }

  /** Forgets the groups that nobody uses. */
  synchronized void clear() {
    while (!idle.isEmpty()) {
      held.remove(idle.remove());
    }
  }

  /** How many groups are in memory. */
  synchronized int size() {
    return held.size();
  }
}
