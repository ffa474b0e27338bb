package io.convoy.pack;

import io.convoy.data.Fingerprint;
import io.convoy.data.GroupCut;

/**
 * A row of a packed set.
 *
 * @param image the image's file as it was stored; not copied
 * @param label of its class
 * @param path where it came from, below its source
 * @param height of the image as it is displayed, in pixels
 * @param width of the image as it is displayed, in pixels
 */
public record PackedImage(byte[] image, int label, String path, int height, int width) {
  /** About what the row takes in a file. */
  long bytes() {
    return GroupCut.rowBytes(path, image.length);
  }

  void addTo(Fingerprint digest) {
    addTo(digest, image, 0, image.length, label, path, height, width);
  }

  /** The order of a row in the digest of its group; both sides of a file go by it. */
  static void addTo(
      Fingerprint digest,
      byte[] image,
      int from,
      int length,
      int label,
      String path,
      int height,
      int width) {
    digest.add(label).add(path).add(height).add(width).add(length).add(image, from, length);
  }
}
