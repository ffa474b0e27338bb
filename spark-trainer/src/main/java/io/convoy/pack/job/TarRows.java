package io.convoy.pack.job;

import io.convoy.error.ConvoyException;
import io.convoy.storage.HadoopFiles;
import io.convoy.storage.StoreFolder;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;

/** The images of a tar file, one after the other; only one is in memory. */
final class TarRows implements Iterator<Row> {
  private static final int BUFFER = 1 << 16;

  private final String path;
  private final String version;
  private final boolean contents;
  private final TarArchiveInputStream tar;
  private Row next;

  private TarRows(String path, String version, boolean contents, TarArchiveInputStream tar) {
    this.path = path;
    this.version = version;
    this.contents = contents;
    this.tar = tar;
  }

  /** Opens a tar file, which is closed when the task ends. */
  static TarRows of(HadoopFiles files, String path, String version, boolean contents) {
    try {
      InputStream in = new BufferedInputStream(files.open(path), BUFFER);
      InputStream plain = path.endsWith(".tar") ? in : new GZIPInputStream(in, BUFFER);
      TarArchiveInputStream tar = new TarArchiveInputStream(plain, "UTF-8");
      TaskContext.get()
          .addTaskCompletionListener(
              context -> {
                try {
                  tar.close();
                } catch (IOException e) {
                  throw failure(path, e);
                }
              });
      return new TarRows(path, version, contents, tar);
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  @Override
  public boolean hasNext() {
    try {
      while (next == null) {
        TarArchiveEntry entry = tar.getNextEntry();
        if (entry == null) {
          return false;
        }
        if (!entry.isDirectory()) {
          next = row(entry);
        }
      }
      return true;
    } catch (IOException e) {
      throw failure(path, e);
    }
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

  private Row row(TarArchiveEntry entry) throws IOException {
    String name = entry.getName().replaceFirst("^(\\./|/)+", "");
    String file = name.substring(name.lastIndexOf('/') + 1);
    boolean image =
        entry.isFile()
            && !entry.isSparse()
            && !file.startsWith(".")
            && !name.startsWith("__MACOSX/")
            && FolderInput.isImage(file);
    if (!image) {
      return ImageRows.leftOut(name);
    }
    String folder =
        file.length() == name.length()
            ? TarInput.baseName(path)
            : name.substring(0, name.length() - file.length() - 1);
    long size = entry.getSize();
    boolean read = contents && size <= WriteTask.MOST_BYTES;
    return ImageRows.image(name, folder, size, version, read ? content((int) size) : null);
  }

  private byte[] content(int size) throws IOException {
    byte[] bytes = tar.readNBytes(size);
    if (bytes.length < size) {
      throw new IOException("it ends within an image");
    }
    return bytes;
  }

  /** Whether it is the store or the archive that fails, an archive's reader does not tell. */
  private static ConvoyException failure(String path, IOException error) {
    return new ConvoyException(
        ConvoyException.Kind.DATA,
        "%s: the tar file cannot be read (%s): copy it again, or make it again"
            .formatted(path, StoreFolder.reason(error)),
        error);
  }
}
