package io.convoy.operation;

import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;

/**
 * Work on the rows of images that is the same for each, shared out in blocks of some thousand
 * floats: a single image keeps all threads busy, and what is small stays on the caller's thread.
 */
public final class RowBlocks {
  /** Floats of a block: some microseconds of work, enough to pay for handing it out. */
  private static final int BLOCK = 16 << 10;

  /** What is done with some rows. */
  @FunctionalInterface
  public interface Work {
    /**
     * @param n the image
     * @param h its row, where the work starts
     * @param length floats from there on: those of one row, or of several that lie together
     * @param thread who works
     */
    void run(int n, int h, int length, int thread);
  }

  private final WorkPool pool;
  private final Work work;
  private final int height;
  private final int rowLength;
  private final int blockRows;
  private final boolean joined;
  private final WorkPool.Block block = this::runBlock;
  private int rows;

  private RowBlocks(WorkPool pool, Shape shape, int rowWork, boolean joined, Work work) {
    this.pool = pool;
    this.work = work;
    this.joined = joined;
    height = shape.height();
    rowLength = rowLength(shape);
    blockRows = Math.max(1, BLOCK / rowWork);
  }

  /** Element by element over tensors of one shape: rows are joined where none has a halo. */
  public static RowBlocks elementwise(WorkPool pool, Work work, Tensor... tensors) {
    boolean joined = true;
    for (Tensor tensor : tensors) {
      joined &= tensor == null || tensor.halo() == 0;
    }
    Shape shape = tensors[0].shape();
    return new RowBlocks(pool, shape, rowLength(shape), joined, work);
  }

  /** Row by row of images of this shape. */
  public static RowBlocks rowByRow(WorkPool pool, Shape shape, Work work) {
    return rowByRow(pool, shape, rowLength(shape), work);
  }

  /**
   * Row by row of images of this shape.
   *
   * @param rowWork floats that the work on a row reads or writes
   */
  public static RowBlocks rowByRow(WorkPool pool, Shape shape, int rowWork, Work work) {
    return new RowBlocks(pool, shape, rowWork, false, work);
  }

  private static int rowLength(Shape shape) {
    return shape.width() * shape.channels();
  }

  /** Works on all rows of so many samples. */
  public void run(int samples) {
    rows = samples * height;
    pool.run((rows + blockRows - 1) / blockRows, block);
  }

  private void runBlock(int index, int thread) {
    int first = index * blockRows;
    int count = Math.min(blockRows, rows - first);
    if (joined) {
      work.run(first / height, first % height, count * rowLength, thread);
      return;
    }
    for (int row = first; row < first + count; row++) {
      work.run(row / height, row % height, rowLength, thread);
    }
  }
}
