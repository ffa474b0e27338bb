package io.convoy.exchange.connect;

import java.nio.charset.StandardCharsets;

/** What the ranks of a test have in common. */
public final class Identities {
  /** The run's key. */
  public static final byte[] KEY = "a key for tests only".getBytes(StandardCharsets.US_ASCII);

  /** Frames are plain. */
  public static final RunIdentity PLAIN = new RunIdentity("run-7", 3, "1.0", 1, KEY, false);

  /** The same, but that frames are encrypted. */
  public static final RunIdentity ENCRYPTED = new RunIdentity("run-7", 3, "1.0", 1, KEY, true);

  private Identities() {}
}
