package io.convoy.worker;

import io.convoy.error.ConvoyException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key of the exchange's handshake: the run's own, with Spark's secret mixed in. */
final class RunKey {
  private static final String ALGORITHM = "HmacSHA256";

  private RunKey() {}

  /**
   * HMAC-SHA-256 of Spark's secret under the run's key; the run's key alone where {@code
   * spark.authenticate} is off. So whoever reads the one without the other cannot take part.
   *
   * @param secret of {@code spark.authenticate}; null where it is off
   */
  static byte[] mix(byte[] runKey, String secret) {
    if (secret == null) {
      return runKey;
    }
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(runKey, ALGORITHM));
      return mac.doFinal(secret.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new ConvoyException(
          ConvoyException.Kind.INTERNAL, "this JVM has no " + ALGORITHM + ": " + e, e);
    }
  }
}
