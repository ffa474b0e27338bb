package io.convoy.storage;

import io.convoy.error.ConvoyException;
import java.io.IOException;

/** A store is away, as far as its error tells: the same may succeed a little later. */
public final class StoreUnavailableException extends ConvoyException {
  private static final long serialVersionUID = 1L;

  public StoreUnavailableException(String message, IOException cause) {
    super(Kind.RESOURCE, message, cause);
  }
}
