package io.convoy.data.image.webp;

/**
 * How pixels are predicted from those above and to the left (RFC 6386, sections 11 and 12); in the
 * order of the table of probabilities. Whole blocks know the first four only.
 */
enum Mode {
  MEAN,
  /** Left plus above minus the corner between them: TrueMotion. */
  PLANE,
  VERTICAL,
  HORIZONTAL,
  LEFT_DOWN,
  RIGHT_DOWN,
  VERTICAL_RIGHT,
  VERTICAL_LEFT,
  HORIZONTAL_DOWN,
  HORIZONTAL_UP;

  private static final int OF_ABOVE = 10 * 9;
  private static final int OF_LEFT = 9;

  /** The mode of all luma of a block; null where each part has its own. */
  static Mode ofLuma(BoolReader in) {
    if (in.bit(145) == 0) {
      return null;
    }
    if (in.bit(156) == 1) {
      return in.bit(128) == 1 ? PLANE : HORIZONTAL;
    }
    return in.bit(163) == 1 ? VERTICAL : MEAN;
  }

  /** The mode of both chromas of a block. */
  static Mode ofChroma(BoolReader in) {
    if (in.bit(142) == 0) {
      return MEAN;
    }
    if (in.bit(114) == 0) {
      return VERTICAL;
    }
    return in.bit(183) == 1 ? PLANE : HORIZONTAL;
  }

  /** The mode of a part of 4 x 4 pixels, told apart by the modes beside it. */
  static Mode ofPart(BoolReader in, Mode above, Mode left) {
    int p = above.ordinal() * OF_ABOVE + left.ordinal() * OF_LEFT;
    if (in.bit(Tables.MODES[p]) == 0) {
      return MEAN;
    }
    if (in.bit(Tables.MODES[p + 1]) == 0) {
      return PLANE;
    }
    if (in.bit(Tables.MODES[p + 2]) == 0) {
      return VERTICAL;
    }
    if (in.bit(Tables.MODES[p + 3]) == 0) {
      if (in.bit(Tables.MODES[p + 4]) == 0) {
        return HORIZONTAL;
      }
      return in.bit(Tables.MODES[p + 5]) == 0 ? RIGHT_DOWN : VERTICAL_RIGHT;
    }
    if (in.bit(Tables.MODES[p + 6]) == 0) {
      return LEFT_DOWN;
    }
    if (in.bit(Tables.MODES[p + 7]) == 0) {
      return VERTICAL_LEFT;
    }
    return in.bit(Tables.MODES[p + 8]) == 0 ? HORIZONTAL_DOWN : HORIZONTAL_UP;
  }
}
