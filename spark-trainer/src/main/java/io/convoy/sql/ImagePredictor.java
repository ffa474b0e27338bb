package io.convoy.sql;

import io.convoy.error.ConvoyException;
import io.convoy.inference.Classifier;
import io.convoy.predict.PredictOptions;
import io.convoy.predict.SharedModel;
import io.convoy.run.Classifiers;
import io.convoy.run.WhichCheckpoint;
import io.convoy.storage.HadoopFiles;
import io.convoy.worker.Release;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * A model in a session of Spark's: predicts the images of a table, and gives SQL a function.
 *
 * <pre>{@code
 * ImagePredictor predictor = ImagePredictor.load(spark, "runs/7");
 * Dataset<Row> labelled = predictor.predict(photos, "content");
 * predictor.register("convoy_predict");
 * }</pre>
 *
 * <p>A prediction is a structure: {@code label}, {@code probability}, {@code top} (the likeliest
 * classes with their probabilities, the likeliest first) and {@code error}, which says why an image
 * cannot be read; the others are null then. Of a model that may give an image several labels there
 * is {@code labels} before {@code error}: those likelier than not, the likeliest first. An image
 * that is null has a prediction that is null. Numbers are those of {@link
 * io.convoy.inference.Predictor}, bit for bit.
 *
 * <p>The weights travel to each executor once, as broadcasts, and Spark frees them when nobody
 * holds this, its function or its tables any more. Executors keep a model in memory as {@link
 * io.convoy.predict.Predictors} says.
 */
public final class ImagePredictor {
  /** The column of predictions, where nobody names another. */
  public static final String PREDICTION = "prediction";

  private final SparkSession spark;
  private final SharedModel shared;
  private final HadoopFiles files;
  private final PredictOptions options;

  private ImagePredictor(
      SparkSession spark, SharedModel shared, HadoopFiles files, PredictOptions options) {
    this.spark = spark;
    this.shared = shared;
    this.files = files;
    this.options = options;
  }

  /**
   * Loads a model.
   *
   * @param place a run's folder, whose newest checkpoint is used, a checkpoint's or an ensemble's,
   *     on any Hadoop file system
   * @throws ConvoyException of kind USAGE when there is no model, or the session is a client of
   *     Spark Connect; DATA when the model is damaged; RESOURCE when it cannot be reached
   */
  public static ImagePredictor load(SparkSession spark, String place) {
    JavaSparkContext context = ClassicSession.context(spark);
    return of(
        spark, Classifiers.load(place, WhichCheckpoint.NEWEST, context.hadoopConfiguration()));
  }

  /**
   * Takes a model, or an ensemble, that is loaded.
   *
   * @throws ConvoyException of kind USAGE when the session is a client of Spark Connect
   */
  public static ImagePredictor of(SparkSession spark, Classifier model) {
    JavaSparkContext context = ClassicSession.context(spark);
    return new ImagePredictor(
        spark,
        SharedModel.of(context, model),
        new HadoopFiles(context.hadoopConfiguration()),
        PredictOptions.STANDARD.of(model));
  }

  /**
   * The same, with a field {@code probabilities} before the error: those of all classes, in the
   * model's order.
   */
  public ImagePredictor withProbabilities() {
    return new ImagePredictor(spark, shared, files, options.withAll(null));
  }

  /**
   * Adds a column {@value #PREDICTION} to a table, as {@link #predict(Dataset, String, String)}.
   */
  public Dataset<Row> predict(Dataset<Row> images, String column) {
    return predict(images, column, PREDICTION);
  }

  /**
   * Adds a column of predictions to a table. This is the quick way: images are decoded while those
   * before them are computed, in batches.
   *
   * @param column of the images' bytes, or of paths on any Hadoop file system
   * @param into the new column
   * @throws ConvoyException of kind USAGE when there is no such column, or it holds something else,
   *     or the new one is there already
   */
  public Dataset<Row> predict(Dataset<Row> images, String column, String into) {
    ClassicSession.context(images.sparkSession());
    StructType table = images.schema();
    TableColumn image = TableColumn.ofImages(table, column);
    TableColumn.requireNew(table, into);
    PredictPartition partition =
        new PredictPartition(
            Release.OWN, shared, options, image.index(), column, image.isText() ? files : null);
    return images.mapPartitions(
        partition, Encoders.row(table.add(into, PredictionStruct.type(options))));
  }

  /**
   * A function from an image's bytes to its prediction, for {@code select} and {@code withColumn}.
   * It goes image by image; {@link #predict(Dataset, String)} is quicker.
   */
  public UserDefinedFunction function() {
    return functions.udf(
        new PredictFunction(Release.OWN, shared, options), PredictionStruct.type(options));
  }

  /**
   * Gives SQL that function in this session.
   *
   * @param name such as {@code convoy_predict}
   */
  public UserDefinedFunction register(String name) {
    return spark.udf().register(name, function());
  }
}
