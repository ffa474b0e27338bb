package io.convoy.ml;

import io.convoy.inference.Model;
import io.convoy.run.Models;
import io.convoy.run.StoredModel;
import io.convoy.run.WhichCheckpoint;
import io.convoy.sql.ClassicSession;
import io.convoy.sql.ImagePredictor;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Labels images as a stage of a pipeline. It adds the likeliest class, as text; the probabilities
 * of all classes, a vector in the order of {@link #classes}; and an error. An image that cannot be
 * read has an error alone, one that is null has nothing.
 *
 * <p>Saved as part of a pipeline, it copies its checkpoint's files into the pipeline's folder, and
 * needs nothing else to be loaded.
 */
public final class ImageClassifierModel extends org.apache.spark.ml.Model<ImageClassifierModel>
    implements MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final transient StoredModel stored;
  private final transient ImageColumns columns;

  /** Of the session that it was last used in: weights are broadcast once for many tables. */
  private transient ImagePredictor predictor;

  private transient SparkSession session;

  ImageClassifierModel(String uid, StoredModel stored) {
    this.uid = uid;
    this.stored = stored;
    columns = new ImageColumns(this);
  }

  /**
   * A model that was trained before, by whatever means.
   *
   * @param place a run's folder, whose newest checkpoint is used, or a checkpoint's, on any Hadoop
   *     file system
   * @throws io.convoy.error.ConvoyException as {@link Models#load} does
   */
  public static ImageClassifierModel ofRun(SparkSession spark, String place) {
    Configuration configuration = ClassicSession.context(spark).hadoopConfiguration();
    return new ImageClassifierModel(
        Identifiable.randomUID("imageClassifier"),
        Models.find(place, WhichCheckpoint.NEWEST, configuration));
  }

  /** For Spark ML: what reads a model that was saved. */
  public static MLReader<ImageClassifierModel> read() {
    return new ImageClassifierModelReader();
  }

  /** Loads a model that was saved by itself. */
  public static ImageClassifierModel load(String path) {
    return read().load(path);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** The model itself. */
  public Model model() {
    return stored.model();
  }

  /** The names of the classes, in the order of the probabilities. */
  public List<String> classes() {
    return stored.model().classes();
  }

  StoredModel stored() {
    return stored;
  }

  /** Column of the images' bytes, or of paths; by default {@code image}. */
  public Param<String> inputCol() {
    return columns.input();
  }

  /** Column of the likeliest class; by default {@code prediction}; empty for none. */
  public Param<String> predictionCol() {
    return columns.prediction();
  }

  /** Column of all probabilities; by default {@code probability}; empty for none. */
  public Param<String> probabilityCol() {
    return columns.probability();
  }

  /** Column of what is wrong with an image; by default {@code error}; empty for none. */
  public Param<String> errorCol() {
    return columns.error();
  }

  /** Names the column of images. */
  public ImageClassifierModel setInputCol(String name) {
    set(columns.input(), name);
    return this;
  }

  /** Names the column of the likeliest class. */
  public ImageClassifierModel setPredictionCol(String name) {
    set(columns.prediction(), name);
    return this;
  }

  /** Names the column of all probabilities. */
  public ImageClassifierModel setProbabilityCol(String name) {
    set(columns.probability(), name);
    return this;
  }

  /** Names the column of errors. */
  public ImageClassifierModel setErrorCol(String name) {
    set(columns.error(), name);
    return this;
  }

  /**
   * @throws io.convoy.error.ConvoyException of kind USAGE when the table has no such column of
   *     images, or one of a new name already
   */
  @Override
  public StructType transformSchema(StructType table) {
    return columns.added(table);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> images) {
    transformSchema(images.schema());
    String struct = uid + " prediction";
    Column probabilities = field(struct, "probabilities");
    Dataset<Row> predicted =
        predictor(images.sparkSession())
            .predict(images.toDF(), columns.of(columns.input()), struct);
    Dataset<Row> labelled = with(predicted, columns.prediction(), field(struct, "label"));
    Dataset<Row> likely =
        with(
            labelled,
            columns.probability(),
            org.apache.spark.sql.functions.when(
                probabilities.isNotNull(), functions.array_to_vector(probabilities)));
    return with(likely, columns.error(), field(struct, "error")).drop(struct);
  }

  private static Column field(String struct, String name) {
    return org.apache.spark.sql.functions.col("`" + struct + "`").getField(name);
  }

  private Dataset<Row> with(Dataset<Row> table, Param<String> param, Column value) {
    String name = columns.of(param);
    return name.isEmpty() ? table : table.withColumn(name, value);
  }

  private synchronized ImagePredictor predictor(SparkSession spark) {
    if (predictor == null || session.sparkContext() != spark.sparkContext()) {
      predictor = ImagePredictor.of(spark, stored.model()).withProbabilities();
      session = spark;
    }
    return predictor;
  }

  @Override
  public ImageClassifierModel copy(ParamMap extra) {
    ImageClassifierModel copy = new ImageClassifierModel(uid, stored);
    copyValues(copy, extra);
    copy.setParent(parent());
    return copy;
  }

  @Override
  public MLWriter write() {
    return new ImageClassifierModelWriter(this);
  }
}
