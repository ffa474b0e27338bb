package io.convoy.pack;

import io.convoy.data.SampleWindow;
import io.convoy.data.image.Framing;
import io.convoy.data.image.ImageDecoder;
import io.convoy.data.image.Pixels;
import io.convoy.targets.ClassLabel;
import io.convoy.targets.Target;
import java.util.HashMap;
import java.util.Map;

/** Rows of a packed set; the groups in which they lie are in memory until it is closed. */
final class PackWindow implements SampleWindow {
  private final PackSource source;
  private final Map<Integer, PackedRows> groups = new HashMap<>();
  private boolean closed;

  PackWindow(PackSource source, int[] rows) {
    this.source = source;
    try {
      for (int row : rows) {
        int group = source.group(row);
        if (!groups.containsKey(group)) {
          groups.put(group, source.cache().acquire(group));
        }
      }
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  @Override
  public Target target(int row) {
    int group = source.group(row);
    return new ClassLabel(groups.get(group).labels()[row - source.rowGroups().start(group)]);
  }

  @Override
  public void read(int row, Framing framing, Pixels into) {
    int group = source.group(row);
    PackedRows rows = groups.get(group);
    int place = row - source.rowGroups().start(group);
    String name = source.name(rows.paths()[place]);
    ImageDecoder decoder = source.decoders().borrow();
    try {
      decoder.decode(rows.image(place), name, source.channels(), framing, into);
    } finally {
      source.decoders().giveBack(decoder);
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
