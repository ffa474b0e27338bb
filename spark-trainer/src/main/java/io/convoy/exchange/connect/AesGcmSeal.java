package io.convoy.exchange.connect;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM (NIST SP 800-38D) with the JDK's own cipher: the payload is encrypted, the header is
 * authenticated with it, and the tag stands behind the payload. The nonce is the number of the
 * frame in its direction, counted on both sides and never sent, and the key is that of one
 * direction of one connection. So no nonce comes twice under a key, and a frame that is altered,
 * sent again, left out, out of turn or from another connection does not open.
 *
 * <p>A key lives as long as its connection, which is a segment: minutes. Even 2^32 frames, 400 TB,
 * would leave an attacker an advantage below 2^-39.
 *
 * <p>It works on an array of its own. Given direct buffers, the JDK's cipher copies them piece by
 * piece into new arrays, which takes longer than copying all of a frame there and back.
 *
 * @see Seals where the keys come from
 */
final class AesGcmSeal implements Seal {
  /** Bytes of a key. */
  static final int KEY_BYTES = 32;

  /** Bytes of a tag, the longest that GCM has. */
  static final int TAG_BYTES = 16;

  private static final int NONCE_BYTES = 12;
  private static final int COUNTER_AT = NONCE_BYTES - Long.BYTES;

  private final SecretKeySpec key;
  private final Cipher cipher;
  private final byte[] bytes =
      new byte[FrameLayout.HEADER + FrameLayout.MAXIMUM_PAYLOAD + TAG_BYTES];
  private final ByteBuffer nonce = ByteBuffer.allocate(NONCE_BYTES);
  private long frames;

  /**
   * @param key of this direction of this connection and of nothing else, 32 bytes
   */
  AesGcmSeal(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          "key.length=%s must be %s".formatted(key.length, KEY_BYTES));
    }
    this.key = new SecretKeySpec(key, "AES");
    try {
      this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException absent) {
      throw broken(absent);
    }
  }

  @Override
  public String proof() {
    return "authentication tag";
  }

  @Override
  public int overhead() {
    return TAG_BYTES;
  }

  @Override
  public void close(ByteBuffer frame, int payload) {
    frame.clear().get(0, bytes, 0, FrameLayout.HEADER + payload);
    try {
      run(Cipher.ENCRYPT_MODE, payload);
    } catch (GeneralSecurityException unexpected) {
      throw broken(unexpected);
    }
    frame.put(FrameLayout.HEADER, bytes, FrameLayout.HEADER, payload + TAG_BYTES);
  }

  @Override
  public boolean open(ByteBuffer frame, int payload) {
    frame.clear().get(0, bytes, 0, FrameLayout.HEADER + payload + TAG_BYTES);
    try {
      run(Cipher.DECRYPT_MODE, payload + TAG_BYTES);
    } catch (AEADBadTagException altered) {
      return false;
    } catch (GeneralSecurityException unexpected) {
      throw broken(unexpected);
    }
    frame.put(FrameLayout.HEADER, bytes, FrameLayout.HEADER, payload);
    return true;
  }

  /** In place, behind the header. */
  private void run(int mode, int length) throws GeneralSecurityException {
    nonce.putLong(COUNTER_AT, frames++);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce.array()));
    cipher.updateAAD(bytes, 0, FrameLayout.HEADER);
    cipher.doFinal(bytes, FrameLayout.HEADER, length, bytes, FrameLayout.HEADER);
  }

  private static IllegalStateException broken(GeneralSecurityException cause) {
    return new IllegalStateException("every JDK has AES-256-GCM", cause);
  }
}
