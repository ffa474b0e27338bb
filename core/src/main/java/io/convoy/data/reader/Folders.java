package io.convoy.data.reader;

import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.data.StoredFile;
import io.convoy.tensor.Shape;
import java.io.IOException;
import java.util.List;

/**
 * Images by class, {@code train/CLASS/*.jpg} and {@code test/CLASS/*.jpg}; PNG too: {@link
 * FolderDataSet}.
 */
public record Folders() implements DataFormat {
  private static final String TRAIN = "train";
  private static final String TEST = "test";

  @Override
  public DataSet training(FileStore files, String folder, int channels) {
    return new FolderDataSet(folder + "/" + TRAIN, channels);
  }

  @Override
  public DataSet test(FileStore files, String folder, int channels) {
    return new FolderDataSet(folder + "/" + TEST, channels);
  }

  @Override
  public String contents() {
    return "train and test";
  }

  @Override
  public String expected() {
    return "train/CLASS/*.jpg and test/CLASS/*.jpg (or .png)";
  }

  @Override
  public boolean isIn(FileStore files, String folder) {
    return StoredFile.list(files, folder).stream()
        .filter(FileStore.Entry::directory)
        .map(FileStore.Entry::name)
        .toList()
        .containsAll(List.of(TRAIN, TEST));
  }

  @Override
  public boolean decodes() {
    return true;
  }

  @Override
  public long memory(FileStore files, String folder, Shape image) throws IOException {
    return decoded(files, folder + "/" + TRAIN, image) + decoded(files, folder + "/" + TEST, image);
  }

  /** Of a set that is too large to be kept, no image is. */
  private static long decoded(FileStore files, String set, Shape image) throws IOException {
    long bytes = 0;
    for (FileStore.Entry label : files.list(set)) {
      if (label.directory()) {
        bytes += (long) image.elements() * files.list(label.path()).size();
      }
      if (bytes > FolderDataSet.CACHE_LIMIT) {
        return 0;
      }
    }
    return bytes;
  }
}
