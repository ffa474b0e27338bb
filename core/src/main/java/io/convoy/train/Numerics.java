package io.convoy.train;

/** What decides bits, by number: see the numerics contract in ARCHITECTURE.md. */
public final class Numerics {
  /**
   * Raised when any change of code changes trained weights. Version 4 differs from 3 in grouped
   * convolutions alone: of 16 and more channels a group they are Winograd's, too.
   */
  public static final int VERSION = 4;

  private Numerics() {}
}
