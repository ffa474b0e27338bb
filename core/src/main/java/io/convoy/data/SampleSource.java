package io.convoy.data;

import io.convoy.error.ConvoyException;
import io.convoy.targets.ClassLabel;
import io.convoy.targets.Target;
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

  /** What a sample is to be taken for; labels are in [0, classes). */
  Target target(int index);

  /**
   * The label of a sample that is of one class.
   *
   * @throws ConvoyException of kind USAGE where it is not
   */
  default int label(int index) {
    if (target(index) instanceof ClassLabel one) {
      return one.label();
    }
    throw ConvoyException.usage(
        "%s must be of one class; its target is %s", describe(index), target(index));
  }

  /**
   * Writes the image in HWC order, each channel 0 to 255, to {@code pixels} from {@code offset}.
   *
   * @throws ConvoyException of kind DATA where the image's bytes are at fault, of kind RESOURCE
   *     where the store is; the message names the file
   */
  void read(int index, byte[] pixels, int offset);

  /** A sample in words that lead its owner to it: which file, which place in it. */
  default String describe(int index) {
    return "sample %s (counted from 0)".formatted(index);
  }

  /**
   * The first sample that has this label or a higher one, for messages.
   *
   * @return {@code "; label 12 is that of " + describe(index)}; empty where there is none
   */
  default String firstLabelFrom(int lowest) {
    for (int index = 0; index < size(); index++) {
      if (label(index) >= lowest) {
        return "; label %s is that of %s".formatted(label(index), describe(index));
      }
    }
    return "";
  }

  /** What the set's folder holds that the source leaves out, in words; empty where that is none. */
  default List<String> leftOut() {
    return List.of();
  }

  /** SHA-256 of what the source holds, in hexadecimal: images, labels and class names. */
  String fingerprint();

  /**
   * Checks that this set can test what was trained on another: equal image shapes, equal classes,
   * of which it may lack the last ones.
   *
   * @throws ConvoyException of kind DATA that gives the first difference
   */
  default void requireComparableTo(SampleSource training) {
    if (!shape().equals(training.shape())) {
      throw ConvoyException.data(
          "the test set's images must have the training set's shape: they are %s (height x width x"
              + " channels), those of the training set %s",
          shape(), training.shape());
    }
    List<String> expected = training.classes();
    for (int label = 0; label < classes().size(); label++) {
      String ours = classes().get(label);
      String theirs = label < expected.size() ? expected.get(label) : "none";
      if (!ours.equals(theirs)) {
        throw ConvoyException.data(
            "the test set's classes must be the training set's, in the same order: class %d is"
                + " \"%s\" in the test set and \"%s\" in the training set (%d and %d classes):"
                + " add, remove or rename folders or class names%s",
            label,
            ours,
            theirs,
            classes().size(),
            expected.size(),
            firstLabelFrom(expected.size()));
      }
    }
  }

  /** Frees what the source holds outside of the heap. It still reads, as if newly opened. */
  @Override
  void close();
}
