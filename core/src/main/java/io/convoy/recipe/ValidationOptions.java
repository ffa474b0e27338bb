package io.convoy.recipe;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.convoy.error.ConvoyException;

/**
 * The samples of the training set that are held back: never trained on, but evaluated at each
 * checkpoint. {@code share} or {@code samples} says how many, {@code seed} which.
 *
 * @param share of the training set, in (0, 1); null where {@code samples} says it
 * @param samples how many, at least 1; null where {@code share} says it
 * @param seed decides which; null where the recipe's seed does. Recipes that differ in their own
 *     seed alone hold back the same samples by it
 */
public record ValidationOptions(
    Double share, Integer samples, @JsonInclude(JsonInclude.Include.NON_NULL) Long seed) {
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

  /** The recipe's seed decides which. */
  public ValidationOptions(Double share, Integer samples) {
    this(share, samples, null);
  }

  /**
   * The seed that decides which samples are held back.
   *
   * @param recipe the recipe's own seed
   */
  public long seedOr(long recipe) {
    return seed == null ? recipe : seed;
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
