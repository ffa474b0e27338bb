package io.convoy.launcher;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/**
 * MNIST's four files, small: 8 x 8 images in ten classes. What is wrong in them is put there by a
 * test.
 *
 * @param folder where they lie
 */
record IdxFolder(Path folder) {
  static final int SAMPLES = 40;

  /** Each image is as bright as its label is high, in a column that follows from the label. */
  static IdxFolder sound(Path folder) {
    IdxFolder data = new IdxFolder(folder);
    try {
      Files.createDirectories(folder);
      for (String set : new String[] {"train", "t10k"}) {
        data.write(set + "-images-idx3-ubyte", images(SAMPLES));
        data.write(set + "-labels-idx1-ubyte", labels(SAMPLES));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return data;
  }

  static byte[] images(int count) {
    ByteBuffer bytes = ByteBuffer.allocate(16 + count * 64);
    bytes.putInt(0x00000803).putInt(count).putInt(8).putInt(8);
    for (int i = 0; i < count * 64; i++) {
      int label = i / 64 * 7 % 10;
      bytes.put((byte) (i % 8 == label % 8 ? 250 - label : 20 * label));
    }
    return bytes.array();
  }

  static byte[] labels(int count) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + count);
    bytes.putInt(0x00000801).putInt(count);
    for (int i = 0; i < count; i++) {
      bytes.put((byte) (i * 7 % 10));
    }
    return bytes.array();
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  void delete(String name) throws IOException {
    Files.delete(folder.resolve(name));
  }
}
