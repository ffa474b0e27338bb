package io.convoy.data;

import io.convoy.targets.ClassLabel;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import java.util.List;

/** Samples in memory, for tests. */
public record ArraySource(Shape shape, List<String> classes, int[] labels, byte[][] images)
    implements SampleSource {
  /** Unlabelled images (class 0). */
  public static ArraySource of(Shape shape, byte[]... images) {
    return new ArraySource(shape, List.of("only"), new int[images.length], images);
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
  public void read(int index, byte[] pixels, int offset) {
    System.arraycopy(images[index], 0, pixels, offset, shape.elements());
  }

  @Override
  public String fingerprint() {
    return "none";
  }

  @Override
  public void close() {}
}
