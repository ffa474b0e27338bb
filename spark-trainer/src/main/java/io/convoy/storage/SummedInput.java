package io.convoy.storage;

import io.convoy.digest.Sha256;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;

/** A stream that counts what is read from it, and takes the sum that manifests hold. */
public final class SummedInput extends FilterInputStream {
  private final MessageDigest digest = Sha256.digest();
  private long count;

  public SummedInput(InputStream in) {
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
  public String finish() throws IOException {
    transferTo(OutputStream.nullOutputStream());
    return Sha256.hex(digest);
  }

  /** Bytes read so far. */
  public long count() {
    return count;
  }
}
