package io.convoy.fault;

import io.convoy.data.augment.PixelDigests;
import io.convoy.error.ConvoyException;
import java.util.Arrays;

/**
 * Which images of a set are equal, by their digests: a table of places with open addressing, of 8
 * to 16 bytes an image.
 */
final class EqualImages {
  private static final int FREE = -1;

  /** Images at the most: the table has at least twice as many places. */
  private static final int MOST = (1 << 29) - 1;

  /** The first of a number of equal images. */
  @FunctionalInterface
  interface Pairs {
    void equal(int row, int first);
  }

  private final PixelDigests digests;
  private final int[] table;

  /**
   * @param pairs told of each image that is equal to one before it, with the first such
   */
  EqualImages(PixelDigests digests, Pairs pairs) {
    if (digests.size() > MOST) {
      throw ConvoyException.usage(
          "at most %s images can be compared; got %s: leave them out", MOST, digests.size());
    }
    this.digests = digests;
    table = new int[Integer.highestOneBit(digests.size()) << 2];
    Arrays.fill(table, FREE);
    for (int row = 0; row < digests.size(); row++) {
      int place = place(digests, row);
      if (table[place] == FREE) {
        table[place] = row;
      } else {
        pairs.equal(row, table[place]);
      }
    }
  }

  /** The first image here that is equal to one of another set; negative where there is none. */
  int first(PixelDigests others, int row) {
    return table[place(others, row)];
  }

  private int place(PixelDigests of, int row) {
    int place = of.hash(row) & (table.length - 1);
    while (table[place] != FREE && !of.equal(row, digests, table[place])) {
      place = (place + 1) & (table.length - 1);
    }
    return place;
  }
}
