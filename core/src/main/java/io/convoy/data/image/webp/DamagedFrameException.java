package io.convoy.data.image.webp;

/** A frame whose data cannot be those of an image. The message gives the reason alone. */
public final class DamagedFrameException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DamagedFrameException(String reason) {
    super(reason);
  }
}
