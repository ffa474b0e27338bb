package io.convoy.exchange.connect;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keys from a key: HKDF with HMAC-SHA-256 (RFC 5869), which JDK 17 does not have. */
final class Hkdf {
  private static final String ALGORITHM = "HmacSHA256";

  /** Bytes of a pseudorandom key, and of each block that is expanded from it. */
  private static final int HASH_BYTES = 32;

  private Hkdf() {}

  /**
   * The first step, section 2.2: HMAC of the secret under the salt.
   *
   * @param salt of any length, public; an empty one counts as 32 zeros
   * @param secret of any length
   * @return 32 bytes
   */
  static byte[] extract(byte[] salt, byte[] secret) {
    return hmac(salt.length == 0 ? new byte[HASH_BYTES] : salt).doFinal(secret);
  }

  /**
   * The second step, section 2.3: T(i) = HMAC(T(i - 1), info, i), one after the other.
   *
   * @param pseudorandomKey what {@link #extract} returned
   * @param length 1 to 255 · 32 bytes
   * @param info what the result is for, in pieces
   */
  static byte[] expand(byte[] pseudorandomKey, int length, byte[]... info) {
    if (length < 1 || length > 255 * HASH_BYTES) {
      throw new IllegalArgumentException(
          "length=%s must be from 1 to %s".formatted(length, 255 * HASH_BYTES));
    }
    Mac mac = hmac(pseudorandomKey);
    byte[] result = new byte[length];
    byte[] block = new byte[0];
    for (int at = 0; at < length; at += HASH_BYTES) {
      mac.update(block);
      for (byte[] piece : info) {
        mac.update(piece);
      }
      block = mac.doFinal(new byte[] {(byte) (at / HASH_BYTES + 1)});
      System.arraycopy(block, 0, result, at, Math.min(HASH_BYTES, length - at));
    }
    return result;
  }

  private static Mac hmac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac;
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, absent);
    }
  }
}
