package io.convoy.worker;

import io.convoy.health.StepHealth;
import io.convoy.json.Json;
import io.convoy.train.StepReport;
import java.util.List;

/**
 * What there is to tell of a segment's steps, of some of them or of all.
 *
 * @param places of the segment's ranks; null where rank 0 alone tells them
 * @param reports of steps, in order
 * @param health of steps that were looked at closely, in order: of each what this rank knows of it
 */
public record SegmentProgress(
    RankPlaces places, List<StepReport> reports, List<StepHealth> health) {
  /** Nothing to tell. */
  static final SegmentProgress NONE = new SegmentProgress(null, List.of(), List.of());

  public SegmentProgress {
    reports = List.copyOf(reports);
    health = List.copyOf(health);
  }

  byte[] toBytes() {
    return Json.bytes(this);
  }

  /** Reads progress as it is reported while a segment runs. */
  public static SegmentProgress fromBytes(byte[] bytes) {
    return Json.read(bytes, SegmentProgress.class, "a task's progress");
  }
}
