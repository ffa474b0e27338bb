package io.convoy.worker;

import io.convoy.data.DataSet;
import io.convoy.data.FileDigests;
import io.convoy.data.FileStore;
import io.convoy.data.SampleSource;
import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A set as the driver saw it, for executors.
 *
 * @param version of its files
 * @param digests of its files, where they are known
 */
public record SeenSet(DataSet set, String version, KnownDigests digests) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A set whose files were examined, or not: then none of them is known. */
  public static SeenSet of(
      JavaSparkContext spark, FileStore files, DataSet set, FileDigests known) {
    return new SeenSet(set, version(set, files, known), KnownDigests.of(spark, known));
  }

  /** What a set's files are like at the moment, and which of them are left out. */
  public static String version(DataSet set, FileStore files, FileDigests known) {
    return set.version(files) + known.leftOutVersion();
  }

  /** The set, where the files are still as the driver saw them. */
  public SampleSource open(FileStore files) {
    return Sources.open(set, files, version, digests::read);
  }
}
