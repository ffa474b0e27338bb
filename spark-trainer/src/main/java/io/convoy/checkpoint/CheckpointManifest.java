package io.convoy.checkpoint;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a checkpoint consists of, {@code MANIFEST.json}: written last, so that a checkpoint without
 * it was never finished, and one that differs from it is damaged.
 *
 * @param formatVersion of the checkpoint's files, {@link #FORMAT_VERSION}
 * @param files size and sum by name
 */
record CheckpointManifest(int formatVersion, Map<String, FileSum> files) {
  static final int FORMAT_VERSION = 1;
  static final String NAME = "MANIFEST.json";
  static final int LIMIT = 64 * 1024;

  /**
   * One file.
   *
   * @param size in bytes
   * @param sha256 of its bytes, in hexadecimal
   */
  record FileSum(long size, String sha256) {}

  CheckpointManifest {
    files = files == null ? Map.of() : new TreeMap<>(files);
  }
}
