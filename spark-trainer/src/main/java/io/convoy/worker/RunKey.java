package io.convoy.worker;

import io.convoy.error.ConvoyException;
import io.convoy.exchange.connect.RunIdentity;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret of a run's exchanges and whether they are encrypted: the driver decides both, and each
 * segment's task carries them. The key is made anew by each driver, is kept in no file, setting or
 * property, and shows in no message.
 */
public final class RunKey implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES = 32;

  private final byte[] bytes;
  private final boolean encrypted;

  /**
   * @param bytes the run's own key, at least 16
   * @param encrypted whether the exchanges' frames are encrypted
   */
  RunKey(byte[] bytes, boolean encrypted) {
    this.bytes = bytes.clone();
    this.encrypted = encrypted;
  }

  /**
   * A key of 32 random bytes.
   *
   * @param encrypted whether the exchanges' frames are encrypted
   */
  public static RunKey random(boolean encrypted) {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new RunKey(bytes, encrypted);
  }

  /**
   * What the ranks of an attempt have in common, with the release that this process runs.
   *
   * @param secret of {@code spark.authenticate}; null where it is off
   */
  RunIdentity identity(String run, int attempt, String secret) {
    return new RunIdentity(
        run, attempt, Release.OWN.code(), Release.OWN.numerics(), mixedWith(secret), encrypted);
  }

  /**
   * HMAC-SHA-256 of Spark's secret under the run's key; the run's key alone where {@code
   * spark.authenticate} is off. So whoever reads the one without the other cannot take part.
   */
  private byte[] mixedWith(String secret) {
    if (secret == null) {
      return bytes;
    }
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(bytes, ALGORITHM));
      return mac.doFinal(secret.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new ConvoyException(
          ConvoyException.Kind.INTERNAL, "this JVM has no " + ALGORITHM + ": " + e, e);
    }
  }

  /** All but the key. */
  @Override
  public String toString() {
    return encrypted ? "key of encrypted exchanges" : "key of plain exchanges";
  }
}
