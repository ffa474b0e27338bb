package io.convoy.benchmarks.networks;

import io.convoy.benchmarks.timing.Spread;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One network in one mode.
 *
 * @param network its name
 * @param mode what was asked
 * @param batch samples of a step
 * @param error the largest difference of a peer's logits from ours, as a share of their root mean
 *     square; null in training and without a peer
 * @param timings all contenders in all their ways
 */
public record NetworkResult(
    String network, Mode mode, int batch, Double error, List<Timing> timings) {
  /**
   * One contender in one way.
   *
   * @param contender its name
   * @param way such as a number of shards or a memory format
   * @param seconds of a step
   * @param peakBytes the most memory that a process of its own held; 0 where it was not measured
   */
  public record Timing(String contender, String way, Spread seconds, long peakBytes) {
    /** Whether this is Convoy. */
    public boolean ours() {
      return contender.equals(ConvoyNetworks.NAME);
    }
  }

  public NetworkResult {
    timings = List.copyOf(timings);
  }

  /** The fastest peer in its best way. */
  public Optional<Timing> bestPeer() {
    return timings.stream()
        .filter(timing -> !timing.ours())
        .min(Comparator.comparingDouble(timing -> timing.seconds().median()));
  }

  /** The best peer's time over a timing: above 1 that one is faster. NaN without a peer. */
  public double ratio(Timing timing) {
    return bestPeer()
        .map(peer -> peer.seconds().median() / timing.seconds().median())
        .orElse(Double.NaN);
  }

  /** Images a second. */
  public double speed(Timing timing) {
    return batch / timing.seconds().median();
  }
}
