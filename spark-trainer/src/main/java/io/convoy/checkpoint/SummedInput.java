package io.convoy.checkpoint;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The sum that manifests hold. */
final class Sha256 {
  private Sha256() {}

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A stream that counts and sums what is read from it. */
  static final class Input extends FilterInputStream {
    private final MessageDigest digest = digest();
    private long count;

    Input(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = in.read();
      if (value >= 0) {
        digest.update((byte) value);
        count++;
      }
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = in.read(bytes, offset, length);
      if (read > 0) {
        digest.update(bytes, offset, read);
        count += read;
      }
      return read;
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    /** Reads to the end; then the sum of the whole file, in hexadecimal. */
    String finish() throws IOException {
      transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    }

    /** Bytes read so far. */
    long count() {
      return count;
    }
  }
}
