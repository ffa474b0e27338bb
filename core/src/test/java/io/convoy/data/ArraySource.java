package io.convoy.data;

import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.targets.ClassLabel;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** Samples in memory, for tests. */
public record ArraySource(Shape shape, List<String> classes, int[] labels, byte[][] images)
    implements IndexedSource {
  /** Unlabelled images (class 0). */
  public static ArraySource of(Shape shape, byte[]... images) {
    return new ArraySource(shape, List.of("only"), new int[images.length], images);
  }

  @Override
  public Optional<Shape> commonShape() {
    return Optional.of(shape);
  }

  @Override
  public boolean isDecoded(int index) {
    return true;
  }

  @Override
  public int size() {
    return images.length;
  }

  @Override
  public Target target(int index) {
    return new ClassLabel(labels[index]);
  }

  @Override
  public void read(int index, Framing framing, Pixels into) {
    System.arraycopy(images[index], 0, into.room(shape), 0, shape.elements());
    into.frame(framing);
  }

  @Override
  public String fingerprint() {
    return "none";
  }

  @Override
  public void close() {}
}
