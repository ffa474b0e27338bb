package io.convoy.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.data.reader.Cifar10DataSet;
import io.convoy.data.reader.FolderDataSet;
import io.convoy.data.reader.IdxDataSet;
import io.convoy.error.ConvoyException;

/**
 * Where the images are and how they are stored.
 *
 * @param format how they are stored
 * @param path the folder; null where the command line names it
 * @param channels for {@link Format#FOLDERS}: 1 (grey) or 3 (RGB), by default what the network's
 *     input has
 */
public record DataOptions(Format format, String path, Integer channels) {
  /** The layout of a data folder. */
  public enum Format {
    /** {@code train-images-idx3-ubyte}, {@code t10k-…}: MNIST's files, gzip or not. */
    @JsonProperty("idx")
    IDX,
    /** {@code data_batch_1.bin} to 5 and {@code test_batch.bin}: CIFAR-10's binary version. */
    @JsonProperty("cifar10")
    CIFAR10,
    /** {@code train/CLASS/*.jpg} and {@code test/CLASS/*.jpg}; PNG too. */
    @JsonProperty("folders")
    FOLDERS,
    /** Folders of glyphs that Convoy draws by itself where they are missing. */
    @JsonProperty("glyphs")
    GLYPHS
  }

  public DataOptions {
    if (format == null) {
      throw ConvoyException.usage("data.format is missing: idx, cifar10, folders or glyphs");
    }
    if (channels != null && channels != 1 && channels != 3) {
      throw ConvoyException.usage("data.channels must be 1 or 3; got %d", channels);
    }
  }

  /** The training set under a folder. */
  public DataSet training(FileStore files, String folder, int inputChannels) {
    return switch (format) {
      case IDX -> IdxDataSet.train(files, folder);
      case CIFAR10 -> Cifar10DataSet.train(files, folder);
      case FOLDERS, GLYPHS -> new FolderDataSet(folder + "/train", channelsOr(inputChannels));
    };
  }

  /** The test set under a folder. */
  public DataSet test(FileStore files, String folder, int inputChannels) {
    return switch (format) {
      case IDX -> IdxDataSet.test(files, folder);
      case CIFAR10 -> Cifar10DataSet.test(files, folder);
      case FOLDERS, GLYPHS -> new FolderDataSet(folder + "/test", channelsOr(inputChannels));
    };
  }

  private int channelsOr(int inputChannels) {
    return channels == null ? inputChannels : channels;
  }
}
