package io.convoy.benchmarks.layers;

import io.convoy.digest.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** SHA-256 over the bits of a result. */
final class ResultHash {
  private static final int PIECE = 4096;

  private ResultHash() {}

  static String of(float[] values) {
    MessageDigest digest = Sha256.digest();
    ByteBuffer buffer = ByteBuffer.allocate(PIECE * Float.BYTES);
    for (int from = 0; from < values.length; from += PIECE) {
      buffer.clear();
      buffer.asFloatBuffer().put(values, from, Math.min(PIECE, values.length - from));
      digest.update(buffer.limit(Math.min(PIECE, values.length - from) * Float.BYTES));
    }
    return Sha256.hex(digest);
  }
}
