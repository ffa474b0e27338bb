package io.convoy.data;

import java.util.Arrays;

/**
 * How the rows of a set lie in its files: in groups, each of which is read in one go. Rows are
 * numbered from 0, group after group. The order of samples in training follows from it, so it is
 * part of what a set is.
 */
public final class RowGroups {
  /** Rows of a window of a set whose rows are read one by one. */
  public static final int WINDOW = 4096;

  private final int rows;
  private final int window;

  /** Where each group starts, and the end of the last; null where each row is its own group. */
  private final int[] starts;

  private RowGroups(int rows, int window, int[] starts) {
    this.rows = rows;
    this.window = window;
    this.starts = starts;
  }

  /**
   * Each row by itself: a set that is read at random.
   *
   * @param rows at least 1
   */
  public static RowGroups single(int rows) {
    requireAtLeastOne("rows", rows);
    return new RowGroups(rows, WINDOW, null);
  }

  /**
   * Groups of these sizes.
   *
   * @param sizes rows of each group, at least 1; together at most 2^31 - 1
   * @param window W, the rows of a stream that are read, and shuffled, together; at least 1
   */
  public static RowGroups of(int[] sizes, int window) {
    requireAtLeastOne("groups", sizes.length);
    requireAtLeastOne("rows of a window", window);
    int[] starts = new int[sizes.length + 1];
    for (int group = 0; group < sizes.length; group++) {
      requireAtLeastOne("rows of group " + group, sizes[group]);
      starts[group + 1] = Math.addExact(starts[group], sizes[group]);
    }
    return new RowGroups(starts[sizes.length], window, starts);
  }

  private static void requireAtLeastOne(String what, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("%s: at least 1; got %s".formatted(what, count));
    }
  }

  /** All rows. */
  public int rows() {
    return rows;
  }

  /** W: how many rows of a stream are read, and shuffled, together. */
  public int window() {
    return window;
  }

  /** The number of groups. */
  public int count() {
    return starts == null ? rows : starts.length - 1;
  }

  /** The first row of a group; {@code group} may be their number, for the end of the last. */
  public int start(int group) {
    return starts == null ? group : starts[group];
  }

  /**
   * The groups that remain of some rows, for a set that has only these.
   *
   * @param chosen rows of this set, in ascending order, at least one
   */
  public RowGroups subset(int[] chosen) {
    if (starts == null) {
      return single(chosen.length);
    }
    int[] sizes = new int[count()];
    int group = 0;
    for (int row : chosen) {
      while (row >= starts[group + 1]) {
        group++;
      }
      sizes[group]++;
    }
    return of(Arrays.stream(sizes).filter(size -> size > 0).toArray(), window);
  }
}
