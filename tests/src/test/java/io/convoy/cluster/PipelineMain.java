package io.convoy.cluster;

import io.convoy.predict.PredictSets;
import io.convoy.sql.PhotoTables;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A driver in a process of its own that loads a saved pipeline, and prints what it predicts. */
final class PipelineMain {
  static final int IMAGES = 90;

  private PipelineMain() {}

  public static void main(String[] args) {
    try (JavaSparkContext spark = Sessions.local()) {
      SparkSession session = SparkSession.builder().config(spark.getConf()).getOrCreate();
      PipelineModel loaded = PipelineModel.load(args[0]);
      Dataset<Row> photos = PhotoTables.of(session, PredictSets.images(IMAGES));
      lines(loaded.transform(photos)).forEach(System.out::println);
    }
  }

  /** A line for each row, to the last bit. */
  static List<String> lines(Dataset<Row> predicted) {
    return predicted.collectAsList().stream().map(PipelineMain::line).sorted().toList();
  }

  private static String line(Row row) {
    Vector all = row.getAs("probability");
    return "row: %s, %s, %s, %s"
        .formatted(
            row.getAs("name"),
            row.getAs("prediction"),
            all == null ? null : Arrays.toString(all.toArray()),
            row.getAs("error"));
  }
}
