package io.convoy.worker;

import java.util.HashMap;
import java.util.Map;

/**
 * The replicas that wait in this JVM for the next segment. One is leased to one attempt: taken out
 * at its start, put back only at its clean end. So no two attempts ever work on the same arrays.
 */
final class Replicas {
  /** Whose replica, and where it stands. */
  record Key(String run, long step, int ranks, int rank) {}

  private static final Map<Key, Replica> WAITING = new HashMap<>();

  private Replicas() {}

  /** The lowest rank whose replica waits here for the segment; -1 for none. */
  static synchronized int offer(String run, long step, int ranks) {
    return WAITING.keySet().stream()
        .filter(k -> k.run.equals(run) && k.step == step && k.ranks == ranks)
        .mapToInt(Key::rank)
        .min()
        .orElse(-1);
  }

  /** Takes a replica out; null where there is none. Those of the run's other steps are dropped. */
  static synchronized Replica take(Key key) {
    Replica taken = WAITING.remove(key);
    WAITING
        .entrySet()
        .removeIf(
            entry -> {
              boolean stale = entry.getKey().run.equals(key.run) && entry.getKey().step != key.step;
              if (stale) {
                entry.getValue().close();
              }
              return stale;
            });
    return taken;
  }

  static synchronized void put(Key key, Replica replica) {
    Replica before = WAITING.put(key, replica);
    if (before != null) {
      before.close();
    }
  }

  /** Drops all replicas of a run. */
  static synchronized void drop(String run) {
    WAITING
        .entrySet()
        .removeIf(
            entry -> {
              boolean ours = entry.getKey().run.equals(run);
              if (ours) {
                entry.getValue().close();
              }
              return ours;
            });
  }
}
