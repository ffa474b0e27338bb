package io.convoy.checkpoint;

import io.convoy.error.ConvoyException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Saves checkpoints while training goes on: one at a time, all of them, in order. One more may
 * wait; beyond that the caller waits, so that a slow file system slows training down instead of
 * filling memory with states.
 *
 * <p>An error of a save is thrown at the next call here, at the latest by {@link #close()}. It is
 * for one caller's thread.
 */
public final class AsyncCheckpointer implements AutoCloseable {
  /** One that is being saved and one that waits. */
  private static final int AT_MOST = 2;

  private final Consumer<Checkpoint> saving;
  private final Semaphore room = new Semaphore(AT_MOST);
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread created = new Thread(task, "convoy-checkpoint");
            created.setDaemon(true);
            return created;
          });
  private RuntimeException failure;

  /**
   * Saves in the background.
   *
   * @param saving what saving is, such as {@code c -> { metrics.flush(); store.save(layout, c); }}
   */
  public AsyncCheckpointer(Consumer<Checkpoint> saving) {
    this.saving = saving;
  }

  /**
   * Has a checkpoint saved. Its arrays must not change any more.
   *
   * @throws RuntimeException the error of an earlier save; this one is then not saved
   */
  public void save(Checkpoint checkpoint) {
    throwFailure();
    acquire();
    thread.execute(() -> run(checkpoint));
  }

  private void acquire() {
    try {
      room.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ConvoyException.resource("interrupted while waiting for a checkpoint to be saved");
    }
  }

  private void run(Checkpoint checkpoint) {
    try {
      saving.accept(checkpoint);
    } catch (RuntimeException e) {
      keep(e);
    } catch (Error e) {
      keep(
          new ConvoyException(
              ConvoyException.Kind.INTERNAL,
              "saving the checkpoint of step %s failed: %s"
                  .formatted(checkpoint.metadata().step(), e),
              e));
    } finally {
      room.release();
    }
  }

  private synchronized void keep(RuntimeException error) {
    if (failure == null) {
      failure = error;
    } else {
      failure.addSuppressed(error);
    }
  }

  private synchronized void throwFailure() {
    if (failure != null) {
      RuntimeException thrown = failure;
      failure = null;
      throw thrown;
    }
  }

  /**
   * Waits until the last checkpoint is saved.
   *
   * @throws RuntimeException the error of a save that no call has thrown yet
   */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS)) {
        throw new IllegalStateException("cannot happen: the wait has no end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ConvoyException.resource("interrupted while the last checkpoint was being saved");
    }
    throwFailure();
  }
}
