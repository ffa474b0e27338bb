package io.convoy.search;

import io.convoy.error.ConvoyException;
import java.util.ArrayList;
import java.util.List;

/**
 * Successive halving (Jamieson and Talwalkar 2016, algorithm 1): all trials are trained for a few
 * epochs, the best of them go on, eta times fewer for eta times longer, until some have come to the
 * last rung. A rung is whole before the next begins: so who goes on depends on no clock.
 *
 * @param epochs that a trial has behind it at each rung, ascending
 * @param eta how many times fewer go on
 */
public record Rungs(List<Integer> epochs, int eta) {
  public Rungs {
    epochs = List.copyOf(epochs);
  }

  /**
   * The rungs up to the longest trial: each has eta times the epochs of that below it, rounded
   * down.
   *
   * @param minEpochs of the first rung at the least
   * @param maxEpochs of the last one
   * @param eta at least 2
   */
  static Rungs of(int minEpochs, int maxEpochs, int eta) {
    List<Integer> epochs = new ArrayList<>();
    for (int at = maxEpochs; at >= minEpochs; at /= eta) {
      epochs.add(0, at);
    }
    if (epochs.isEmpty()) {
      throw ConvoyException.usage(
          "--min-epochs must be at most --max-epochs; got %d and %d", minEpochs, maxEpochs);
    }
    return new Rungs(epochs, eta);
  }

  /** How many of so many trials go on from a rung that is not the last. */
  public int goOn(int trials) {
    return Math.max(1, trials / eta);
  }

  /** The epochs that so many trials take together, unless some fail. */
  public long epochsOf(int trials) {
    long all = 0;
    int before = 0;
    int left = trials;
    for (int at : epochs) {
      all += (long) left * (at - before);
      before = at;
      left = goOn(left);
    }
    return all;
  }
}
