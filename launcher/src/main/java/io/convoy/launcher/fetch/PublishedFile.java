package io.convoy.launcher.fetch;

import io.convoy.digest.Sha256;
import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * A file as it was published.
 *
 * @param name in the set's folder here, and behind the set's address there
 * @param size in bytes
 * @param sha256 in lower-case hexadecimal
 */
public record PublishedFile(String name, long size, String sha256) {
  private static final int BUFFER = 1 << 16;

  /** Whether a file of this machine holds the published bytes. */
  boolean isAt(Path path) {
    try {
      return Files.isRegularFile(path) && Files.size(path) == size && sha256Of(path).equals(sha256);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** SHA-256 of a file in hexadecimal. */
  static String sha256Of(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return sha256Of(in);
    }
  }

  /** SHA-256 of what a stream still gives, in hexadecimal. */
  static String sha256Of(InputStream in) throws IOException {
    MessageDigest digest = Sha256.digest();
    byte[] buffer = new byte[BUFFER];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      digest.update(buffer, 0, read);
    }
    return Sha256.hex(digest);
  }

  static ConvoyException unreadable(Path path, IOException cause) {
    return new ConvoyException(
        ConvoyException.Kind.RESOURCE, "%s: cannot be read (%s)".formatted(path, cause), cause);
  }
}
