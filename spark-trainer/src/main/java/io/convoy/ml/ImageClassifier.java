package io.convoy.ml;

import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.recipe.Recipe;
import io.convoy.run.Models;
import io.convoy.run.WhichCheckpoint;
import io.convoy.sql.ClassicSession;
import io.convoy.trainer.EpochReporter;
import io.convoy.trainer.RecipeParser;
import io.convoy.trainer.TrainingListener;
import java.nio.charset.StandardCharsets;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a network on the images of a table, in the user's own session, as a stage of a pipeline.
 *
 * <pre>{@code
 * ImageClassifierModel model =
 *     new ImageClassifier()
 *         .setInputCol("content")
 *         .setLabelCol("label")
 *         .setRecipe("my-recipe.yaml")
 *         .setRunFolder("hdfs:///runs/7")
 *         .fit(photos);
 * }</pre>
 *
 * <p>The run's folder gets what any training leaves: checkpoints, metrics, {@code result.json}. The
 * table is computed once; its images lie beside the run as a packed set while it is trained.
 */
public final class ImageClassifier extends Estimator<ImageClassifierModel> implements MLWritable {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ImageClassifier.class);

  private final String uid;
  private final ImageColumns columns;
  private final Param<String> label;
  private final Param<String> recipe;
  private final Param<String> runFolder;
  private final IntParam executors;
  private final IntParam threads;

  /** Null for the log. */
  private transient TrainingListener listener;

  /** With an identity of its own. */
  public ImageClassifier() {
    this(Identifiable.randomUID("imageClassifier"));
  }

  /** For Spark ML: with an identity that is known. */
  public ImageClassifier(String uid) {
    this.uid = uid;
    columns = new ImageColumns(this);
    label = new Param<>(this, "labelCol", "column of labels: text, or whole numbers");
    recipe = new Param<>(this, "recipe", "a recipe: its text, the path of a file, or a name");
    runFolder = new Param<>(this, "runFolder", "the run's folder, where nothing is yet");
    executors =
        new IntParam(this, "executors", "tasks that train in step", ParamValidators.gtEq(1));
    threads = new IntParam(this, "threads", "threads of each task", ParamValidators.gtEq(1));
    setDefault(label, "label");
    setDefault(executors, 1);
    setDefault(threads, 1);
  }

  /** For Spark ML: what reads an estimator that was saved. */
  public static MLReader<ImageClassifier> read() {
    return new DefaultParamsReader<>();
  }

  /** Loads an estimator that was saved by itself. */
  public static ImageClassifier load(String path) {
    return read().load(path);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Column of the images' bytes, or of paths; by default {@code image}. */
  public Param<String> inputCol() {
    return columns.input();
  }

  /** Column of labels; by default {@code label}. */
  public Param<String> labelCol() {
    return label;
  }

  /** The model's column of the likeliest class; by default {@code prediction}. */
  public Param<String> predictionCol() {
    return columns.prediction();
  }

  /** The model's column of all probabilities; by default {@code probability}. */
  public Param<String> probabilityCol() {
    return columns.probability();
  }

  /** The model's column of what is wrong with an image; by default {@code error}. */
  public Param<String> errorCol() {
    return columns.error();
  }

  /** The recipe: its text, the path of a file, or the name of one that comes with Convoy. */
  public Param<String> recipe() {
    return recipe;
  }

  /** The run's folder, on any Hadoop file system; nothing is there yet. */
  public Param<String> runFolder() {
    return runFolder;
  }

  /** Tasks that train in step; by default 1. The session needs as many free slots. */
  public IntParam executors() {
    return executors;
  }

  /** Threads of the kernels of each task; by default 1. */
  public IntParam threads() {
    return threads;
  }

  /** Names the column of images. */
  public ImageClassifier setInputCol(String name) {
    set(columns.input(), name);
    return this;
  }

  /** Names the column of labels. */
  public ImageClassifier setLabelCol(String name) {
    set(label, name);
    return this;
  }

  /** Names the model's column of the likeliest class. */
  public ImageClassifier setPredictionCol(String name) {
    set(columns.prediction(), name);
    return this;
  }

  /** Names the model's column of all probabilities. */
  public ImageClassifier setProbabilityCol(String name) {
    set(columns.probability(), name);
    return this;
  }

  /** Names the model's column of errors. */
  public ImageClassifier setErrorCol(String name) {
    set(columns.error(), name);
    return this;
  }

  /** Sets the recipe; of its {@code data}, format, path and columns have no part in a table. */
  public ImageClassifier setRecipe(String textOrPlace) {
    set(recipe, textOrPlace);
    return this;
  }

  /** Sets the recipe. */
  public ImageClassifier setRecipe(Recipe value) {
    return setRecipe(Json.text(value));
  }

  /** Sets the run's folder. */
  public ImageClassifier setRunFolder(String place) {
    set(runFolder, place);
    return this;
  }

  /** Sets how many tasks train in step. */
  public ImageClassifier setExecutors(int count) {
    set(executors, count);
    return this;
  }

  /** Sets how many threads each task has. */
  public ImageClassifier setThreads(int count) {
    set(threads, count);
    return this;
  }

  /**
   * Sets who is told of a training as it goes, on the driver. By default the log gets a line for
   * each epoch, at INFO; {@code new EpochReporter(System.out::println)} shows those lines where a
   * notebook does not show its log. It is no parameter: it is not saved with the estimator.
   */
  public ImageClassifier setListener(TrainingListener told) {
    listener = told;
    return this;
  }

  /**
   * @throws ConvoyException of kind USAGE when the table has no such column of images or of labels,
   *     or one of a new name already
   */
  @Override
  public StructType transformSchema(StructType table) {
    columnsOf(table);
    return columns.added(table);
  }

  private LabelledImages columnsOf(StructType table) {
    return LabelledImages.of(table, columns.of(columns.input()), getOrDefault(label));
  }

  /**
   * Trains to the recipe's end.
   *
   * @throws ConvoyException of kind USAGE when a parameter or a column is missing or wrong, or the
   *     session is a client of Spark Connect; DATA when the table has nulls, or images are damaged;
   *     else as {@link io.convoy.trainer.SparkTrainer#train}
   */
  @Override
  public ImageClassifierModel fit(Dataset<?> table) {
    JavaSparkContext context = ClassicSession.context(table.sparkSession());
    transformSchema(table.schema());
    Recipe known = recipeOf(required(recipe, "setRecipe"));
    String run = required(runFolder, "setRunFolder");
    TableTraining training =
        new TableTraining(
            context, known, run, (int) getOrDefault(executors), (int) getOrDefault(threads));
    training.train(
        table,
        columnsOf(table.schema()),
        listener == null ? new EpochReporter(LOG::info) : listener);
    ImageClassifierModel model =
        new ImageClassifierModel(
            uid, Models.find(run, WhichCheckpoint.NEWEST, context.hadoopConfiguration()));
    copyValues(model, extractParamMap());
    return model.setParent(this);
  }

  private String required(Param<String> param, String setter) {
    if (!isDefined(param)) {
      throw ConvoyException.usage(
          "%s is missing, %s: give it by %s", param.name(), param.doc(), setter);
    }
    return getOrDefault(param);
  }

  private static Recipe recipeOf(String text) {
    return text.startsWith("{")
        ? Json.read(text.getBytes(StandardCharsets.UTF_8), Recipe.class, "the recipe")
        : RecipeParser.find().parse(text);
  }

  @Override
  public ImageClassifier copy(ParamMap extra) {
    ImageClassifier copy = defaultCopy(extra);
    return copy.setListener(listener);
  }

  @Override
  public MLWriter write() {
    return new DefaultParamsWriter(this);
  }
}
