package io.convoy.feed;

import io.convoy.data.SampleWindow;
import io.convoy.data.augment.SampleLoader;
import io.convoy.targets.Target;
import java.util.Arrays;
import java.util.Deque;

/**
 * The samples of a batch while they are read: each is claimed by one thread, which reads it. All
 * but {@link #read} is for those who hold the feed's lock.
 */
final class LoadedBatch {
  /** How far a sample is. */
  private enum Progress {
    OPEN,
    CLAIMED,
    DONE
  }

  private final Batch batch;
  private final OpenWindow[] windows;
  private final byte[][] bytes;
  private final Progress[] progress;
  private final boolean[] copied;
  private final Target[] targets;
  private final Throwable[] failures;
  private int next;
  private int claimed;
  private int done;
  private boolean failed;

  /** What lies decoded in memory by now is not read ahead. */
  LoadedBatch(Batch batch, OpenWindow[] windows, SampleLoader loader) {
    this.batch = batch;
    this.windows = windows;
    bytes = new byte[windows.length][];
    progress = new Progress[windows.length];
    copied = new boolean[windows.length];
    for (int sample = 0; sample < windows.length; sample++) {
      copied[sample] = loader.copies(row(sample));
      progress[sample] = copied[sample] ? Progress.DONE : Progress.OPEN;
    }
    targets = new Target[windows.length];
    failures = new Throwable[windows.length];
  }

  Batch batch() {
    return batch;
  }

  /** The first sample that nobody has claimed; -1 for none. */
  int firstOpen() {
    while (next < progress.length && progress[next] != Progress.OPEN) {
      next++;
    }
    return next < progress.length ? next : -1;
  }

  /** Claims a sample for the caller to read; false where another one has. */
  boolean claim(int sample) {
    if (progress[sample] != Progress.OPEN) {
      return false;
    }
    progress[sample] = Progress.CLAIMED;
    claimed++;
    return true;
  }

  /** Whether somebody is still reading. */
  boolean isBusy() {
    return claimed > done;
  }

  /** Whether a sample could not be read. */
  boolean hasFailed() {
    return failed;
  }

  boolean isDone(int sample) {
    return progress[sample] == Progress.DONE;
  }

  /** Reads a sample that the caller has claimed. Without the lock. */
  Target read(int sample, byte[] into, SampleLoader loader, SampleLoader.Scratch scratch) {
    SampleWindow window = windows[sample].get();
    byte[] read = loader.read(window, row(sample), batch.epoch(), scratch);
    System.arraycopy(read, 0, into, 0, into.length);
    return window.target(row(sample));
  }

  private int row(int sample) {
    return batch.rows()[batch.from() + sample];
  }

  /** Whether nobody reads a sample ahead: who needs it copies it. Without the lock. */
  boolean copies(int sample) {
    return copied[sample];
  }

  /** Reads such a sample, which lies in the scratch then. Without the lock. */
  byte[] copy(int sample, SampleLoader loader, SampleLoader.Scratch scratch) {
    return loader.read(windows[sample].get(), row(sample), batch.epoch(), scratch);
  }

  /**
   * A sample is read, or failed.
   *
   * @param failure null where it is read
   */
  void finish(int sample, byte[] read, Target target, Throwable failure) {
    bytes[sample] = read;
    targets[sample] = target;
    failures[sample] = failure;
    failed |= failure != null;
    progress[sample] = Progress.DONE;
    done++;
  }

  byte[] bytes(int sample) {
    return bytes[sample];
  }

  Target target(int sample) {
    return copied[sample] ? windows[sample].get().target(row(sample)) : targets[sample];
  }

  /** Why a sample that is done could not be read; null where it was. */
  Throwable failure(int sample) {
    return failures[sample];
  }

  /** Lets nobody claim a sample any more. */
  void stop() {
    Arrays.setAll(progress, i -> progress[i] == Progress.OPEN ? Progress.DONE : progress[i]);
  }

  /** Gives the memory of its samples back. */
  void release(Deque<byte[]> spare) {
    Arrays.stream(bytes).filter(read -> read != null).forEach(spare::push);
    Arrays.fill(bytes, null);
  }
}
