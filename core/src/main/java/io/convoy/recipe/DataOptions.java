package io.convoy.recipe;

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
 */
public record DataOptions(DataFormat format, String path, Integer channels) {
  public DataOptions {
    if (format == null) {
      throw ConvoyException.usage("data.format is missing: one of %s", DataFormat.names());
    }
    if (channels != null && channels != 1 && channels != 3) {
      throw ConvoyException.usage("data.channels must be 1 or 3; got %d", channels);
    }
  }

  /** The training set under a folder. */
  public DataSet training(FileStore files, String folder, int inputChannels) {
    return format.training(files, folder, channelsOr(inputChannels));
  }

  /** The test set under a folder. */
  public DataSet test(FileStore files, String folder, int inputChannels) {
    return format.test(files, folder, channelsOr(inputChannels));
  }

  private int channelsOr(int inputChannels) {
    return channels == null ? inputChannels : channels;
  }
}
