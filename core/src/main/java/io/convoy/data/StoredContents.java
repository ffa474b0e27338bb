package io.convoy.data;

import io.convoy.data.FileDataSet.StoredImage;

/** Reads the images of a set as they are stored, encoded. For one thread at a time. */
public interface StoredContents {
  /**
   * Reads an image. Neighbours in a row group are best read one after the other.
   *
   * @throws io.convoy.error.ConvoyException of kind RESOURCE where the store is at fault, of kind
   *     DATA where a table is damaged
   */
  byte[] read(StoredImage image);
}
