package io.convoy.checkpoint;

/** A checkpoint that is not whole, and why. It never leaves the package: another one is taken. */
final class DamagedException extends Exception {
  private static final long serialVersionUID = 1L;

  DamagedException(String reason) {
    super(reason);
  }

  DamagedException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
