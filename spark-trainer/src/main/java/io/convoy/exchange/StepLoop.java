package io.convoy.exchange;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * Runs a step: one thread, the caller's, serves all connections and finishes own groups in between.
 * So nothing is handed from thread to thread, an interrupt or a lost peer ends the wait at once,
 * and there is no thread to leave behind.
 */
final class StepLoop {
  private final Selector selector;
  private final PeerLink[] links;
  private final long stallNanos;
  private GroupFinisher finisher;
  private StepData data;
  private boolean progress;

  /**
   * @param selector null where there is no peer
   * @param links by rank; null at this rank
   */
  StepLoop(Selector selector, PeerLink[] links, long stallNanos) {
    this.selector = selector;
    this.links = links;
    this.stallNanos = stallNanos;
  }

  void run(GroupFinisher step) throws IOException, InterruptedException {
    finisher = step;
    data = step.data();
    for (PeerLink link : links) {
      if (link != null) {
        link.begin(data);
      }
    }
    long last = System.nanoTime();
    while (!done()) {
      progress = finisher.ready();
      if (progress) {
        finisher.advance();
      }
      move();
      if (!progress && !done()) {
        await(stallNanos - (System.nanoTime() - last));
      }
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted in step " + data.step());
      }
      long now = System.nanoTime();
      if (progress) {
        last = now;
      } else if (now - last >= stallNanos) {
        throw stalled();
      }
    }
    finisher = null; // holds on to nothing between steps
    data = null;
  }

  /** Moves what can be moved without asking the system which connection is ready. */
  private void move() {
    for (PeerLink link : links) {
      if (link == null) {
        continue;
      }
      try {
        progress |= link.move(finisher);
      } catch (IOException broken) {
        throw new PeerLostException(
            link.rank(),
            "%s was lost in step %s while waiting for %s: %s; its executor's log says why"
                .formatted(link.name(), data.step(), link.awaited(), broken.getMessage()),
            broken);
      }
    }
  }

  private void await(long nanosLeft) throws IOException {
    for (PeerLink link : links) {
      if (link != null) {
        link.watch(finisher);
      }
    }
    int ready = selector.select(StepLoop::wake, Math.max(1, nanosLeft / 1_000_000));
    progress = ready > 0;
  }

  private static void wake(SelectionKey key) {
    ((PeerLink) key.attachment()).wake();
  }

  private boolean done() {
    if (!finisher.done()) {
      return false;
    }
    for (PeerLink link : links) {
      if (link != null && !link.done()) {
        return false;
      }
    }
    return true;
  }

  /** Names a peer that owes what depends on no one, if there is one: it is the cause. */
  private PeerLostException stalled() {
    PeerLink culprit = null;
    for (PeerLink link : links) {
      boolean open = link != null && !link.done();
      if (open && (culprit == null || (link.incoming().owed() && !culprit.incoming().owed()))) {
        culprit = link;
      }
    }
    return new PeerLostException(
        culprit.rank(),
        "%s was silent for %s ms in step %s while waiting for %s; it hangs, or its network does"
            .formatted(culprit.name(), stallNanos / 1_000_000, data.step(), culprit.awaited()),
        null);
  }
}
