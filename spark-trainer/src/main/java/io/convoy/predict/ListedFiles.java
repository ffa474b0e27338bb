package io.convoy.predict;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.data.Fingerprint;
import io.convoy.images.ImageRows;
import io.convoy.json.Json;
import io.convoy.worker.TextRdd;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Row;

/**
 * Images that lie in files of their own, listed by the driver: some hundred bytes of its memory for
 * each. Neighbours share a part, which has up to {@value #MOST_BYTES} bytes of files and, of many
 * images, thousands; how they are cut depends on the list alone.
 *
 * @param files in order
 * @param notes what is told of how they were found
 */
record ListedFiles(SparkContext spark, List<Listed> files, List<String> notes)
    implements ImageInput {
  /** Where nobody has asked for the length. */
  static final long UNKNOWN_LENGTH = -1;

  private static final long MOST_BYTES = 256L << 20;
  private static final int LEAST_IMAGES = 128;
  private static final int MOST_IMAGES = 4096;

  /** Parts of a list at the least, where they have enough images: for the cores of a cluster. */
  private static final int PARTS = 64;

  /** No class is looked for. */
  private static final String NO_CLASS = "";

  /**
   * A file.
   *
   * @param path what its row is to say; null where it has none, and cannot be read
   * @param location where it lies; null for {@code path}
   * @param length in bytes; {@link #UNKNOWN_LENGTH} where nobody asked
   * @param version what is known of it besides, such as when it was changed
   */
  record Listed(String path, String location, long length, String version) {}

  /** What travels of it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Item(String path, String location, @JsonProperty(required = true) long length) {}

  private record Part(@JsonProperty(required = true) List<Item> items) {}

  @Override
  public RDD<Row> rows() {
    return new TextRdd(spark, parts()).toJavaRDD().flatMap(ListedFiles::read).rdd();
  }

  private List<String> parts() {
    int most = Math.max(LEAST_IMAGES, Math.min(MOST_IMAGES, files.size() / PARTS));
    List<String> parts = new ArrayList<>();
    List<Item> items = new ArrayList<>();
    long bytes = 0;
    for (Listed file : files) {
      if (items.size() == most || (!items.isEmpty() && bytes + file.length() > MOST_BYTES)) {
        parts.add(Json.text(new Part(items)));
        items.clear();
        bytes = 0;
      }
      items.add(new Item(file.path(), file.location(), file.length()));
      bytes += Math.max(0, file.length());
    }
    if (!items.isEmpty()) {
      parts.add(Json.text(new Part(items)));
    }
    return parts;
  }

  private static Iterator<Row> read(String part) {
    byte[] json = part.getBytes(StandardCharsets.UTF_8);
    return Json.read(json, Part.class, "a part of the images").items().stream()
        .map(
            item ->
                ImageRows.file(
                    item.path(),
                    NO_CLASS,
                    item.length(),
                    "",
                    item.location() == null ? item.path() : item.location()))
        .iterator();
  }

  @Override
  public long images() {
    return files.size();
  }

  @Override
  public String listing() {
    Fingerprint sum = new Fingerprint();
    for (Listed file : files) {
      sum.add(String.valueOf(file.path()))
          .add(String.valueOf(file.location()))
          .add(file.length() + "@" + file.version());
    }
    return sum.hex();
  }
}
