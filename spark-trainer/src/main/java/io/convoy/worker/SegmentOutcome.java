package io.convoy.worker;

import io.convoy.error.ConvoyException;
import io.convoy.exchange.connect.PeerLostException;
import io.convoy.json.Json;

/**
 * How a segment ended for one rank. A task that can still report ends without an exception, so that
 * its report is not lost in Spark's failure of the stage.
 *
 * @param rank of the task; -1 when it failed before it had one
 * @param kind null when all went well, else what went wrong
 * @param message what went wrong, in words
 * @param origin of what went wrong; null when all went well
 * @param seconds spent in steps
 * @param kernels the provider's name
 * @param lanes of the provider
 * @param progress of all steps: what this rank has told of them, or would have
 */
public record SegmentOutcome(
    int rank,
    ConvoyException.Kind kind,
    String message,
    Origin origin,
    double seconds,
    String kernels,
    int lanes,
    SegmentProgress progress) {
  /** Where it comes from that a segment was lost. */
  public enum Origin {
    /** This rank. */
    OWN,
    /** This rank, whose heap was full. */
    FULL_HEAP,
    /** Another rank, which went away. */
    PEER;

    private static Origin of(ConvoyException failure) {
      if (failure instanceof PeerLostException) {
        return PEER;
      }
      return failure instanceof ExecutorOutOfMemoryException ? FULL_HEAP : OWN;
    }
  }

  /** A rank that has failed. */
  static SegmentOutcome failed(int rank, ConvoyException failure) {
    return new SegmentOutcome(
        rank,
        failure.kind(),
        failure.getMessage(),
        Origin.of(failure),
        0,
        "",
        0,
        SegmentProgress.NONE);
  }

  /** What went wrong, as an exception of this process; not to be asked where all went well. */
  public ConvoyException failure() {
    return origin == Origin.FULL_HEAP
        ? new ExecutorOutOfMemoryException(message, null)
        : new ConvoyException(kind, message);
  }

  public byte[] toBytes() {
    return Json.bytes(this);
  }

  public static SegmentOutcome fromBytes(byte[] bytes) {
    return Json.read(bytes, SegmentOutcome.class, "a task's outcome");
  }
}
