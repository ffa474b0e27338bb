package io.convoy.recipe;

import io.convoy.error.ConvoyException;

/**
 * The samples of the training set that are held back: never trained on, but evaluated at each
 * checkpoint. One of the two keys says how many; the training split which.
 *
 * @param share of the training set, in (0, 1); null where {@code samples} says it
 * @param samples how many, at least 1; null where {@code share} says it
 */
public record ValidationOptions(Double share, Integer samples) {
  public ValidationOptions {
    if ((share == null) == (samples == null)) {
      throw ConvoyException.usage(
          "validation: give share (of the training set) or samples (how many), one of them; got %s",
          share == null ? "neither" : "share=%s and samples=%s".formatted(share, samples));
    }
    if (share != null && !(share > 0 && share < 1)) {
      throw ConvoyException.usage("validation.share must lie in (0, 1); got %s", share);
    }
    if (samples != null && samples < 1) {
      throw ConvoyException.usage("validation.samples must be at least 1; got %d", samples);
    }
  }

  /**
   * How many samples of a set are held back: of a share the nearest whole number, but at least 1.
   *
   * @param size of the whole training set
   * @throws ConvoyException of kind USAGE when none is left to train on
   */
  public int samplesOf(int size) {
    long count = samples == null ? Math.max(1, Math.round(share * size)) : samples;
    if (count >= size) {
      throw ConvoyException.usage(
          "validation.%s must leave images to train on; it takes %d of the training set's %d",
          samples == null ? "share=" + share : "samples=" + samples, count, size);
    }
    return (int) count;
  }
}
