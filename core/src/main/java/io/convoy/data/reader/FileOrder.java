package io.convoy.data.reader;

import com.fasterxml.jackson.annotation.JsonProperty;

/** In which order the samples of a set of files go. It decides what a mini-batch holds. */
public enum FileOrder {
  /** That of the names of folders and files, or of a table's rows; each is read by itself. */
  @JsonProperty("files")
  FILES,
  /** That of the set that {@code convoy pack} makes of them without options. */
  @JsonProperty("pack")
  PACK
}
