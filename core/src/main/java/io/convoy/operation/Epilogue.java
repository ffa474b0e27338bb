package io.convoy.operation;

import io.convoy.kernel.WorkPool;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * What is done with an output in {@link Pieces} while it still lies in a cache: a piece belongs to
 * the thread that writes the last of it. Which thread that is has no part in the result, since
 * pieces write apart.
 */
public final class Epilogue {
  private final Pieces pieces;
  private final WorkPool.Block work;
  private final boolean training;
  private final AtomicIntegerArray missing;

  /**
   * @param samples of a pass at the most
   * @param training whether it is done in training passes only
   * @param work what is done with a piece; it is called once for each, from any of the pool's
   *     threads
   */
  public Epilogue(Pieces pieces, int samples, boolean training, WorkPool.Block work) {
    this.pieces = pieces;
    this.training = training;
    this.work = work;
    missing = new AtomicIntegerArray(pieces.count(samples));
  }

  /** Whether it is done in this pass. */
  public boolean in(Pass pass) {
    return pass.training() || !training;
  }

  /** Does all pieces of so many samples, where they are written all at once. */
  public void run(int samples) {
    pieces.run(samples, work);
  }

  /**
   * Begins a pass in which pieces are done one by one.
   *
   * @param shares how often each pixel will be said to be written, some of its channels each time
   */
  public void begin(int samples, int shares) {
    int count = pieces.count(samples);
    for (int piece = 0; piece < count; piece++) {
      missing.set(piece, pieces.pixels(piece) * shares);
    }
  }

  /** Says that a thread has written its share of so many rows of an image. */
  public void written(int image, int firstRow, int rows, int columns, int thread) {
    for (int row = firstRow; row < firstRow + rows; ) {
      int piece = pieces.of(image, row);
      int until = Math.min(firstRow + rows, pieces.lastRow(piece));
      int pixels = (until - row) * columns;
      if (missing.addAndGet(piece, -pixels) == 0) {
        work.run(piece, thread);
      }
      row = until;
    }
  }
}
