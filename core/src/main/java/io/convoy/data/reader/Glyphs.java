package io.convoy.data.reader;

import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.tensor.Shape;
import java.util.Optional;

/**
 * Drawings of glyphs, which whoever starts a training makes where they are missing: {@code
 * train/CLASS/*.png} and {@code test/CLASS/*.png}, a {@link FolderDataSet} each.
 */
public record Glyphs() implements DataFormat {
  private static final String TRAIN = "/train";
  private static final String TEST = "/test";

  /** Nothing is looked for: they may not be drawn yet. */
  @Override
  public DataSet training(FileStore files, String folder, Reading reading) {
    return new FolderDataSet(folder + TRAIN, reading.channels());
  }

  @Override
  public Optional<DataSet> test(FileStore files, String folder, Reading reading) {
    return Optional.of(new FolderDataSet(folder + TEST, reading.channels()));
  }

  @Override
  public String contents() {
    return new Folders().contents();
  }

  @Override
  public String expected() {
    return new Folders().expected();
  }

  /** Drawings are stored as other images are. */
  @Override
  public boolean isIn(FileStore files, String folder) {
    return new Folders().isIn(files, folder);
  }

  @Override
  public boolean decodes() {
    return true;
  }

  @Override
  public boolean isExamined() {
    return true;
  }

  @Override
  public long memory(FileStore files, String folder, Reading reading, Shape image) {
    return Folders.decoded(files, folder + TRAIN, reading, image)
        + Folders.decoded(files, folder + TEST, reading, image);
  }

  @Override
  public boolean isDrawn() {
    return true;
  }
}
