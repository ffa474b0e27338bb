package io.convoy.data;

import io.convoy.error.ConvoyException;
import io.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A set of labelled images, in rows. What is known of all of them is known once the source is open;
 * the images are read window by window, a few rows at a time ({@link #open}), so that a set may be
 * larger than memory. {@link IndexedSource} is for sets that are read at random.
 *
 * <p>Safe for several threads at once.
 */
public interface SampleSource extends AutoCloseable {
  /** Classes that messages name. */
  int NAMED = 5;

  /** The number of samples, at least 1. */
  default int size() {
    return rowGroups().rows();
  }

  /** How the rows lie in files. */
  RowGroups rowGroups();

  /** The channels of every image: a source whose images have no common shape says them. */
  default int channels() {
    return commonShape().orElseThrow().channels();
  }

  /**
   * The shape of every image, {@code [height, width, channels]}; empty where sizes differ, or are
   * not known before all images are read.
   */
  Optional<Shape> commonShape();

  /** The names of the classes, by label. */
  List<String> classes();

  /**
   * The label of a sample that is of one class, without reading its image.
   *
   * @throws ConvoyException of kind USAGE where it is not of one class
   */
  int label(int index);

  /**
   * The labels of a sample, without reading its image: that of its class, or, where samples may
   * have several, all of them in ascending order.
   */
  default int[] labels(int index) {
    return new int[] {label(index)};
  }

  /** Whether samples may have several labels, or none; else each is of one class. */
  default boolean severalLabels() {
    return false;
  }

  /**
   * Which labels samples have: one entry a class. Every label is asked for, unless that is known.
   */
  default boolean[] labelsInUse() {
    boolean[] used = new boolean[classes().size()];
    for (int index = 0; index < size(); index++) {
      for (int label : labels(index)) {
        used[label] = true;
      }
    }
    return used;
  }

  /**
   * Opens some rows to be read: a window of a stream of rows, for which neighbours in a group are
   * read one behind the other. It may read them here and now, or when they are asked for.
   *
   * @param rows their numbers; those of a group stand together, in their order
   * @throws ConvoyException as {@link SampleWindow#read}
   */
  SampleWindow open(int[] rows);

  /**
   * Whether this sample lies decoded in memory by now, so that to read it is to copy it: nobody
   * gains by doing so ahead of time. Where a source keeps what it reads, more and more do.
   */
  default boolean isDecoded(int index) {
    return false;
  }

  /** A sample in words that lead its owner to it: which file, which place in it. */
  default String describe(int index) {
    return "sample %s (counted from 0)".formatted(index);
  }

  /**
   * What people find some samples again by: the names of their files. Where these lie beside the
   * images, they are read.
   *
   * @throws ConvoyException as {@link SampleWindow#read}
   */
  default List<String> names(int[] indices) {
    return Arrays.stream(indices).mapToObj(this::describe).toList();
  }

  /**
   * The first sample that has this label or a higher one, for messages.
   *
   * @return {@code "; label 12 (\"eel\") is that of " + describe(index)}, without the name where
   *     classes are numbers; empty where there is none
   */
  default String firstLabelFrom(int lowest) {
    for (int index = 0; index < size(); index++) {
      int[] labels = labels(index);
      int label = labels.length == 0 ? -1 : labels[labels.length - 1];
      if (label >= lowest) {
        String name = classesAreNumbers() ? "" : " (\"%s\")".formatted(classes().get(label));
        return "; label %s%s is that of %s".formatted(label, name, describe(index));
      }
    }
    return "";
  }

  /** Whether each class is called by its label. */
  default boolean classesAreNumbers() {
    List<String> names = classes();
    return IntStream.range(0, names.size())
        .allMatch(label -> names.get(label).equals(Integer.toString(label)));
  }

  /** How many classes there are, and the names of the first, in words. */
  default String classesInWords() {
    List<String> names = classes();
    if (classesAreNumbers()) {
      return names.size() + " classes";
    }
    String first = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    int further = names.size() - NAMED;
    return "%s classes (%s%s)"
        .formatted(names.size(), first, further > 0 ? " and %s more".formatted(further) : "");
  }

  /** What shape images have, in words. */
  default String shapeInWords() {
    return commonShape()
        .map(shape -> shape + " (height x width x channels)")
        .orElseGet(() -> "of different sizes, of %s channels".formatted(channels()));
  }

  /**
   * What a user may not expect of the set's files, in words: above all what the source leaves out;
   * empty where there is nothing to tell.
   */
  default List<String> leftOut() {
    return List.of();
  }

  /** The sums of all pixels, where they are known without reading the images. */
  default Optional<ChannelSums> channelSums() {
    return Optional.empty();
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
    if (!commonShape().equals(training.commonShape()) || channels() != training.channels()) {
      throw ConvoyException.data(
          "the test set's images must have the training set's shape: they are %s, those of the"
              + " training set %s",
          shapeInWords(), training.shapeInWords());
    }
    if (severalLabels() != training.severalLabels()) {
      throw ConvoyException.data(
          "the test set's images must have labels as the training set's have: there each %s, here"
              + " each %s: write both sets alike",
          labelsInWords(training), labelsInWords(this));
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

  private static String labelsInWords(SampleSource source) {
    return source.severalLabels() ? "may have several" : "has one";
  }

  /** Frees what the source holds outside of the heap. It still reads, as if newly opened. */
  @Override
  void close();
}
