package io.convoy.sql;

import io.convoy.data.StoredFile;
import io.convoy.error.ConvoyException;
import io.convoy.images.ImageRows;
import io.convoy.storage.HadoopFiles;

/** An image's file on any Hadoop file system. */
final class StoredImage {
  private StoredImage() {}

  /**
   * Its bytes.
   *
   * @throws ConvoyException of kind DATA when there is no such file, or it is larger than any image
   */
  static byte[] read(HadoopFiles files, String path) {
    long length = StoredFile.length(files, path);
    if (length > ImageRows.MOST_BYTES) {
      throw ConvoyException.data(
          "%s: the image has %d bytes, more than %d: scale it down, or take it away",
          path, length, ImageRows.MOST_BYTES);
    }
    return StoredFile.read(files, path, length);
  }
}
