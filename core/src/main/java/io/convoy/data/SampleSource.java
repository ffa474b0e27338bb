package io.convoy.data;

import io.convoy.tensor.Shape;
import java.util.List;

/**
 * Labelled images by index, as bytes. Reading is safe from several threads at once and gives the
 * same bytes each time.
 */
public interface SampleSource extends AutoCloseable {
  /** The number of samples, at least 1. */
  int size();

  /** The shape of every image, {@code [height, width, channels]}. */
  Shape shape();

  /** The names of the classes, by label. */
  List<String> classes();

  /** The label of a sample, in [0, classes). */
  int label(int index);

  /** Writes the image in HWC order, each channel 0 to 255, to {@code pixels} from {@code offset}. */
  void read(int index, byte[] pixels, int offset);

  /** SHA-256 of what the source holds, in hexadecimal: images, labels and class names. */
  String fingerprint();

  @Override
  void close();
}
