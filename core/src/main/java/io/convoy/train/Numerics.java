package io.convoy.train;

/** What decides bits, by number: see the numerics contract in ARCHITECTURE.md. */
public final class Numerics {
  /** Raised when any change of code changes trained weights. */
  public static final int VERSION = 3;

  private Numerics() {}
}
