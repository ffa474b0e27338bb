package io.convoy.pack.job;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.data.Fingerprint;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/**
 * What a source, or a part of it, holds.
 *
 * @param images by the class as the source has it
 * @param bytes of these images, by class too
 * @param listing a sum of SHA-256 of all that is known of each image without reading it: the same
 *     in any order
 * @param leftOut how much is left out
 * @param leftOutNamed the first of it
 */
record Survey(
    @JsonProperty(required = true) TreeMap<String, Long> images,
    @JsonProperty(required = true) TreeMap<String, Long> bytes,
    @JsonProperty(required = true) String listing,
    @JsonProperty(required = true) long leftOut,
    @JsonProperty(required = true) List<String> leftOutNamed) {
  /** Some columns are labels and some are not. */
  private static final int MOST_CLASSES = 100_000;

  private static final int NAMED = 5;
  private static final BigInteger RANGE = BigInteger.ONE.shiftLeft(256);

  /** Looks through a partition. */
  static Iterator<byte[]> of(Iterator<Row> rows) {
    TreeMap<String, Long> images = new TreeMap<>();
    List<String> named = new ArrayList<>();
    BigInteger listing = BigInteger.ZERO;
    TreeMap<String, Long> bytes = new TreeMap<>();
    long leftOut = 0;
    while (rows.hasNext()) {
      Row row = rows.next();
      String path = row.getString(ImageRows.PATH);
      String foundClass = row.getString(ImageRows.FOUND_CLASS);
      if (foundClass == null) {
        leftOut++;
        if (named.size() < NAMED) {
          named.add(path);
        }
        continue;
      }
      images.merge(foundClass, 1L, Long::sum);
      requireFew(images);
      long length = row.getLong(ImageRows.LENGTH);
      bytes.merge(foundClass, length, Long::sum);
      listing = listing.add(digest(path, foundClass, length + "@" + row.get(ImageRows.VERSION)));
    }
    Survey part = new Survey(images, bytes, listing.mod(RANGE).toString(16), leftOut, named);
    return List.of(Json.bytes(part)).iterator();
  }

  private static BigInteger digest(String path, String foundClass, String version) {
    String hex = new Fingerprint().add(path).add(foundClass).add(version).hex();
    return new BigInteger(1, HexFormat.of().parseHex(hex));
  }

  private static void requireFew(TreeMap<String, Long> images) {
    if (images.size() > MOST_CLASSES) {
      throw ConvoyException.data(
          "a set has at most %d classes; this one has more, %s and %s among them: is that the column"
              + " of labels?",
          MOST_CLASSES, images.firstKey(), images.lastKey());
    }
  }

  /** All of it, from its parts. */
  static Survey sum(List<byte[]> parts) {
    TreeMap<String, Long> images = new TreeMap<>();
    List<String> named = new ArrayList<>();
    BigInteger listing = BigInteger.ZERO;
    TreeMap<String, Long> bytes = new TreeMap<>();
    long leftOut = 0;
    for (byte[] json : parts) {
      Survey part = Json.read(json, Survey.class, "survey");
      part.images().forEach((name, count) -> images.merge(name, count, Long::sum));
      requireFew(images);
      named.addAll(part.leftOutNamed());
      listing = listing.add(new BigInteger(part.listing(), 16));
      part.bytes().forEach((name, count) -> bytes.merge(name, count, Long::sum));
      leftOut += part.leftOut();
    }
    named.sort(null);
    List<String> first = named.subList(0, Math.min(NAMED, named.size()));
    return new Survey(images, bytes, listing.mod(RANGE).toString(16), leftOut, List.copyOf(first));
  }

  /** All images. */
  long count() {
    return images.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The bytes of the images of some classes. */
  long bytesOf(Set<String> classes) {
    return classes.stream().mapToLong(name -> bytes.getOrDefault(name, 0L)).sum();
  }

  /** What is left out, in words. */
  String leftOutInWords() {
    long further = leftOut - leftOutNamed.size();
    return "%s%s"
        .formatted(
            String.join(", ", leftOutNamed), further > 0 ? " and %s more".formatted(further) : "");
  }
}
