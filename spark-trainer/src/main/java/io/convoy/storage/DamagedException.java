package io.convoy.storage;

/** A checkpoint that is not whole, and why. It never leaves the package: another one is taken. */
public final class DamagedException extends Exception {
  private static final long serialVersionUID = 1L;

  public DamagedException(String reason) {
    super(reason);
  }

  public DamagedException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
