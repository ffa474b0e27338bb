package io.convoy.data.reader;

import io.convoy.data.DataSet;
import io.convoy.data.FileStore;

/** A packed set, as whoever reads it knows it: core itself has no Parquet. */
public interface PackedSet extends DataSet {
  /** The bytes of all images, decoded, where they stay in memory; else 0. */
  long keptMemory(FileStore files);

  /** The most bytes that windows of so many streams take while they are read. */
  long windowMemory(FileStore files, int streams);
}
