package io.convoy.exchange;

import io.convoy.error.ConvoyException;

/** A known peer sent what it must not send at this point, or bytes that were altered on the way. */
public final class ExchangeCorruptException extends ConvoyException {
  private static final long serialVersionUID = 1L;

  private final int rank;

  ExchangeCorruptException(int rank, String message) {
    super(Kind.RESOURCE, message);
    this.rank = rank;
  }

  /** The rank whose bytes were refused. */
  public int rank() {
    return rank;
  }
}
