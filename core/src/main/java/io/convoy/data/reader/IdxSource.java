package io.convoy.data.reader;

import io.convoy.data.Fingerprint;
import io.convoy.data.IndexedSource;
import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.targets.ClassLabel;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** An open {@link IdxDataSet}: all of its bytes in memory. */
final class IdxSource implements IndexedSource {
  private final IdxFile images;
  private final IdxFile labels;
  private final List<String> classes;
  private final String labelPath;
  private final Shape shape;
  private final int size;
  private final int imageBytes;
  private String fingerprint;

  /**
   * @param labelPath of the labels' file, for messages
   */
  IdxSource(IdxFile images, IdxFile labels, List<String> classes, String labelPath) {
    int[] extents = images.extents();
    this.images = images;
    this.labels = labels;
    this.classes = List.copyOf(classes);
    this.labelPath = labelPath;
    this.shape = Shape.of(extents[1], extents[2], extents.length == 4 ? extents[3] : 1);
    this.size = extents[0];
    this.imageBytes = shape.elements();
  }

  @Override
  public int size() {
    return size;
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
  public List<String> classes() {
    return classes;
  }

  @Override
  public Target target(int index) {
    Objects.checkIndex(index, size);
    return new ClassLabel(labels.bytes()[labels.offset() + index] & 0xFF);
  }

  @Override
  public void read(int index, Framing framing, Pixels into) {
    Objects.checkIndex(index, size);
    int start = images.offset() + index * imageBytes;
    System.arraycopy(images.bytes(), start, into.room(shape), 0, imageBytes);
    into.frame(framing);
  }

  @Override
  public String describe(int index) {
    return "sample %s (counted from 0) in %s".formatted(index, labelPath);
  }

  @Override
  public synchronized String fingerprint() {
    if (fingerprint == null) {
      fingerprint =
          new Fingerprint()
              .addFrame(this, shape)
              .add(labels.bytes(), labels.offset(), size)
              .add(images.bytes(), images.offset(), size * imageBytes)
              .hex();
    }
    return fingerprint;
  }

  @Override
  public void close() {
    // memory only
  }
}
