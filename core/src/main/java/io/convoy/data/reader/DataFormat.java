package io.convoy.data.reader;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.error.ConvoyException;
import io.convoy.json.Families;
import io.convoy.tensor.Shape;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a folder holds a training set and a test set. All that is asked about a format is asked here,
 * so that a new one is one more record. In JSON a format is its name. Its records have no
 * components: what a recipe says of the reading, such as the channels, is handed to their methods.
 */
public sealed interface DataFormat permits Idx, Cifar10, Folders, Glyphs, Table, Pack {
  /** All formats, in the order in which they are tried on a folder. */
  static List<DataFormat> all() {
    return Families.values(DataFormat.class);
  }

  /** The names of all formats, for messages. */
  static String names() {
    return all().stream().map(DataFormat::name).collect(Collectors.joining(", "));
  }

  /**
   * Reads a format's name.
   *
   * @throws ConvoyException of kind USAGE when there is no such format; the message lists those
   *     there are
   */
  @JsonCreator
  static DataFormat of(JsonNode json) {
    return Families.value(DataFormat.class, json);
  }

  /** What recipes call it. */
  @JsonValue
  default String name() {
    return Families.name(getClass());
  }

  /**
   * The training set under a folder.
   *
   * @param reading what the recipe says of it
   * @throws ConvoyException of kind DATA when a file is missing that the search needs; others are
   *     missed as the set is opened
   */
  DataSet training(FileStore files, String folder, Reading reading);

  /**
   * The test set under such a folder; empty where a folder of the format may lack one, and does.
   *
   * @throws ConvoyException as {@link #training} does
   */
  Optional<DataSet> test(FileStore files, String folder, Reading reading);

  /**
   * All images of a folder that is one set by itself, and not divided into a training set and a
   * test set; empty where it is divided. The set may lack classes, as one to test with. By default
   * the files of a test set without those of a training set.
   *
   * @throws ConvoyException as {@link #training} does
   */
  default Optional<DataSet> undivided(FileStore files, String folder, Reading reading) {
    return found(() -> Optional.of(training(files, folder, reading))).isPresent()
        ? Optional.empty()
        : test(files, folder, reading);
  }

  /** What is looked for; empty where files are missing. */
  private static Optional<DataSet> found(Supplier<Optional<DataSet>> search) {
    try {
      return search.get();
    } catch (ConvoyException e) {
      if (e.kind() == ConvoyException.Kind.DATA) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * The format of a folder, or of a table, by the names of files: the first that holds a training
   * set and a test set, or else that is {@link #undivided}. A packed set, whose folders are called
   * as those of others are, goes before them.
   *
   * @return empty where it is none
   * @throws ConvoyException of kind RESOURCE when the folder cannot be read
   */
  static Optional<DataFormat> in(FileStore files, String place) {
    List<DataFormat> formats =
        Stream.concat(Stream.of(new Pack()), all().stream()).filter(one -> !one.isDrawn()).toList();
    return formats.stream()
        .filter(format -> format.isIn(files, place))
        .findFirst()
        .or(
            () ->
                formats.stream()
                    .filter(
                        format ->
                            found(() -> format.undivided(files, place, Reading.of(1))).isPresent())
                    .findFirst());
  }

  /** Whether recipes may choose and name the classes. */
  default boolean takesClasses() {
    return false;
  }

  /** Whether its sets are columns, whose names recipes may give. */
  default boolean hasColumns() {
    return false;
  }

  /** What such a folder holds, as a short name: "it holds …". */
  String contents();

  /** The files that such a folder holds, by their names. */
  String expected();

  /**
   * Whether a folder looks like this format, by the names of a few files.
   *
   * @throws ConvoyException of kind RESOURCE when the folder cannot be read
   */
  default boolean isIn(FileStore files, String folder) {
    try {
      training(files, folder, Reading.of(1));
      test(files, folder, Reading.of(1));
      return true;
    } catch (ConvoyException e) {
      if (e.kind() == ConvoyException.Kind.DATA) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Asks the file system for each file of both sets, without reading any.
   *
   * @throws ConvoyException when a file is missing or cannot be read
   */
  default void requireFiles(FileStore files, String folder) {
    training(files, folder, Reading.of(1)).version(files);
    test(files, folder, Reading.of(1)).ifPresent(test -> test.version(files));
  }

  /**
   * The bytes that the images of both sets take in memory, by the names and lengths of files; none
   * is opened. 0 where a source keeps none of them.
   *
   * @param image the shape of one, {@code [height, width, channels]}
   * @throws IOException when the folder cannot be listed
   * @throws ConvoyException likewise
   */
  long memory(FileStore files, String folder, Reading reading, Shape image) throws IOException;

  /** Whether images are files that a decoder reads, so that their pixels are the decoder's too. */
  default boolean decodes() {
    return false;
  }

  /**
   * Whether its sets are {@link io.convoy.data.FileDataSet}s, which are examined before they are
   * used.
   */
  default boolean isExamined() {
    return false;
  }

  /**
   * The most bytes that windows of both sets take while they are read. 0 where a source keeps no
   * window in memory.
   *
   * @param streams that one process reads from at a time
   */
  default long windowMemory(FileStore files, String folder, int streams) {
    return 0;
  }

  /**
   * Whether the images are drawn where they are missing. Whoever starts a training does so; a
   * reader finds files as any.
   */
  default boolean isDrawn() {
    return false;
  }
}
