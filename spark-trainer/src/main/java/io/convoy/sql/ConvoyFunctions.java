package io.convoy.sql;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.UserDefinedFunction;

/** Prediction in one call each, for Java, Scala, and Python by py4j. */
public final class ConvoyFunctions {
  private ConvoyFunctions() {}

  /**
   * Gives SQL a function: {@code SELECT convoy_predict(content).label FROM photos}.
   *
   * @param name of the function
   * @param place a run's folder, or a checkpoint's
   * @throws io.convoy.error.ConvoyException as {@link ImagePredictor#load} does
   */
  public static UserDefinedFunction register(SparkSession spark, String name, String place) {
    return ImagePredictor.load(spark, place).register(name);
  }

  /**
   * Adds a column {@value ImagePredictor#PREDICTION} to a table, in batches. Whoever calls this
   * often loads the model once, by {@link ImagePredictor#load}.
   *
   * @param column of the images' bytes, or of their paths
   * @param place a run's folder, or a checkpoint's
   * @throws io.convoy.error.ConvoyException as {@link ImagePredictor} does
   */
  public static Dataset<Row> predict(Dataset<Row> images, String column, String place) {
    return ImagePredictor.load(images.sparkSession(), place).predict(images, column);
  }
}
