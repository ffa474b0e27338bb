package io.convoy.trainer;

import io.convoy.worker.ExecutorOutOfMemoryException;

/** A segment that did not come to its end, for a reason that may pass: it is submitted again. */
final class SegmentLostException extends Exception {
  private static final long serialVersionUID = 1L;

  SegmentLostException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether an executor's heap was full. */
  boolean outOfMemory() {
    return getCause() instanceof ExecutorOutOfMemoryException;
  }
}
