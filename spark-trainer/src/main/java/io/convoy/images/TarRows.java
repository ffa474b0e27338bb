package io.convoy.images;

import io.convoy.data.folder.ImageName;
import io.convoy.data.folder.LeftOut;
import io.convoy.error.ConvoyException;
import io.convoy.storage.HadoopFiles;
import io.convoy.storage.StoreFolder;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;

/**
 * The images of a tar file, one after the other; only one is in memory. Their classes are the
 * folders in which they lie; of one that lies in none, the tar file's name behind a {@value #ROOT}.
 */
public final class TarRows implements Iterator<Row> {
  /** No folder begins so. */
  public static final String ROOT = "/";

  /** Files are padded to records. */
  private static final long RECORD = 512;

  private final String path;
  private final String version;
  private final boolean contents;
  private final LeftOut leftOut;
  private final TarNames names;
  private final TarBytes bytes;
  private TarArchiveInputStream tar;

  /** The padded bytes of the last file that nobody has read. */
  private long unread;

  private Row next;

  private TarRows(String path, String version, boolean contents, LeftOut leftOut, TarBytes bytes) {
    this.path = path;
    this.version = version;
    this.contents = contents;
    this.leftOut = leftOut;
    this.names = new TarNames(leftOut);
    this.bytes = bytes;
    this.tar = archive();
  }

  /**
   * Opens a tar file, which is closed when the task ends.
   *
   * @param contents whether the images are wanted, not only their names and lengths
   * @param leftOut counts what is left out
   */
  public static TarRows of(
      HadoopFiles files, String path, String version, boolean contents, LeftOut leftOut) {
    try {
      TarBytes bytes = new TarBytes(files, path, contents);
      TaskContext.get()
          .addTaskCompletionListener(
              context -> {
                try {
                  bytes.close();
                } catch (IOException e) {
                  throw failure(path, e);
                }
              });
      return new TarRows(path, version, contents, leftOut, bytes);
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  private TarArchiveInputStream archive() {
    return new TarArchiveInputStream(bytes, "UTF-8");
  }

  @Override
  public boolean hasNext() {
    try {
      while (next == null) {
        TarArchiveEntry entry = nextEntry();
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

  /**
   * The library reads nothing ahead, but it reads what it passes over: so a file that is not
   * compressed is passed over here, and what follows is read as an archive that starts there.
   */
  private TarArchiveEntry nextEntry() throws IOException {
    if (unread > 0) {
      bytes.passOver(unread);
      tar = archive();
    }
    TarArchiveEntry entry = tar.getNextEntry();
    if (entry == null && bytes.position() % RECORD != 0) {
      throw new EOFException("it ends within a header");
    }
    boolean plain = entry != null && !entry.isDirectory() && !entry.isSparse();
    unread = plain && bytes.seeks() ? (entry.getSize() + RECORD - 1) / RECORD * RECORD : 0;
    return entry;
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

  /** The image; null where the entry is none. */
  private Row row(TarArchiveEntry entry) throws IOException {
    Optional<String> plain = names.plain(entry.getName());
    if (plain.isEmpty()) {
      return null;
    }
    String name = plain.get();
    if (!entry.isFile() || entry.isLink() || entry.isSymbolicLink() || entry.isSparse()) {
      leftOut.add(LeftOut.Reason.LINK, name);
      return null;
    }
    long size = entry.getSize();
    byte[] start = new byte[0];
    ImageName kind = ImageName.of(name.substring(name.lastIndexOf('/') + 1));
    if (kind == ImageName.UNKNOWN) {
      start = content((int) Math.min(size, ImageName.START));
      kind = ImageName.ofStart(start);
    }
    if (leftOut.takes(kind, name)) {
      return null;
    }
    boolean read = contents && size <= ImageRows.MOST_BYTES;
    byte[] image = read ? joined(start, content((int) size - start.length)) : null;
    int end = name.lastIndexOf('/');
    String base = TarNames.baseName(path);
    return end < 0
        ? ImageRows.image(base + "/" + name, ROOT + base, size, version, image)
        : ImageRows.image(name, name.substring(0, end), size, version, image);
  }

  private byte[] content(int size) throws IOException {
    byte[] read = tar.readNBytes(size);
    if (read.length < size) {
      throw new IOException("it ends within an image");
    }
    unread = Math.max(0, unread - size);
    return read;
  }

  private static byte[] joined(byte[] start, byte[] rest) {
    if (start.length == 0) {
      return rest;
    }
    byte[] all = Arrays.copyOf(start, start.length + rest.length);
    System.arraycopy(rest, 0, all, start.length, rest.length);
    return all;
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
