package io.convoy.exchange.connect;

/** The bytes of a handshake, for tests that come between two ranks. */
public final class HandshakeBytes {
  /** How many a caller sends before its first frame. */
  public static final int OF_CALLER = Handshake.HELLO_BYTES + Handshake.PROOF_BYTES;

  private HandshakeBytes() {}

  /** What rank 1 of 2 says first when it calls rank 0. */
  public static byte[] hello() {
    return new Handshake(Identities.PLAIN, 1, 2).hello(0);
  }
}
