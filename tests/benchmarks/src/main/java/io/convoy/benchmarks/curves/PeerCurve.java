package io.convoy.benchmarks.curves;

import java.util.List;

/**
 * What a peer's training came to.
 *
 * @param peer its name
 * @param version its version
 * @param run the name of the run that it repeats
 * @param seed of the run
 * @param epochs one after the other
 */
record PeerCurve(String peer, String version, String run, long seed, List<Epoch> epochs) {
  /**
   * An epoch.
   *
   * @param loss the peer's mean loss over the epoch's batches
   * @param runLoss the run's over the same
   * @param testAccuracy of the peer's weights behind the epoch, in [0, 1]
   * @param testLoss likewise: the mean negative log likelihood
   */
  record Epoch(double loss, double runLoss, double testAccuracy, double testLoss) {}
}
