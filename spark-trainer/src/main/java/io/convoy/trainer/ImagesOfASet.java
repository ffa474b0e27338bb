package io.convoy.trainer;

import io.convoy.data.DataSet;
import io.convoy.data.FileDigests;
import io.convoy.data.SampleSource;
import io.convoy.ensemble.MemberOutputs;
import io.convoy.error.ConvoyException;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.recipe.Recipe;
import io.convoy.storage.HadoopFiles;
import io.convoy.train.StatisticsRefresh;
import io.convoy.train.TrainingSplit;
import io.convoy.worker.Assignment;
import io.convoy.worker.KnownDigests;
import io.convoy.worker.KnownStatistics;
import io.convoy.worker.OutputsTask;
import io.convoy.worker.SeenSet;
import io.convoy.worker.Sources;
import io.convoy.worker.Tasks;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The images of a training set that none of some runs was trained on, and what states make of them,
 * computed by the executors.
 */
public final class HeldBackImages {
  private final JavaSparkContext spark;
  private final HadoopFiles files;
  private final DataSet training;
  private final KnownDigests digests;
  private final String version;
  private final SampleSource source;
  private final int[] samples;
  private final int executors;
  private final int threads;

  /**
   * Opens the set.
   *
   * @param training the whole training set
   * @param fingerprint of the set that the runs were trained on
   * @param recipes of the runs, each with {@code validation}; what the first does with damaged
   *     files is done
   * @param executors tasks that share the images, at least 1
   * @param threads kernel threads of each
   * @throws ConvoyException of kind DATA when the set is not the one that the runs were trained on
   */
  public HeldBackImages(
      JavaSparkContext spark,
      DataSet training,
      String fingerprint,
      List<Recipe> recipes,
      int executors,
      int threads) {
    this.spark = spark;
    this.files = new HadoopFiles(spark.hadoopConfiguration());
    this.training = training;
    this.executors = executors;
    this.threads = threads;
    FileDigests known =
        new DataExamination(files, new LookOnExecutors(spark, files), new TrainingListener() {})
            .of(recipes.get(0), training, threads);
    digests = KnownDigests.of(spark, known);
    version = SeenSet.version(training, files, known);
    source = Sources.open(training, files, version, () -> known);
    if (!source.fingerprint().equals(fingerprint)) {
      throw ConvoyException.data(
          "%s: the images that are held back must be those of the runs' training set, whose SHA-256"
              + " is %s; here it is %s: name the folder of that set by --data",
          training, fingerprint, source.fingerprint());
    }
    if (spark.isLocal()) {
      KernelProvider.kernels(); // told here where there are none
    }
    samples = TrainingSplit.heldBackByAll(recipes, source);
  }

  /** How many images all runs hold back; perhaps none. */
  public int size() {
    return samples.length;
  }

  /** How many images a recipe of one of the runs holds back. */
  public int heldBackBy(Recipe recipe) {
    return recipe.validation().samplesOf(source.size());
  }

  /** Their classes, in the order of the set. */
  public int[] labels() {
    return IntStream.of(samples).map(source::label).toArray();
  }

  /**
   * What a state says of them.
   *
   * @param name of the state, for people
   * @param recipe complete: with the standardization that belongs to the state
   * @param state the state vector; left as it is
   */
  public MemberOutputs outputs(String name, Recipe recipe, float[] state) {
    MemberOutputs outputs =
        MemberOutputs.take(name, samples.length, recipe.network().outputShape().elements());
    Assignment assignment = assignment(recipe, state.length);
    try (BroadcastArray weights = new BroadcastArray(spark, state)) {
      OutputsTask task = new OutputsTask(assignment, samples, executors, weights.slices());
      OutputsTask.read(Tasks.apart(spark, executors, task), outputs);
    }
    return outputs;
  }

  /**
   * The same weights with running statistics of their own, measured over what the recipe trains on:
   * a {@link StatisticsRefresh}.
   *
   * @param recipe complete: with the standardization that belongs to the state
   * @param state the state vector; left as it is
   */
  public float[] refreshed(Recipe recipe, float[] state) {
    SampleSource trained = TrainingSplit.of(recipe, source).training();
    return new Refresh(spark, assignment(recipe, state.length), recipe, trained, executors)
        .of(state);
  }

  private Assignment assignment(Recipe recipe, int length) {
    int expected = recipe.network().layout().length();
    if (length != expected) {
      throw new IllegalArgumentException("a state of %s, expected %s".formatted(length, expected));
    }
    return new Assignment(
        "ensemble",
        Assignment.write(recipe),
        KnownStatistics.of(spark, recipe.standardization()),
        training,
        version,
        source.fingerprint(),
        digests,
        files,
        threads);
  }
}
