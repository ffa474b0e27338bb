package io.convoy.sql;

import io.convoy.predict.PredictSets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Tables of drawn images, of which one in twenty is broken. */
public final class PhotoTables {
  private static final StructType TYPE =
      new StructType().add("name", DataTypes.StringType).add("content", DataTypes.BinaryType);

  private PhotoTables() {}

  /** Images by name in four parts, the last row without an image. */
  public static Dataset<Row> of(SparkSession spark, Map<String, byte[]> images) {
    List<Row> rows = new ArrayList<>();
    images.forEach((name, bytes) -> rows.add(RowFactory.create(name, bytes)));
    rows.add(RowFactory.create("none", null));
    return spark.createDataFrame(rows, TYPE).repartition(4);
  }

  /** As many images. */
  public static Dataset<Row> of(SparkSession spark, int count) {
    return of(spark, PredictSets.images(count));
  }
}
