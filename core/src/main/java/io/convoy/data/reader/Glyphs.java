package io.convoy.data.reader;

import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.tensor.Shape;
import java.io.IOException;

/**
 * Drawings of glyphs, which whoever starts a training makes where they are missing. To a reader
 * they are {@link Folders} like others.
 */
public record Glyphs() implements DataFormat {
  private static final DataFormat STORED = new Folders();

  @Override
  public DataSet training(FileStore files, String folder, int channels) {
    return STORED.training(files, folder, channels);
  }

  @Override
  public DataSet test(FileStore files, String folder, int channels) {
    return STORED.test(files, folder, channels);
  }

  @Override
  public String contents() {
    return STORED.contents();
  }

  @Override
  public String expected() {
    return STORED.expected();
  }

  @Override
  public boolean isIn(FileStore files, String folder) {
    return STORED.isIn(files, folder);
  }

  @Override
  public boolean decodes() {
    return true;
  }

  @Override
  public long memory(FileStore files, String folder, Shape image) throws IOException {
    return STORED.memory(files, folder, image);
  }

  @Override
  public boolean isDrawn() {
    return true;
  }
}
