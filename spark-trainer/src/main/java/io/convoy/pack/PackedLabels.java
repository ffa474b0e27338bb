package io.convoy.pack;

import io.convoy.data.FileStore;
import io.convoy.data.StoredFile;
import io.convoy.digest.Sha256;
import io.convoy.error.ConvoyException;
import java.util.HexFormat;

/**
 * The labels of all rows of a set, in their order, as {@value #FILE} has them: one byte a row, two
 * where there are more than 256 classes, three where there are more than 65,536; the lowest first.
 * Whoever wants to know labels reads this one file, and no image.
 *
 * @param bytes as the file has them
 * @param width bytes of a row
 */
record PackedLabels(byte[] bytes, int width) {
  /** The file beside the set's others. */
  static final String FILE = "labels.bin";

  /** The bytes of a label in a set of so many classes. */
  static int width(int classes) {
    return Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(classes - 1) + 7) / Byte.SIZE);
  }

  /** The bytes of some labels. */
  static byte[] bytes(int[] labels, int classes) {
    int width = width(classes);
    byte[] bytes = new byte[Math.multiplyExact(labels.length, width)];
    for (int row = 0; row < labels.length; row++) {
      for (int i = 0; i < width; i++) {
        bytes[row * width + i] = (byte) (labels[row] >>> (Byte.SIZE * i));
      }
    }
    return bytes;
  }

  /**
   * Reads the labels of a set.
   *
   * @throws ConvoyException of kind DATA when they are not those that its description has
   */
  static PackedLabels read(FileStore files, String folder, PackDescription description) {
    int width = width(description.imagesByNumber().size());
    String path = folder + "/" + FILE;
    byte[] bytes = StoredFile.read(files, path, description.images() * width);
    String found = HexFormat.of().formatHex(Sha256.digest().digest(bytes));
    if (!found.equals(description.labelsSha256())) {
      throw ConvoyException.data(
          "%s: its SHA-256 is %s, the set's dataset.json says %s: copy the set again, or pack it"
              + " again",
          path, found, description.labelsSha256());
    }
    return new PackedLabels(bytes, width);
  }

  int label(int row) {
    int label = 0;
    for (int i = width - 1; i >= 0; i--) {
      label = label << Byte.SIZE | Byte.toUnsignedInt(bytes[row * width + i]);
    }
    return label;
  }

  int count() {
    return bytes.length / width;
  }
}
