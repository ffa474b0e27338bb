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
   * Fills a slice with elements of a type and adds their bytes to {@code digest}.
   *
   * @throws EOFException when the stream ends before
   */
  void read(InputStream in, MessageDigest digest, ElementType type, TensorSlice into)
      throws IOException {
    int elements = into.shape().elements();
    int most = bytes.capacity() / type.bytes();
    for (int done = 0; done < elements; done += most) {
      int count = Math.min(most, elements - done);
      fill(in, digest, count * type.bytes());
      int at = into.offset() + done;
      if (type == ElementType.F32) {
        bytes.asFloatBuffer().get(into.array(), at, count);
        continue;
      }
      bytes.rewind();
      for (int i = 0; i < count; i++) {
        into.array()[at + i] = type.next(bytes);
      }
      bytes.rewind();
    }
  }

  /**
   * Passes bytes over and adds them to {@code digest}.
   *
   * @throws EOFException when the stream ends before
   */
  void skip(InputStream in, MessageDigest digest, long length) throws IOException {
    for (long left = length; left > 0; left -= bytes.capacity()) {
      fill(in, digest, (int) Math.min(left, bytes.capacity()));
    }
  }

  private void fill(InputStream in, MessageDigest digest, int length) throws IOException {
    if (in.readNBytes(bytes.array(), 0, length) < length) {
      throw new EOFException();
    }
    digest.update(bytes.array(), 0, length);
  }
}
