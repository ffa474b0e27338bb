package io.convoy.recipe;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.data.reader.Classes;
import io.convoy.data.reader.DataFormat;
import io.convoy.data.reader.Reading;
import io.convoy.error.ConvoyException;
import io.convoy.tensor.Shape;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Where the images are and how they are stored.
 *
 * @param format how they are stored
 * @param path the folder; null where the command line names it
 * @param channels for formats that leave it open: 1 (grey) or 3 (RGB), by default what the
 *     network's input has
 * @param classes for formats that leave it open: the names of the classes that are read, by label;
 *     empty for all there are, in the order of their names
 * @param pathColumn of a table, the column of the images' paths; null for one of the usual names
 * @param labelColumn likewise, of the labels
 */
public record DataOptions(
    DataFormat format,
    String path,
    Integer channels,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> classes,
    @JsonInclude(JsonInclude.Include.NON_NULL) String pathColumn,
    @JsonInclude(JsonInclude.Include.NON_NULL) String labelColumn) {
  public DataOptions {
    if (format == null) {
      throw ConvoyException.usage("data.format is missing: one of %s", DataFormat.names());
    }
    if (channels != null && channels != 1 && channels != 3) {
      throw ConvoyException.usage("data.channels must be 1 or 3; got %d", channels);
    }
    classes = classes == null ? List.of() : List.copyOf(classes);
    Classes.requireDistinct(classes, "data.classes");
    refuse(!classes.isEmpty() && !format.takesClasses(), "classes", format);
    refuse(pathColumn != null && !format.hasColumns(), "pathColumn", format);
    refuse(labelColumn != null && !format.hasColumns(), "labelColumn", format);
  }

  /** Options as they are without the keys that few recipes have. */
  public DataOptions(DataFormat format, String path, Integer channels) {
    this(format, path, channels, List.of(), null, null);
  }

  private static void refuse(boolean set, String key, DataFormat format) {
    if (set) {
      throw ConvoyException.usage(
          "data.%s has no meaning for data.format %s: take it away, or set another format",
          key, format.name());
    }
  }

  /** The training set under a folder. */
  public DataSet training(FileStore files, String folder, int inputChannels) {
    return format.training(files, folder, reading(inputChannels));
  }

  /** The test set under a folder; empty where there is none. */
  public Optional<DataSet> test(FileStore files, String folder, int inputChannels) {
    return format.test(files, folder, reading(inputChannels));
  }

  /**
   * The bytes that the images of both sets take in memory: {@link DataFormat#memory}.
   *
   * @param image the shape of one, {@code [height, width, channels]}
   * @throws IOException when the folder cannot be listed
   */
  public long memory(FileStore files, String folder, Shape image) throws IOException {
    return format.memory(files, folder, reading(image.channels()), image);
  }

  private Reading reading(int inputChannels) {
    return new Reading(
        channels == null ? inputChannels : channels, classes, pathColumn, labelColumn);
  }
}
