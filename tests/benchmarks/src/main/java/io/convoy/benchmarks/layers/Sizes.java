package io.convoy.benchmarks.layers;

import io.convoy.error.ConvoyException;

/** Checks of what has to fit into one array. */
final class Sizes {
  private static final long MOST = Integer.MAX_VALUE - 64;

  private Sizes() {}

  static void requireArray(String what, long floats) {
    if (floats > MOST) {
      throw ConvoyException.usage(
          "%s must fit into one array of 2^31 floats; got %d", what, floats);
    }
  }
}
