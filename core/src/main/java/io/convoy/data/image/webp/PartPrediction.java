package io.convoy.data.image.webp;

/**
 * Predicts 4 x 4 pixels of luma from an edge of 13 (RFC 6386, section 12.3): the four to the left
 * from below, the corner, the four above and the four above to the right.
 */
final class PartPrediction {
  private static final int CORNER = 4;

  private final int[] edge = new int[13];

  /**
   * Writes what is predicted.
   *
   * @param right where the four pixels above to the right begin; the last pixel above the block
   *     stands for all of them where the block is the last of its row
   * @param replicated whether it does
   */
  void predict(Plane plane, Mode mode, int y, int x, int right, boolean replicated) {
    for (int i = 0; i < 4; i++) {
      edge[3 - i] = plane.get(plane.at(y + i, x - 1));
      edge[CORNER + 1 + i] = plane.get(plane.at(y - 1, x + i));
      edge[CORNER + 5 + i] = plane.get(replicated ? right : right + i);
    }
    edge[CORNER] = plane.get(plane.at(y - 1, x - 1));
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        plane.pixels()[plane.at(y + i, x + j)] = (byte) pixel(mode, i, j);
      }
    }
  }

  private int pixel(Mode mode, int y, int x) {
    return switch (mode) {
      case MEAN -> mean();
      case PLANE -> Math.max(0, Math.min(255, edge[3 - y] + edge[CORNER + 1 + x] - edge[CORNER]));
      case VERTICAL -> three(CORNER + 1 + x);
      case HORIZONTAL -> three(3 - y);
      case LEFT_DOWN -> three(6 + x + y);
      case RIGHT_DOWN -> three(CORNER + x - y);
      case VERTICAL_RIGHT -> verticalRight(y, x);
      case VERTICAL_LEFT -> verticalLeft(y, x);
      case HORIZONTAL_DOWN -> horizontalDown(y, x);
      case HORIZONTAL_UP -> horizontalUp(x + 2 * y);
    };
  }

  private int mean() {
    int sum = 4;
    for (int i = 0; i < 4; i++) {
      sum += edge[i] + edge[CORNER + 1 + i];
    }
    return sum >> 3;
  }

  private int verticalRight(int y, int x) {
    if (2 * x - y < -1) {
      return three(5 - y);
    }
    int at = CORNER + x - y / 2;
    return y % 2 == 0 ? two(at) : three(at);
  }

  private int verticalLeft(int y, int x) {
    if (x == 3 && y >= 2) {
      return three(8 + y);
    }
    int at = CORNER + 1 + x + y / 2;
    return y % 2 == 0 ? two(at) : three(at + 1);
  }

  private int horizontalDown(int y, int x) {
    if (2 * y - x < -1) {
      return three(3 + x);
    }
    return x % 2 == 0 ? two(3 - y + x / 2) : three(CORNER - y + x / 2);
  }

  private int horizontalUp(int along) {
    if (along >= 6) {
      return edge[0];
    }
    return along % 2 == 0 ? two(2 - along / 2) : three(2 - along / 2);
  }

  /** The mean of a pixel of the edge and the next one. */
  private int two(int at) {
    return (edge[at] + edge[at + 1] + 1) >> 1;
  }

  /** The weighted mean around a pixel of the edge, whose ends stand for what is behind them. */
  private int three(int at) {
    int before = edge[Math.max(0, at - 1)];
    int behind = edge[Math.min(edge.length - 1, at + 1)];
    return (before + 2 * edge[at] + behind + 2) >> 2;
  }
}
