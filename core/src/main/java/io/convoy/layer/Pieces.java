package io.convoy.layer;

import io.convoy.kernel.WorkPool;
import io.convoy.tensor.Shape;

/** Images cut into pieces of some rows each; how many follows from the width alone. */
final class Pieces {
  private static final int PIECE_PIXELS = 512;

  private final WorkPool pool;
  private final int height;
  private final int width;
  private final int rows;
  private final int perImage;

  Pieces(Shape image, WorkPool pool) {
    this.pool = pool;
    height = image.height();
    width = image.width();
    rows = Math.min(height, Math.max(1, PIECE_PIXELS / width));
    perImage = (height + rows - 1) / rows;
  }

  /** Runs a block for each piece of so many samples. */
  void run(int samples, WorkPool.Block block) {
    pool.run(count(samples), block);
  }

  /** The pieces of so many samples. */
  int count(int samples) {
    return samples * perImage;
  }

  /** The piece that a row of an image belongs to. */
  int of(int image, int row) {
    return image * perImage + row / rows;
  }

  int image(int piece) {
    return piece / perImage;
  }

  int firstRow(int piece) {
    return piece % perImage * rows;
  }

  int lastRow(int piece) {
    return Math.min(height, firstRow(piece) + rows);
  }

  /** Pixels of a piece. */
  int pixels(int piece) {
    return (lastRow(piece) - firstRow(piece)) * width;
  }
}
