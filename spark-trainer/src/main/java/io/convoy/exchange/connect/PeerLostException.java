package io.convoy.exchange.connect;

import io.convoy.error.ConvoyException;

/** A rank went away, stayed silent beyond the time limit, or never came. */
public final class PeerLostException extends ConvoyException {
  private static final long serialVersionUID = 1L;

  private final int rank;

  /**
   * @param rank that was lost
   * @param message what happened and what to do
   * @param cause as noticed; null where there is none
   */
  public PeerLostException(int rank, String message, Throwable cause) {
    super(Kind.RESOURCE, message, cause);
    this.rank = rank;
  }

  /** The rank that was lost. */
  public int rank() {
    return rank;
  }
}
