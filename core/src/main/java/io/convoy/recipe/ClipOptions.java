package io.convoy.recipe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;

/**
 * Limits to the mean gradient g of a mini-batch, before the optimizer (and its weight decay) sees
 * it. Where both are set, that of values comes first:
 *
 * <pre>
 *   g = max(-value, min(value, g))                  each element
 *   g = g norm / |g|,  where |g| &gt; norm          all elements together (Pascanu et al. 2013,
 *                                                   algorithm 1)
 * </pre>
 *
 * <p>|g| is the Euclidean norm over all trained parameters of the network.
 *
 * @param value the largest magnitude of an element, above 0; null for no limit
 * @param norm the largest norm, above 0; null for no limit
 */
public record ClipOptions(Float value, Float norm) {
  public ClipOptions {
    if (value == null && norm == null) {
      throw ConvoyException.usage(
          "clip: give value (the limit of each element), norm (of all together), or both; got"
              + " neither");
    }
    check("value", value);
    check("norm", norm);
  }

  @JsonCreator
  static ClipOptions of(@JsonProperty("value") Float value, @JsonProperty("norm") Float norm) {
    return new ClipOptions(value, norm);
  }

  private static void check(String key, Float limit) {
    if (limit != null && !(limit > 0 && limit < Float.POSITIVE_INFINITY)) {
      throw ConvoyException.usage("clip.%s must be above 0; got %s", key, limit);
    }
  }
}
