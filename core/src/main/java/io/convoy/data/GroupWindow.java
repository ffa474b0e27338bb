package io.convoy.data;

import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.targets.Target;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Rows of a set. The groups in which they lie are in memory until it is closed, but for those of
 * which all rows lie decoded in memory; where rows are strewn over more than {@value #MOST_GROUPS}
 * groups, as those that are held back for validation are, only they themselves are.
 */
final class GroupWindow implements SampleWindow {
  /** Neighbouring rows, as many as a group has on the average, lie in no more than that. */
  private static final int MOST_GROUPS = 4;

  private final GroupedSource source;
  private final Map<Integer, ImageGroup> groups = new HashMap<>();

  /** By row, what is copied out of its group. */
  private final Map<Integer, ImageGroup> strewn = new HashMap<>();

  private boolean closed;

  GroupWindow(GroupedSource source, int[] rows) {
    this.source = source;
    int[] encoded = Arrays.stream(rows).filter(row -> !source.isDecoded(row)).toArray();
    try {
      if (Arrays.stream(encoded).map(source::group).distinct().count() > MOST_GROUPS) {
        copy(encoded);
        return;
      }
      for (int row : encoded) {
        group(row);
      }
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** That in which a row lies. */
  private ImageGroup group(int row) {
    synchronized (groups) {
      return groups.computeIfAbsent(source.group(row), source.cache()::acquire);
    }
  }

  private ImageGroup inMemory(int group) {
    synchronized (groups) {
      return groups.get(group);
    }
  }

  /** One group is in memory at a time. */
  private void copy(int[] rows) {
    for (int i = 0; i < rows.length; ) {
      int group = source.group(rows[i]);
      ImageGroup all = source.cache().acquire(group);
      try {
        for (; i < rows.length && source.group(rows[i]) == group; i++) {
          strewn.put(rows[i], all.alone(place(rows[i], group)));
        }
      } finally {
        source.cache().release(group);
      }
    }
  }

  private int place(int row, int group) {
    return row - source.rowGroups().start(group);
  }

  @Override
  public Target target(int row) {
    ImageGroup alone = strewn.get(row);
    if (alone != null) {
      return source.labelSets().target(alone.labels()[0]);
    }
    int group = source.group(row);
    ImageGroup read = inMemory(group);
    // the labels of a whole set may be many: they are asked for where all its pixels are kept
    int number = read == null ? source.labelNumber(row) : read.labels()[place(row, group)];
    return source.labelSets().target(number);
  }

  @Override
  public void read(int row, Framing framing, Pixels into) {
    ImageGroup alone = strewn.get(row);
    if (alone != null) {
      source.decode(row, alone, 0, framing, into);
    } else if (!source.copy(row, framing, into)) {
      source.decode(row, group(row), place(row, source.group(row)), framing, into);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      groups.keySet().forEach(source.cache()::release);
    }
  }
}
