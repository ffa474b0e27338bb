package io.convoy.pack.job;

import io.convoy.data.FileStore;
import io.convoy.data.StoredFile;
import io.convoy.data.folder.LeftOut;
import io.convoy.data.reader.TableImages;
import io.convoy.digest.Sha256;
import io.convoy.images.ImageRows;
import io.convoy.storage.HadoopFiles;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;

/** The images of a table's rows: (label, path, image). */
final class TableImageRows implements Iterator<Row> {
  private static final Pattern FULL = Pattern.compile("/.*|[A-Za-z][A-Za-z0-9+.-]*:/.*");

  private final Iterator<Row> rows;
  private final HadoopFiles files;
  private final String folder;
  private final LeftOut leftOut;
  private Row next;

  /**
   * @param files where the images lie; null where they are in the rows
   * @param folder that relative paths start from
   * @param leftOut counts what is left out
   */
  TableImageRows(Iterator<Row> rows, HadoopFiles files, String folder, LeftOut leftOut) {
    this.rows = rows;
    this.files = files;
    this.folder = folder;
    this.leftOut = leftOut;
  }

  @Override
  public boolean hasNext() {
    while (next == null && rows.hasNext()) {
      Row row = rows.next();
      next = files == null ? image(row) : file(row);
    }
    return next != null;
  }

  /** An image without a path is named by its bytes. */
  private Row image(Row row) {
    String label = row.getString(0);
    byte[] image = row.getAs(2);
    String path = row.getString(1);
    if (label == null) {
      leftOut.add(LeftOut.Reason.NO_LABEL, path == null ? "a row without a path" : path);
      return null;
    }
    if (path == null) {
      byte[] digest = Sha256.digest().digest(image == null ? new byte[0] : image);
      path = label + "/" + HexFormat.of().formatHex(digest, 0, 16);
    }
    return ImageRows.image(path, label, image == null ? 0 : image.length, "", image);
  }

  private Row file(Row row) {
    String label = row.getString(0);
    String path = row.getString(1);
    if (label == null || path == null) {
      leftOut.add(LeftOut.Reason.NO_LABEL, path == null ? "a row without a path" : path);
      return null;
    }
    String name = TableImages.name(folder, path);
    String location = FULL.matcher(path).matches() ? path : folder + "/" + path;
    Optional<FileStore.Entry> found = StoredFile.find(files, location);
    if (found.isEmpty()) {
      return ImageRows.file(name, label, 0, "missing", location); // reading it will say so
    }
    FileStore.Entry entry = found.get();
    String version = entry.length() + "@" + entry.modified();
    return ImageRows.file(name, label, entry.length(), version, location);
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Row row = next;
    next = null;
    return row;
  }
}
