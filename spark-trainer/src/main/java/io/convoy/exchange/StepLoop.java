package io.convoy.exchange;

import io.convoy.exchange.connect.PeerLostException;
import java.io.IOException;

/**
 * Runs a step: one thread, the caller's, serves all connections and finishes own groups in between.
 * So nothing is handed from thread to thread, an interrupt or a lost peer ends the wait at once,
 * and there is no thread to leave behind.
 */
final class StepLoop {
  private final PeerLinks links;
  private final long stallNanos;
  private GroupFinisher finisher;
  private StepData data;
  private boolean progress;

  StepLoop(PeerLinks links, long stallNanos) {
    this.links = links;
    this.stallNanos = stallNanos;
  }

  void run(GroupFinisher step) throws IOException, InterruptedException {
    finisher = step;
    data = step.data();
    for (PeerLink link : links) {
      link.begin(data);
    }
    long last = System.nanoTime();
    while (!done()) {
      progress = finisher.ready();
      if (progress) {
        finisher.advance();
      }
      move();
      if (!progress && !done()) {
        long left = stallNanos - (System.nanoTime() - last);
        progress = links.await(finisher, Math.max(1, left / 1_000_000));
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

  private boolean done() {
    if (!finisher.done()) {
      return false;
    }
    for (PeerLink link : links) {
      if (!link.done()) {
        return false;
      }
    }
    return true;
  }

  /** Names a peer that owes what depends on no one, if there is one: it is the cause. */
  private PeerLostException stalled() {
    PeerLink culprit = null;
    for (PeerLink link : links) {
      boolean open = !link.done();
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
