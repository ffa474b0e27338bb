package io.convoy.pack.job;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.data.Fingerprint;
import io.convoy.data.folder.LeftOut;
import io.convoy.error.ConvoyException;
import io.convoy.images.ImageRows;
import io.convoy.json.Json;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.spark.sql.Row;

/**
 * What a source, or a part of it, holds.
 *
 * @param found the images of each class as the source has it
 * @param leftOut what is left out
 */
record Survey(
    @JsonProperty(required = true) TreeMap<String, Images> found,
    @JsonProperty(required = true) LeftOut leftOut) {
  /** Some columns are labels and some are not. */
  private static final int MOST_CLASSES = 100_000;

  private static final BigInteger RANGE = BigInteger.ONE.shiftLeft(256);

  /**
   * Some images.
   *
   * @param count how many
   * @param bytes of all of them
   * @param listing a sum of SHA-256 of all that is known of each without reading it, in hexadecimal
   *     digits: the same in any order
   */
  record Images(
      @JsonProperty(required = true) long count,
      @JsonProperty(required = true) long bytes,
      @JsonProperty(required = true) String listing) {
    static final Images NONE = new Images(0, 0, "0");

    Images plus(Images other) {
      BigInteger sum = new BigInteger(listing, 16).add(new BigInteger(other.listing, 16));
      return new Images(count + other.count, bytes + other.bytes, sum.mod(RANGE).toString(16));
    }
  }

  /** Nothing yet. */
  private Survey() {
    this(new TreeMap<>(), new LeftOut());
  }

  /** Looks through a partition. */
  static Iterator<byte[]> of(Iterator<Row> rows) {
    Survey part = new Survey();
    while (rows.hasNext()) {
      Row row = rows.next();
      if (row.isNullAt(ImageRows.FOUND_CLASS)) {
        part.leftOut.add(ImageRows.leftOut(row));
      } else {
        part.add(row.getString(ImageRows.FOUND_CLASS), image(row));
      }
    }
    return List.of(Json.bytes(part)).iterator();
  }

  private static Images image(Row row) {
    long length = row.getLong(ImageRows.LENGTH);
    String hex =
        new Fingerprint()
            .add(row.getString(ImageRows.PATH))
            .add(row.getString(ImageRows.FOUND_CLASS))
            .add(length + "@" + row.get(ImageRows.VERSION))
            .hex();
    return new Images(1, length, hex);
  }

  private void add(String foundClass, Images images) {
    found.merge(foundClass, images, Images::plus);
    if (found.size() > MOST_CLASSES) {
      throw ConvoyException.data(
          "a set has at most %d classes or sets of labels, and a tar file as many folders; this one"
              + " has more, %s and %s among them: is that the column of labels?",
          MOST_CLASSES, found.firstKey(), found.lastKey());
    }
  }

  /** All of it, from its parts. */
  static Survey sum(List<byte[]> parts) {
    Survey sum = new Survey();
    for (byte[] json : parts) {
      Survey part = Json.read(json, Survey.class, "survey");
      part.found.forEach(sum::add);
      sum.leftOut.add(part.leftOut);
    }
    return sum;
  }

  /** The part that lies in some of the classes; what is left out is no part of it. */
  Survey of(Predicate<String> classes) {
    Survey part = new Survey();
    found.forEach(
        (name, images) -> {
          if (classes.test(name)) {
            part.add(name, images);
          }
        });
    return part;
  }

  /** All images of some classes. */
  Images of(Collection<String> classes) {
    return classes.stream()
        .map(name -> found.getOrDefault(name, Images.NONE))
        .reduce(Images.NONE, Images::plus);
  }
}
