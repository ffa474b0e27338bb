package io.convoy.operation;

import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Shape;

/** Images cut into pieces of some rows each; how many follows from the width alone. */
public final class Pieces {
  private static final int PIECE_PIXELS = 512;

  private final WorkPool pool;
  private final int height;
  private final int width;
  private final int rows;
  private final int perImage;

  public Pieces(Shape image, WorkPool pool) {
    this.pool = pool;
    height = image.height();
    width = image.width();
    rows = Math.min(height, Math.max(1, PIECE_PIXELS / width));
    perImage = (height + rows - 1) / rows;
  }

  /** Runs a block for each piece of so many samples. */
  public void run(int samples, WorkPool.Block block) {
    pool.run(count(samples), block);
  }

  /** The pieces of so many samples. */
  public int count(int samples) {
    return samples * perImage;
  }

  /** The piece that a row of an image belongs to. */
  int of(int image, int row) {
    return image * perImage + row / rows;
  }

  /** The image that a piece belongs to. */
  public int image(int piece) {
    return piece / perImage;
  }

  /** The first of a piece's rows. */
  public int firstRow(int piece) {
    return piece % perImage * rows;
  }

  /** The row after the last of a piece. */
  public int lastRow(int piece) {
    return Math.min(height, firstRow(piece) + rows);
  }

  /** Pixels of a piece. */
  public int pixels(int piece) {
    return (lastRow(piece) - firstRow(piece)) * width;
  }
}
