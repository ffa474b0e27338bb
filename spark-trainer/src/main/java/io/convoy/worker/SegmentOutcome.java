package io.convoy.worker;

import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.train.StepReport;
import java.util.List;

/**
 * How a segment ended for one rank. A task that can still speak ends without an exception, so that
 * its word is not lost in Spark's failure of the stage.
 *
 * @param rank of the task; -1 when it failed before it had one
 * @param kind null when all went well, else what went wrong
 * @param message what went wrong, in words
 * @param peerLost whether it went wrong because another rank did
 * @param seconds spent in steps
 * @param kernels the provider's name
 * @param lanes of the provider
 * @param reports every step, from rank 0 only
 */
public record SegmentOutcome(
    int rank,
    ConvoyException.Kind kind,
    String message,
    boolean peerLost,
    double seconds,
    String kernels,
    int lanes,
    List<StepReport> reports) {
  public byte[] toBytes() {
    return Json.bytes(this);
  }

  public static SegmentOutcome fromBytes(byte[] bytes) {
    return Json.read(bytes, SegmentOutcome.class, "a task's outcome");
  }

  static byte[] reportBytes(List<StepReport> reports) {
    return Json.bytes(reports.toArray(StepReport[]::new));
  }

  /** Reads progress as it is reported while a segment runs. */
  public static List<StepReport> reports(byte[] bytes) {
    return List.of(Json.read(bytes, StepReport[].class, "a task's reports"));
  }
}
