package io.convoy.fault;

import io.convoy.json.Json;
import java.util.Locale;
import java.util.Optional;

/** One rank that all others wait for: its shards take longer, step after step. */
public final class SlowExecutor implements FaultDetector {
  /** Of the recent steps, as they fade. */
  private static final double MOST = 0.7;

  @Override
  public String name() {
    return "slow executor";
  }

  @Override
  public Optional<String> blind(Evidence evidence) {
    if (evidence.ranks().ranks() > 0) {
      return Optional.empty();
    }
    return Optional.of(
        evidence.curve().steps() == 0
            ? "no step was done"
            : "the steps do not tell the times of ranks: an older release wrote them");
  }

  @Override
  public Optional<FaultFinding> look(Evidence evidence) {
    RankSpeeds ranks = evidence.ranks();
    for (int rank = 0; rank < ranks.ranks(); rank++) {
      if (ranks.slowShare(rank) > MOST) {
        return Optional.of(finding(ranks, rank));
      }
    }
    return Optional.empty();
  }

  private FaultFinding finding(RankSpeeds ranks, int rank) {
    boolean reads = ranks.waitShare(rank) > 0.5;
    return new FaultFinding(
        name(),
        String.format(
            Locale.ROOT,
            "%s takes %.1f times as long over a shard as the others; %s of that it waits for images",
            ranks.name(rank),
            ranks.times(rank),
            Figures.percent(ranks.waitShare(rank))),
        "all executors wait for the slowest in each step",
        (reads
                ? "see whether that machine is farther from the images, and what else reads there"
                : "see what else runs on that machine, and whether it is hotter or has fewer cores")
            + "; or leave it out",
        Json.object()
            .put("rank", rank)
            .put("times", ranks.times(rank))
            .put("waitShare", ranks.waitShare(rank)));
  }
}
