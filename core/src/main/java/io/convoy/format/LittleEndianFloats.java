package io.convoy.format;

import io.convoy.digest.Sha256;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;

/** Floats as little-endian bytes, moved through a buffer of fixed size whatever their number. */
public final class LittleEndianFloats {
  private static final int BUFFERED = 16 * 1024;

  private final ByteBuffer bytes =
      ByteBuffer.allocate(BUFFERED * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);

  LittleEndianFloats() {}

  /** SHA-256 of {@code values} as little-endian bytes, in hexadecimal. */
  public static String sha256(float[] values) {
    LittleEndianFloats floats = new LittleEndianFloats();
    MessageDigest digest = Sha256.digest();
    for (int done = 0; done < values.length; done += BUFFERED) {
      int count = Math.min(BUFFERED, values.length - done);
      floats.bytes.asFloatBuffer().put(values, done, count);
      digest.update(floats.bytes.array(), 0, count * Float.BYTES);
    }
    return Sha256.hex(digest);
  }

  /** Writes {@code values[offset, offset + length)} and adds the bytes to {@code digest}. */
  void write(OutputStream out, MessageDigest digest, float[] values, int offset, int length)
      throws IOException {
    for (int done = 0; done < length; done += BUFFERED) {
      int count = Math.min(BUFFERED, length - done);
      bytes.asFloatBuffer().put(values, offset + done, count);
      digest.update(bytes.array(), 0, count * Float.BYTES);
      out.write(bytes.array(), 0, count * Float.BYTES);
    }
  }

  /**
   * Fills {@code values[offset, offset + length)} and adds the bytes to {@code digest}.
   *
   * @throws EOFException when the stream ends before
   */
  void read(InputStream in, MessageDigest digest, float[] values, int offset, int length)
      throws IOException {
    for (int done = 0; done < length; done += BUFFERED) {
      int count = Math.min(BUFFERED, length - done);
      int read = in.readNBytes(bytes.array(), 0, count * Float.BYTES);
      if (read < count * Float.BYTES) {
        throw new EOFException();
      }
      digest.update(bytes.array(), 0, read);
      bytes.asFloatBuffer().get(values, offset + done, count);
    }
  }
}
