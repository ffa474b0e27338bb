package io.convoy.worker;

import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.data.SampleSource;
import io.convoy.error.ConvoyException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The data sets that this JVM has open: each is read once, whoever asks for it. The ones that were
 * not asked for the longest make room.
 */
public final class Sources {
  private static final int AT_MOST = 4;
  private static final Map<DataSet, SampleSource> OPEN = new LinkedHashMap<>(8, 0.75f, true);

  private Sources() {}

  /**
   * The set, opened if it is not yet. It stays open for others: it is not the caller's to close.
   */
  public static synchronized SampleSource open(DataSet set, FileStore files) {
    SampleSource source = OPEN.get(set);
    if (source == null) {
      source = set.open(files);
      OPEN.put(set, source);
      if (OPEN.size() > AT_MOST) {
        OPEN.remove(OPEN.keySet().iterator().next());
      }
    }
    return source;
  }

  /**
   * The set, opened anew if what is open is not what the driver saw.
   *
   * @throws ConvoyException of kind DATA when this machine has other data under the same name
   */
  static synchronized SampleSource open(DataSet set, FileStore files, String fingerprint) {
    SampleSource source = open(set, files);
    if (!source.fingerprint().equals(fingerprint)) {
      OPEN.remove(set);
      source = open(set, files);
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
