package io.convoy.data.reader;

import io.convoy.data.FileDataSet.StoredImage;
import io.convoy.data.FileStore;
import io.convoy.data.RowPlace;
import io.convoy.data.StoredContents;
import io.convoy.data.StoredFile;
import java.util.function.Supplier;

/** The images of a table: files, or rows, of whose groups one is in memory. */
final class TableContents implements StoredContents {
  private final FileStore files;
  private final Supplier<HeldImages> opening;
  private HeldImages held;
  private RowPlace last;
  private byte[][] group;

  /**
   * @param opening opens the table, where its rows are read
   */
  TableContents(FileStore files, Supplier<HeldImages> opening) {
    this.files = files;
    this.opening = opening;
  }

  @Override
  public byte[] read(StoredImage image) {
    RowPlace place = image.row();
    if (place == null) {
      return StoredFile.read(files, image.path());
    }
    if (last == null || !last.isBeside(place)) {
      held = held == null ? opening.get() : held;
      group = null; // makes room
      group = held.read(place.file(), place.group());
      last = place;
    }
    return group[place.row()];
  }
}
