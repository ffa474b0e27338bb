package io.convoy.benchmarks.predict;

import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The same by another library, as its users write it: Spark's {@code binaryFile}, the network
 * within {@code mapPartitions}, Parquet. Images are decoded by Convoy's decoder, which leaves the
 * library more time than ImageIO would.
 */
final class PeerJob implements PredictJob {
  /** Of Spark's a file costs 4 MiB by default, so that a task would have some thirty of them. */
  private static final String FILE_COST = "65536";

  private static final StructType ROWS =
      StructType.fromDDL("path STRING, label INT, probability DOUBLE");

  private final SparkSession session;
  private final PeerTask task;
  private final String place;
  private final Path out;

  PeerJob(SparkSession session, PeerTask task, String place, Path out) {
    this.session = session.newSession();
    this.session.conf().set("spark.sql.files.openCostInBytes", FILE_COST);
    this.task = task;
    this.place = place;
    this.out = out;
  }

  @Override
  public String name() {
    return task.library();
  }

  @Override
  public long run() {
    Dataset<Row> files =
        session
            .read()
            .format("binaryFile")
            .option("recursiveFileLookup", "true")
            .option("pathGlobFilter", StoredImage.FILES)
            .load(place)
            .select("path", "content");
    files
        .mapPartitions(task, Encoders.row(ROWS))
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(out.toString());
    return session.read().parquet(out.toString()).count();
  }
}
