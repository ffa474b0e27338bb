package io.convoy.exchange.connect;

import io.convoy.error.ConvoyException;

/** This rank was refused by a peer, or refused the peer that it had called. */
public final class PeerRefusedException extends ConvoyException {
  private static final long serialVersionUID = 1L;

  private final int rank;
  private final Refusal reason;

  PeerRefusedException(int rank, Refusal reason, String message) {
    super(Kind.RESOURCE, message);
    this.rank = rank;
    this.reason = reason;
  }

  /** The peer. */
  public int rank() {
    return rank;
  }

  /** Why. */
  public Refusal reason() {
    return reason;
  }
}
