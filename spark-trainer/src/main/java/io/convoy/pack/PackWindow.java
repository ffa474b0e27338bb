package io.convoy.pack;

import io.convoy.data.Pixels;
import io.convoy.data.SampleWindow;
import io.convoy.data.image.DecodedImage;
import io.convoy.data.image.ImageDecoder;
import io.convoy.targets.ClassLabel;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
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
  public void read(int row, Pixels into) {
    int group = source.group(row);
    PackedRows rows = groups.get(group);
    int place = row - source.rowGroups().start(group);
    DecodedImage image = decode(rows.image(place), source.name(rows.paths()[place]));
    byte[] pixels = into.room(Shape.of(image.height(), image.width(), image.channels()));
    System.arraycopy(image.pixels(), 0, pixels, 0, image.pixels().length);
  }

  private DecodedImage decode(byte[] encoded, String name) {
    ImageDecoder decoder = source.decoders().borrow();
    try {
      return decoder.decode(encoded, name, source.channels());
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
