package io.convoy.checkpoint;

import io.convoy.error.ConvoyException;
import io.convoy.storage.StorePatience;
import io.convoy.storage.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves checkpoints while training goes on: one at a time, in order. One more may wait; beyond that
 * the caller waits, so that a slow store slows training down instead of filling memory with states.
 *
 * <p>Training does not wait for a store that is away, or that takes more than a minute: then a
 * newer checkpoint takes the place of an older one, which is told in the log. The newest is never
 * given up for an older one, nor is one that the newest keeps: the best, or a snapshot. Two are
 * waiting at the most: where the newest keeps both, training does wait for the store. What could
 * not be saved is tried again, for as long as {@link StorePatience} says.
 *
 * <p>An error of a save is thrown at the next call here, at the latest by {@link #close()}. It is
 * for one caller's thread.
 */
public final class AsyncCheckpointer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AsyncCheckpointer.class);

  /** One that is being saved and one that waits. */
  private static final int AT_MOST = 2;

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final long LOOK_MILLIS = 500;

  private final Consumer<Checkpoint> saving;
  private final StorePatience patience;
  private final Duration longestWait;
  private final Thread thread = new Thread(this::work, "convoy-checkpoint");

  /** What is to be saved, oldest first; the first one is being saved. */
  private final Deque<Checkpoint> waiting = new ArrayDeque<>();

  /** From the first of several failures up to the next success; null while the store is well. */
  private StorePatience.Outage outage;

  private ConvoyException lastOfOutage;

  /** Whether the caller has waited in vain since the last success. */
  private boolean slow;

  private boolean closing;
  private RuntimeException failure;

  /**
   * Saves in the background.
   *
   * @param saving what saving is, such as {@code c -> { metrics.flush(); store.save(layout, c); }};
   *     it may be done again with the same checkpoint
   * @param patience how long the store may be away
   */
  public AsyncCheckpointer(Consumer<Checkpoint> saving, StorePatience patience) {
    this(saving, patience, LONGEST_WAIT);
  }

  /**
   * The same.
   *
   * @param longestWait how long the caller waits for a store that is slow
   */
  AsyncCheckpointer(Consumer<Checkpoint> saving, StorePatience patience, Duration longestWait) {
    this.saving = saving;
    this.patience = patience;
    this.longestWait = longestWait;
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Has a checkpoint saved. Its arrays must not change any more.
   *
   * @throws RuntimeException the error of an earlier save; this one is then not saved
   */
  public synchronized void save(Checkpoint checkpoint) {
    throwFailure();
    if (outage != null && outage.isOver()) {
      throw outage.over(lastOfOutage);
    }
    awaitRoom();
    throwFailure();
    if (waiting.size() == AT_MOST) {
      makeRoomFor(checkpoint);
    }
    waiting.addLast(checkpoint);
    notifyAll();
  }

  private void awaitRoom() {
    long until = System.nanoTime() + longestWait.toNanos();
    try {
      while (waiting.size() == AT_MOST && outage == null && !slow) {
        long left = until - System.nanoTime();
        slow = left <= 0;
        if (!slow) {
          TimeUnit.NANOSECONDS.timedWait(this, left);
        }
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /** The one that waits goes; or the one that is tried, where the one that waits is kept. */
  private void makeRoomFor(Checkpoint newest) {
    if (!keeps(newest, waiting.getLast())) {
      giveWay(waiting.removeLast(), newest);
      return;
    }
    if (!keeps(newest, waiting.getFirst())) {
      giveWay(waiting.removeFirst(), newest);
      return;
    }
    awaitSaved();
  }

  private static boolean keeps(Checkpoint newer, Checkpoint older) {
    return newer.metadata().keeps(older.metadata().step());
  }

  /** Waits until the store has taken one, or has been away for too long. */
  private void awaitSaved() {
    try {
      while (waiting.size() == AT_MOST) {
        if (outage != null && outage.isOver()) {
          throw outage.over(lastOfOutage);
        }
        wait(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
    throwFailure();
  }

  private static ConvoyException interrupted() {
    Thread.currentThread().interrupt();
    return ConvoyException.resource("interrupted while waiting for a checkpoint to be saved");
  }

  private static void giveWay(Checkpoint older, Checkpoint newer) {
    LOG.warn(
        "the checkpoint of step {} was not saved in time; that of step {} takes its place",
        older.metadata().step(),
        newer.metadata().step());
  }

  private void work() {
    for (Checkpoint next = next(); next != null; next = next()) {
      try {
        saving.accept(next);
        saved(next);
      } catch (StoreUnavailableException e) {
        unavailable(next, e);
      } catch (RuntimeException e) {
        lost(next, e);
      } catch (Error e) {
        lost(
            next,
            new ConvoyException(
                ConvoyException.Kind.INTERNAL,
                "saving the checkpoint of step %s failed: %s".formatted(next.metadata().step(), e),
                e));
      }
    }
  }

  /** The next one to save; null at the end. */
  private synchronized Checkpoint next() {
    try {
      while (waiting.isEmpty() && !closing) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("cannot happen: nobody interrupts this thread", e);
    }
    return waiting.peekFirst();
  }

  private synchronized void saved(Checkpoint checkpoint) {
    if (outage != null) {
      LOG.warn("the run's store is well again: step {} is saved", checkpoint.metadata().step());
    }
    release(checkpoint);
  }

  private synchronized void lost(Checkpoint checkpoint, RuntimeException error) {
    if (failure == null) {
      failure = error;
    } else {
      failure.addSuppressed(error);
    }
    release(checkpoint);
  }

  /** The store has answered, in whatever way. */
  private void release(Checkpoint checkpoint) {
    outage = null;
    slow = false;
    removeFirst(checkpoint);
    notifyAll();
  }

  /** Unless a newer one has taken its place. */
  private void removeFirst(Checkpoint checkpoint) {
    Checkpoint first = waiting.peekFirst();
    if (first != null && first.metadata().step() == checkpoint.metadata().step()) {
      waiting.removeFirst();
    }
  }

  private synchronized void unavailable(Checkpoint checkpoint, StoreUnavailableException error) {
    outage = outage == null ? patience.new Outage() : outage;
    lastOfOutage = error;
    notifyAll(); // whoever waits for room waits in vain
    if (closing && outage.isOver()) {
      waiting.clear();
      lost(checkpoint, outage.over(error));
      return;
    }
    if (waiting.size() == AT_MOST && !keeps(waiting.getLast(), waiting.getFirst())) {
      giveWay(waiting.removeFirst(), waiting.getLast());
    }
    Duration wait = outage.nextWait();
    LOG.warn(
        "{}; the checkpoint is kept in memory and tried again in {} ms, training goes on",
        error.getMessage(),
        wait.toMillis());
    pause(wait);
  }

  /** Waits, but not on when the end comes. */
  private void pause(Duration wait) {
    long until = System.nanoTime() + wait.toNanos();
    boolean before = closing;
    try {
      for (long left = wait.toNanos();
          left > 0 && closing == before;
          left = until - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("cannot happen: nobody interrupts this thread", e);
    }
  }

  private void throwFailure() {
    if (failure != null) {
      RuntimeException thrown = failure;
      failure = null;
      throw thrown;
    }
  }

  /**
   * Waits until the last checkpoint is saved, or the store has been away for too long.
   *
   * @throws RuntimeException the error of a save that no call has thrown yet
   */
  @Override
  public void close() {
    synchronized (this) {
      closing = true;
      notifyAll();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ConvoyException.resource("interrupted while the last checkpoint was being saved");
    }
    synchronized (this) {
      throwFailure();
    }
  }
}
