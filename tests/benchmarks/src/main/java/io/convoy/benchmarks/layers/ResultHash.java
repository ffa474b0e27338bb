package io.convoy.benchmarks.layers;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over the bits of a result. */
final class ResultHash {
  private static final int PIECE = 4096;

  private ResultHash() {}

  static String of(float[] values) {
    MessageDigest digest = sha256();
    ByteBuffer buffer = ByteBuffer.allocate(PIECE * Float.BYTES);
    for (int from = 0; from < values.length; from += PIECE) {
      buffer.clear();
      buffer.asFloatBuffer().put(values, from, Math.min(PIECE, values.length - from));
      digest.update(buffer.limit(Math.min(PIECE, values.length - from) * Float.BYTES));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
