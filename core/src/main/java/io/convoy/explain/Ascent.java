package io.convoy.explain;

import io.convoy.error.ConvoyException;

/**
 * How an input is changed until it excites a filter.
 *
 * @param steps at least 1
 * @param rate how far a step goes: the root mean square of what it adds to the network's input, as
 *     that is standardised; above 0
 * @param decay the share of what lies beside grey that each step takes away, in [0, 1)
 * @param jitter pixels that the image is shifted by at the most before each step, at least 0: what
 *     only excites at one place, such as single pixels, does not grow
 * @param seed of the noise it starts from, and of the shifts
 */
public record Ascent(int steps, double rate, double decay, int jitter, long seed) {
  /** 100 steps. */
  public static final Ascent USUAL = new Ascent(100, 0.1, 0.01, 1, 1);

  public Ascent {
    if (steps < 1
        || !(rate > 0 && Double.isFinite(rate))
        || !(decay >= 0 && decay < 1)
        || jitter < 0) {
      throw ConvoyException.usage(
          "gradient ascent: steps must be at least 1, rate above 0, decay in [0, 1) and jitter at"
              + " least 0; got steps %s, rate %s, decay %s, jitter %s",
          steps, rate, decay, jitter);
    }
  }
}
