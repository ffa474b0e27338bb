package io.convoy.data.reader;

import io.convoy.data.Fingerprint;
import io.convoy.data.SampleSource;
import io.convoy.targets.ClassLabel;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.Objects;

/** An open {@link IdxDataSet}: all of its bytes in memory. */
final class IdxSource implements SampleSource {
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
  public Shape shape() {
    return shape;
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
  public void read(int index, byte[] pixels, int offset) {
    Objects.checkIndex(index, size);
    System.arraycopy(
        images.bytes(), images.offset() + index * imageBytes, pixels, offset, imageBytes);
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
              .addFrame(this)
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
