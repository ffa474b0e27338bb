package io.convoy.recipe;

import io.convoy.data.Background;
import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.data.reader.DataFormat;
import io.convoy.error.ConvoyException;

/**
 * Where the images are and how they are stored.
 *
 * @param format how they are stored
 * @param path the folder; null where the command line names it
 * @param channels for formats that leave it open: 1 (grey) or 3 (RGB), by default what the
 *     network's input has
 * @param background what is seen where an image is transparent: white (the default), black or
 *     {@code #RRGGBB}
 */
public record DataOptions(DataFormat format, String path, Integer channels, String background) {
  public DataOptions {
    if (format == null) {
      throw ConvoyException.usage("data.format is missing: one of %s", DataFormat.names());
    }
    background = (background == null ? Background.WHITE : Background.of(background)).toString();
    if (channels != null && channels != 1 && channels != 3) {
      throw ConvoyException.usage("data.channels must be 1 or 3; got %d", channels);
    }
  }

  /** Images over the usual background. */
  public DataOptions(DataFormat format, String path, Integer channels) {
    this(format, path, channels, null);
  }

  /** The training set under a folder. */
  public DataSet training(FileStore files, String folder, int inputChannels) {
    return format
        .training(files, folder, channelsOr(inputChannels))
        .over(Background.of(background));
  }

  /** The test set under a folder. */
  public DataSet test(FileStore files, String folder, int inputChannels) {
    return format.test(files, folder, channelsOr(inputChannels)).over(Background.of(background));
  }

  private int channelsOr(int inputChannels) {
    return channels == null ? inputChannels : channels;
  }
}
