package io.convoy.data.reader;

import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.data.StoredFile;
import io.convoy.data.folder.FolderSurvey;
import io.convoy.error.ConvoyException;
import io.convoy.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * What {@code convoy pack} writes: Parquet files of compressed images beside a {@value
 * #DESCRIPTION}. The training set lies in {@code train}, or in the folder itself; the test set in
 * {@code test}.
 */
public record Pack() implements DataFormat {
  /** The file that makes a folder a packed set: it is written last. */
  public static final String DESCRIPTION = "dataset.json";

  private static final String TRAIN = "train";
  private static final String TEST = "test";

  /** By name, since the reader stands on Parquet, which core does without. */
  private static final String READER = "io.convoy.pack.PackDataSet";

  @Override
  public DataSet training(FileStore files, String folder, Reading reading) {
    return set(trainingFolder(files, folder), reading.channels());
  }

  @Override
  public Optional<DataSet> test(FileStore files, String folder, Reading reading) {
    String test = folder + "/" + TEST;
    return isPack(files, test) ? Optional.of(set(test, reading.channels())) : Optional.empty();
  }

  @Override
  public Optional<DataSet> undivided(FileStore files, String folder, Reading reading) {
    return isPack(files, folder) && !isPack(files, folder + "/" + TEST)
        ? Optional.of(set(folder, reading.channels()))
        : Optional.empty();
  }

  private static String trainingFolder(FileStore files, String folder) {
    if (isPack(files, folder)) {
      return folder;
    }
    String train = folder + "/" + TRAIN;
    if (isPack(files, train)) {
      return train;
    }
    throw ConvoyException.data(
        "%s: there is no packed set in it, which has a %s, in the folder itself or in %s; %s; convoy"
            + " pack makes one",
        folder, DESCRIPTION, TRAIN, FolderSurvey.of(files, folder, List.of(DESCRIPTION)));
  }

  private static boolean isPack(FileStore files, String folder) {
    return StoredFile.exists(files, folder + "/" + DESCRIPTION);
  }

  private static PackedSet set(String folder, int channels) {
    Class<?>[] types = {String.class, int.class};
    return ParquetReaders.make(PackedSet.class, READER, "packed sets", types, folder, channels);
  }

  @Override
  public String contents() {
    return "a packed set";
  }

  @Override
  public String expected() {
    return "train/dataset.json and test/dataset.json beside part-*.parquet, as convoy pack writes"
        + " them";
  }

  @Override
  public boolean isIn(FileStore files, String folder) {
    return isPack(files, folder) || isPack(files, folder + "/" + TRAIN);
  }

  @Override
  public long memory(FileStore files, String folder, Reading reading, Shape image) {
    int channels = reading.channels();
    long training = set(trainingFolder(files, folder), channels).keptMemory(files);
    String test = folder + "/" + TEST;
    return isPack(files, test) ? training + set(test, channels).keptMemory(files) : training;
  }

  @Override
  public boolean decodes() {
    return true;
  }

  @Override
  public long windowMemory(FileStore files, String folder, int streams) {
    return set(trainingFolder(files, folder), 3).windowMemory(files, streams);
  }
}
