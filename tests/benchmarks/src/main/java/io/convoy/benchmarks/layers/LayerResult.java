package io.convoy.benchmarks.layers;

import io.convoy.benchmarks.timing.Spread;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One direction of one problem.
 *
 * @param problem its line
 * @param name network and layer
 * @param set the network
 * @param batch samples
 * @param count how often the network has the shape
 * @param direction that was computed
 * @param group whose mean it belongs to
 * @param operations floating operations, two a multiply-add
 * @param peak operations a second that registers alone reached at best, up to here
 * @param sameBits whether the scalar kernels gave the same bits; null where they were not asked
 * @param errorLimit what the length of the sums explains
 * @param packing seconds of Convoy's work each time that the weights change, which is part of no
 *     timing; null where there is none
 * @param timings of Convoy first, then of the peers
 */
public record LayerResult(
    String problem,
    String name,
    String set,
    int batch,
    int count,
    Direction direction,
    Group group,
    double operations,
    double peak,
    Boolean sameBits,
    double errorLimit,
    Spread packing,
    List<Timing> timings) {

  /**
   * One contender.
   *
   * @param contender its name
   * @param seconds of one computation
   * @param error the largest one over drawn elements, as a share of their root mean square
   */
  public record Timing(String contender, Spread seconds, double error) {}

  public LayerResult {
    timings = List.copyOf(timings);
  }

  /** Convoy's own timing. */
  public Timing ours() {
    return timings.get(0);
  }

  /** The fastest peer; nothing where none computes this. */
  public Optional<Timing> bestPeer() {
    return timings.stream().skip(1).min(Comparator.comparingDouble(t -> t.seconds().median()));
  }

  /** The fastest peer's time over ours: above 1 we are faster. NaN without a peer. */
  public double ratio() {
    return bestPeer()
        .map(peer -> peer.seconds().median() / ours().seconds().median())
        .orElse(Double.NaN);
  }

  /**
   * Whether there is a ratio. A time that is the difference of two may be lost in the noise of a
   * busy machine: nothing is said of it then.
   */
  public boolean comparable() {
    return bestPeer().isPresent() && ours().seconds().median() > 0;
  }

  /** Convoy's operations a second. */
  public double speed() {
    return operations / ours().seconds().median();
  }

  /** What is wrong with the results; nothing where they are right. */
  public Optional<String> fault() {
    if (Boolean.FALSE.equals(sameBits)) {
      return Optional.of("the bits differ from those of the scalar kernels");
    }
    return timings.stream()
        .filter(timing -> !(timing.error() <= errorLimit))
        .findFirst()
        .map(
            timing ->
                String.format(
                    Locale.ROOT,
                    "the error of %s is %.1e, over %.1e",
                    timing.contender(),
                    timing.error(),
                    errorLimit));
  }
}
