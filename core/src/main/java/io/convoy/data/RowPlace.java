package io.convoy.data;

/**
 * Where an image lies that is no file of its own, but a row of a table's file.
 *
 * @param file the store's own path
 * @param group the row group, from 0
 * @param row in the group, from 0
 */
public record RowPlace(String file, int group, int row) {
  /** In words, which are different for each row. */
  public String inWords() {
    return "%s: row %s of row group %s (both counted from 0)".formatted(file, row, group);
  }

  /** Whether both lie in the same row group. */
  public boolean isBeside(RowPlace other) {
    return group == other.group && file.equals(other.file);
  }
}
