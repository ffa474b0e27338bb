package io.convoy.data.image.webp;

/** Predicts a whole block of luma or chroma (RFC 6386, sections 12.2 and 12.3). */
final class WholePrediction {
  private WholePrediction() {}

  /** Writes what is predicted for the block in a row and a column of blocks. */
  static void predict(Plane plane, Mode mode, int row, int column) {
    int side = plane.side();
    int y = row * side;
    int x = column * side;
    int mean = mode == Mode.MEAN ? mean(plane, row, column) : 0;
    int corner = plane.get(plane.at(y - 1, x - 1));
    for (int i = 0; i < side; i++) {
      int left = plane.get(plane.at(y + i, x - 1));
      for (int j = 0; j < side; j++) {
        int above = plane.get(plane.at(y - 1, x + j));
        plane.pixels()[plane.at(y + i, x + j)] =
            switch (mode) {
              case MEAN -> (byte) mean;
              case VERTICAL -> (byte) above;
              case HORIZONTAL -> (byte) left;
              case PLANE -> (byte) Math.max(0, Math.min(255, left + above - corner));
              case LEFT_DOWN,
                  RIGHT_DOWN,
                  VERTICAL_RIGHT,
                  VERTICAL_LEFT,
                  HORIZONTAL_DOWN,
                  HORIZONTAL_UP ->
                  throw new IllegalArgumentException("a mode of parts: " + mode);
            };
      }
    }
  }

  /** The mean of the pixels above and to the left, as far as they are of the image. */
  private static int mean(Plane plane, int row, int column) {
    int side = plane.side();
    int sum = 0;
    int count = 0;
    for (int i = 0; i < side; i++) {
      if (row > 0) {
        sum += plane.get(plane.at(row * side - 1, column * side + i));
        count++;
      }
      if (column > 0) {
        sum += plane.get(plane.at(row * side + i, column * side - 1));
        count++;
      }
    }
    return count == 0 ? 128 : (sum + count / 2) / count;
  }
}
