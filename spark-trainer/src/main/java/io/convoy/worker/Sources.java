package io.convoy.worker;

import io.convoy.data.DataSet;
import io.convoy.data.FileDataSet;
import io.convoy.data.FileDigests;
import io.convoy.data.FileStore;
import io.convoy.data.SampleSource;
import io.convoy.error.ConvoyException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The data sets that this JVM has open: each is read once, whoever asks for it, until its files
 * change. The ones that were not asked for the longest are closed to make room.
 */
public final class Sources {
  /** A training set and its test set: more would fill the heap with what nobody needs. */
  static final int AT_MOST = 2;

  private static final Map<DataSet, Open> OPEN = new LinkedHashMap<>(8, 0.75f, true);

  /**
   * An open set.
   *
   * @param version of its files as the driver saw them
   */
  private record Open(String version, SampleSource source) {}

  private Sources() {}

  /**
   * The set, opened if it is not yet, or if its files were others. It stays open for others: it is
   * not the caller's to close.
   *
   * @param version of the files, by {@link DataSet#version}, as the driver saw them: times of
   *     copies on other machines' disks are their own
   */
  public static SampleSource open(DataSet set, FileStore files, String version) {
    return open(set, files, version, () -> FileDigests.NONE);
  }

  /**
   * Likewise.
   *
   * @param known the digests of the set's files, asked for where it is opened
   */
  public static synchronized SampleSource open(
      DataSet set, FileStore files, String version, Supplier<FileDigests> known) {
    Open open = OPEN.get(set);
    return open != null && open.version().equals(version)
        ? open.source()
        : openAnew(set, files, version, known);
  }

  private static SampleSource openAnew(
      DataSet set, FileStore files, String version, Supplier<FileDigests> known) {
    close(OPEN.remove(set));
    Iterator<Open> oldest = OPEN.values().iterator();
    while (OPEN.size() >= AT_MOST) {
      close(oldest.next());
      oldest.remove();
    }
    SampleSource source =
        set instanceof FileDataSet images ? images.open(files, known.get()) : set.open(files);
    OPEN.put(set, new Open(version, source));
    return source;
  }

  private static void close(Open open) {
    if (open != null) {
      open.source().close();
    }
  }

  /**
   * The set, opened anew if what is open is not what the driver saw.
   *
   * @throws ConvoyException of kind DATA when this machine has other data under the same name
   */
  static synchronized SampleSource open(
      DataSet set,
      FileStore files,
      String version,
      String fingerprint,
      Supplier<FileDigests> known) {
    SampleSource source = open(set, files, version, known);
    if (!source.fingerprint().equals(fingerprint)) {
      source = openAnew(set, files, version, known);
    }
    if (!source.fingerprint().equals(fingerprint)) {
      throw ConvoyException.data(
          "%s: every executor must see the data that the driver sees; here their SHA-256 is %s, on"
              + " the driver %s: put them on a file system that all share",
          set, source.fingerprint(), fingerprint);
    }
    return source;
  }
}
