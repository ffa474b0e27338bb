package io.convoy.feed;

import java.util.Optional;

/**
 * Which samples are read one batch after the other, and in which windows of the source they lie.
 * For one thread at a time.
 */
public interface SampleOrder {
  /**
   * A batch.
   *
   * @param number from 0
   * @param rank of those who share out its samples, whose part is to be loaded
   */
  Batch batch(long number, int rank);

  /** How many batches are sure to come, for one rank: no other is read ahead. */
  long batches();

  /** The rows of a window, as {@link io.convoy.data.SampleSource#open} wants them. */
  int[] rows(WindowId window);

  /** The window that is read when this one is over; empty where none is known. */
  Optional<WindowId> next(WindowId window);

  /** Whether no batch from {@code number} on takes a row from a window. */
  boolean isOver(WindowId window, long number);
}
