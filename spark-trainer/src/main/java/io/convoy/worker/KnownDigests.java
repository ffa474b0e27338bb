package io.convoy.worker;

import io.convoy.data.FileDigests;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * What the driver knows of a set's files, for executors: broadcast, since a million files are 32 MB
 * that must not travel with each task. Spark frees it when nobody holds it any longer.
 *
 * @param slices of all digests, one behind the other
 */
public record KnownDigests(ArrayList<Broadcast<byte[]>> slices) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Bytes of a slice at the most: no limit of Spark's on a single buffer is met. */
  private static final int SLICE = 32 << 20;

  /** Nothing is known. */
  public static KnownDigests none() {
    return new KnownDigests(new ArrayList<>());
  }

  /** Has all executors know them. */
  public static KnownDigests of(JavaSparkContext spark, FileDigests digests) {
    KnownDigests known = none();
    byte[] all = digests.bytes();
    for (int from = 0; from < all.length; from += SLICE) {
      int end = (int) Math.min(all.length, (long) from + SLICE);
      known.slices.add(spark.broadcast(Arrays.copyOfRange(all, from, end)));
    }
    return known;
  }

  FileDigests read() {
    List<byte[]> parts = slices.stream().map(Broadcast::value).toList();
    byte[] all = new byte[Math.toIntExact(parts.stream().mapToLong(part -> part.length).sum())];
    int to = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, to, part.length);
      to += part.length;
    }
    return new FileDigests(all);
  }
}
