package io.convoy.data;

import io.convoy.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** SHA-256 over numbers, names and bytes, each preceded by its length where that may vary. */
public final class Fingerprint {
  private final MessageDigest digest = Sha256.digest();

  public Fingerprint add(int value) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, value));
    return this;
  }

  public Fingerprint add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return add(bytes.length).add(bytes, 0, bytes.length);
  }

  public Fingerprint add(byte[] bytes, int offset, int length) {
    digest.update(bytes, offset, length);
    return this;
  }

  /** Shape, number of samples and class names. */
  public Fingerprint addFrame(SampleSource source) {
    for (int extent : source.shape().toArray()) {
      add(extent);
    }
    add(source.size()).add(source.classes().size());
    source.classes().forEach(this::add);
    return this;
  }

  public String hex() {
    return Sha256.hex(digest);
  }
}
