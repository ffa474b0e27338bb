package io.convoy.exchange.connect;

import io.convoy.digest.Sha256;
import io.convoy.error.ConvoyException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * Who may take part in an exchange: two ranks go together only if all of this is the same for both.
 *
 * @param run the id of the run, not empty
 * @param attempt the number of the submission within the run, at least 0
 * @param codeVersion the version of Convoy, not empty
 * @param numericsVersion the version of the numerics contract
 * @param key the random key of this run, at least 16 bytes; it is never written or logged
 * @param encrypted whether frames are encrypted; else they carry a checksum
 */
public record RunIdentity(
    String run,
    int attempt,
    String codeVersion,
    int numericsVersion,
    byte[] key,
    boolean encrypted) {

  /** Bytes of a key at the least. */
  public static final int MINIMUM_KEY = 16;

  /** Bytes of a digest. */
  static final int DIGEST_BYTES = 16;

  /** Checks the ranges above and keeps a copy of the key. */
  public RunIdentity {
    if (run.isEmpty() || codeVersion.isEmpty()) {
      throw ConvoyException.usage(
          "run=\"%s\" and codeVersion=\"%s\" of an exchange must not be empty", run, codeVersion);
    }
    if (attempt < 0) {
      throw ConvoyException.usage("attempt=%d of run %s must be at least 0", attempt, run);
    }
    if (key.length < MINIMUM_KEY) {
      throw ConvoyException.usage(
          "the key of run %s has %d bytes, must have at least %d", run, key.length, MINIMUM_KEY);
    }
    key = key.clone();
  }

  @Override
  public byte[] key() {
    return key.clone();
  }

  /** How the run is named on the wire: the first 16 bytes of the SHA-256 of its id's UTF-8. */
  public byte[] runDigest() {
    return digest(run);
  }

  /** The same of the code version. */
  byte[] codeDigest() {
    return digest(codeVersion);
  }

  private static byte[] digest(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(Sha256.digest().digest(utf8), DIGEST_BYTES);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RunIdentity that
        && run.equals(that.run)
        && attempt == that.attempt
        && codeVersion.equals(that.codeVersion)
        && numericsVersion == that.numericsVersion
        && Arrays.equals(key, that.key)
        && encrypted == that.encrypted;
  }

  @Override
  public int hashCode() {
    return Objects.hash(run, attempt, codeVersion, numericsVersion, encrypted);
  }

  /** All but the key. */
  @Override
  public String toString() {
    return "run %s, attempt %s, code %s, numerics %s, %s frames"
        .formatted(run, attempt, codeVersion, numericsVersion, encrypted ? "encrypted" : "plain");
  }
}
