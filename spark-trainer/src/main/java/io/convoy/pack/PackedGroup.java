package io.convoy.pack;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;

/**
 * A row group of a packed file.
 *
 * @param rows at least 1
 * @param offset where it starts in the file
 * @param bytes that it takes there
 * @param sha256 of its rows: label, path, height, width and image of each
 */
public record PackedGroup(
    @JsonProperty(required = true) int rows,
    @JsonProperty(required = true) long offset,
    @JsonProperty(required = true) long bytes,
    @JsonProperty(required = true) String sha256) {
  public PackedGroup {
    if (rows < 1 || offset < 0 || bytes < 1 || sha256 == null || sha256.length() != 64) {
      throw ConvoyException.data(
          "a row group has a row and a byte at least, and a SHA-256; got %d rows, %d bytes at %d,"
              + " digest %s",
          rows, bytes, offset, sha256);
    }
  }

  /** The first byte behind it. */
  long end() {
    return Math.addExact(offset, bytes);
  }
}
