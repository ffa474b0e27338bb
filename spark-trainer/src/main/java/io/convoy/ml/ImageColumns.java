package io.convoy.ml;

import io.convoy.sql.TableColumn;
import java.io.Serializable;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The parameters that an {@link ImageClassifier} and its model share: names of columns. A new
 * column with an empty name is left out.
 */
final class ImageColumns implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Params owner;
  private final Param<String> input;
  private final Param<String> prediction;
  private final Param<String> probability;
  private final Param<String> error;

  /**
   * @param owner whose identity is known already
   */
  ImageColumns(Params owner) {
    this.owner = owner;
    input =
        new Param<>(
            owner,
            "inputCol",
            "column of the images' bytes, or of paths on any Hadoop file system");
    prediction = new Param<>(owner, "predictionCol", "new column: the likeliest class, as text");
    probability =
        new Param<>(
            owner, "probabilityCol", "new column: a vector of the probabilities of all classes");
    error =
        new Param<>(
            owner, "errorCol", "new column: why an image cannot be read, null where it can");
    owner.setDefault(input, "image");
    owner.setDefault(prediction, "prediction");
    owner.setDefault(probability, "probability");
    owner.setDefault(error, "error");
  }

  Param<String> input() {
    return input;
  }

  Param<String> prediction() {
    return prediction;
  }

  Param<String> probability() {
    return probability;
  }

  Param<String> error() {
    return error;
  }

  String of(Param<String> param) {
    return owner.getOrDefault(param);
  }

  /**
   * A table with what is added to it.
   *
   * @throws io.convoy.error.ConvoyException of kind USAGE when it has no such column of images, or
   *     one of a new name already
   */
  StructType added(StructType table) {
    TableColumn.ofImages(table, of(input));
    return added(
        added(
            added(table, prediction, DataTypes.StringType), probability, SQLDataTypes.VectorType()),
        error,
        DataTypes.StringType);
  }

  private StructType added(StructType table, Param<String> param, DataType type) {
    String name = of(param);
    if (name.isEmpty()) {
      return table;
    }
    TableColumn.requireNew(table, name);
    return table.add(name, type);
  }
}
