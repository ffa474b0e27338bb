package io.convoy.worker;

import io.convoy.error.ConvoyException;

/** An executor's heap was full: that does not pass with time. */
public final class ExecutorOutOfMemoryException extends ConvoyException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what happened and what to do
   * @param cause as noticed; null where the executor reported it
   */
  public ExecutorOutOfMemoryException(String message, Throwable cause) {
    super(Kind.RESOURCE, message, cause);
  }
}
