package io.convoy.checkpoint;

import io.convoy.error.ConvoyException;
import java.io.IOException;

/** A store is away, as far as its error tells: the same may succeed a little later. */
final class StoreUnavailableException extends ConvoyException {
  private static final long serialVersionUID = 1L;

  StoreUnavailableException(String message, IOException cause) {
    super(Kind.RESOURCE, message, cause);
  }
}
