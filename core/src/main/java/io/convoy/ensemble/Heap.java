package io.convoy.ensemble;

import io.convoy.error.ConvoyException;

/** Says what does not fit before it is taken. */
final class Heap {
  /** What every JVM can make of one array. */
  private static final long MOST_ELEMENTS = Integer.MAX_VALUE - 8;

  private Heap() {}

  /**
   * The length of one array.
   *
   * @param what is to be held, as the subject of a sentence
   * @throws ConvoyException of kind RESOURCE where no array, or no heap, has so many
   */
  static int arrayLength(long elements, int bytesEach, String what) {
    if (elements > MOST_ELEMENTS) {
      throw ConvoyException.resource(
          "%s: %d numbers are more than one array holds (%d): validate on fewer images",
          what, elements, MOST_ELEMENTS);
    }
    require(elements * bytesEach, what);
    return (int) elements;
  }

  /**
   * Refuses what can never fit. What does at this moment only an attempt can tell.
   *
   * @throws ConvoyException of kind RESOURCE where the whole heap is smaller
   */
  static void require(long bytes, String what) {
    long heap = Runtime.getRuntime().maxMemory();
    if (bytes > heap) {
      throw ConvoyException.resource(
          "%s: %d MB do not fit the heap of %d MB: give the JVM more memory, or take fewer members"
              + " or images",
          what, bytes >> 20, heap >> 20);
    }
  }
}
