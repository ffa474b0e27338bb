package io.convoy.exchange.connect;

import java.nio.charset.StandardCharsets;

/**
 * The seals of one connection.
 *
 * @param outgoing closes what this side sends
 * @param incoming opens what the other side sends
 */
public record Seals(Seal outgoing, Seal incoming) {
  private static final byte[] CALLER = label("convoy exchange 1: frames of the caller");
  private static final byte[] ANSWERER = label("convoy exchange 1: frames of the answerer");

  /** Frames are plain. */
  static Seals checksums() {
    return new Seals(new ChecksumSeal(), new ChecksumSeal());
  }

  /**
   * Frames are encrypted, each direction with a key of its own: HKDF-SHA-256 from the run's key,
   * with both nonces as the salt, for a label of the direction and all that was said until then,
   * which names run, attempt, versions and both ranks.
   *
   * @param hello the caller's, with its nonce
   * @param answer the answerer's, with its nonce
   * @param caller whether this side called
   */
  static Seals encrypted(byte[] runKey, byte[] hello, byte[] answer, boolean caller) {
    byte[] extracted = Hkdf.extract(Handshake.nonces(hello, answer), runKey);
    Seal callers =
        new AesGcmSeal(Hkdf.expand(extracted, AesGcmSeal.KEY_BYTES, CALLER, hello, answer));
    Seal answerers =
        new AesGcmSeal(Hkdf.expand(extracted, AesGcmSeal.KEY_BYTES, ANSWERER, hello, answer));
    return caller ? new Seals(callers, answerers) : new Seals(answerers, callers);
  }

  private static byte[] label(String text) {
    return (text + '\0').getBytes(StandardCharsets.US_ASCII);
  }
}
