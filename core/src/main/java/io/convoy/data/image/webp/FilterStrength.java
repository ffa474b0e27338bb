package io.convoy.data.image.webp;

/**
 * How strongly edges are smoothed (RFC 6386, section 15.2).
 *
 * @param limit the largest step over an edge inside of a block; 0 for no filter
 * @param inner the largest step beside an edge
 * @param high what step beside an edge is a detail of its own
 */
record FilterStrength(int limit, int inner, int high) {
  static FilterStrength of(int wanted, int sharpness) {
    int level = Math.max(0, Math.min(63, wanted));
    if (level == 0) {
      return new FilterStrength(0, 0, 0);
    }
    int inner = level;
    if (sharpness > 0) {
      inner = Math.min(inner >> (sharpness > 4 ? 2 : 1), 9 - sharpness);
    }
    inner = Math.max(1, inner);
    return new FilterStrength(2 * level + inner, inner, level >= 40 ? 2 : level >= 15 ? 1 : 0);
  }
}
