package io.convoy.trainer;

import io.convoy.health.StepHealth;
import io.convoy.worker.SegmentProgress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts together what the ranks of a segment have seen of the same steps. */
final class HealthParts {
  private final int ranks;
  private final Map<Long, List<StepHealth>> parts = new HashMap<>();

  HealthParts(int ranks) {
    this.ranks = ranks;
  }

  /** A rank's progress, with those steps that all ranks have told of by now. */
  SegmentProgress whole(SegmentProgress ofRank) {
    List<StepHealth> whole = new ArrayList<>();
    for (StepHealth part : ofRank.health()) {
      List<StepHealth> all = parts.computeIfAbsent(part.step(), step -> new ArrayList<>());
      all.add(part);
      if (all.size() == ranks) {
        parts.remove(part.step());
        whole.add(all.stream().reduce(StepHealth::and).orElseThrow());
      }
    }
    return new SegmentProgress(ofRank.places(), ofRank.reports(), whole);
  }
}
