package io.convoy.data;

import io.convoy.digest.Sha256;
import io.convoy.tensor.Shape;
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

  /** The shape of all images, the number of samples and the names of classes. */
  public Fingerprint addFrame(SampleSource source, Shape images) {
    return addFrame(source, images.toArray());
  }

  /** Of images whose height and width differ, these are 0. */
  public Fingerprint addFrame(SampleSource source, int... images) {
    for (int extent : images) {
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
