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
import io.convoy.worker.JobDescription;
import io.convoy.worker.KnownDigests;
import io.convoy.worker.KnownStatistics;
import io.convoy.worker.OutputsTask;
import io.convoy.worker.SeenSet;
import io.convoy.worker.Sources;
import io.convoy.worker.Tasks;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/** The images of a set, and what states make of some of them, computed by the executors. */
public final class ImagesOfASet {
  private final JavaSparkContext spark;
  private final HadoopFiles files;
  private final DataSet set;
  private final KnownDigests digests;
  private final String version;
  private final SampleSource source;
  private final String fingerprint; // the source may be closed by then, to make room for others
  private final int executors;
  private final int threads;

  /**
   * Opens the set.
   *
   * @param recipe what it does with damaged files is done
   * @param executors tasks that share the images, at least 1
   * @param threads kernel threads of each
   */
  public ImagesOfASet(
      JavaSparkContext spark, DataSet set, Recipe recipe, int executors, int threads) {
    this.spark = spark;
    this.files = new HadoopFiles(spark.hadoopConfiguration());
    this.set = set;
    this.executors = executors;
    this.threads = threads;
    FileDigests known =
        new DataExamination(files, new LookOnExecutors(spark, files), new TrainingListener() {})
            .of(recipe, set, threads);
    digests = KnownDigests.of(spark, known);
    version = SeenSet.version(set, files, known);
    source = Sources.open(set, files, version, () -> known);
    fingerprint = source.fingerprint();
    if (spark.isLocal()) {
      KernelProvider.kernels(); // told here where there are none
    }
  }

  /**
   * Makes sure that it is what runs were trained on.
   *
   * @param expected SHA-256 of that
   * @return this
   * @throws ConvoyException of kind DATA when it is another set
   */
  public ImagesOfASet requireTrainingSet(String expected) {
    if (!fingerprint.equals(expected)) {
      throw ConvoyException.data(
          "%s: this must be the runs' training set, whose SHA-256 is %s; here it is %s: name the"
              + " folder of that set by --data",
          set, expected, fingerprint);
    }
    return this;
  }

  /** SHA-256 of the set. */
  public String fingerprint() {
    return fingerprint;
  }

  /** The set, open as long as no others are opened; not the caller's to close. */
  public SampleSource source() {
    return source;
  }

  /** The classes of some of its images, in their order. */
  public int[] labels(int[] samples) {
    return IntStream.of(samples).map(source::label).toArray();
  }

  /**
   * What a state says of some of its images.
   *
   * @param name of the state, for people
   * @param recipe complete: with the standardization that belongs to the state
   * @param state the state vector; left as it is
   * @param samples their numbers, ascending
   */
  public MemberOutputs outputs(String name, Recipe recipe, float[] state, int[] samples) {
    MemberOutputs outputs =
        MemberOutputs.take(name, samples.length, recipe.network().outputShape().elements());
    Assignment assignment = assignment(recipe, state.length);
    try (BroadcastArray weights = new BroadcastArray(spark, state)) {
      OutputsTask task = new OutputsTask(assignment, samples, executors, weights.slices());
      OutputsTask.read(
          JobDescription.during(
              spark,
              JobDescription.of(name, "outputs for %s images".formatted(samples.length)),
              () -> Tasks.apart(spark, executors, task)),
          outputs);
    }
    return outputs;
  }

  /**
   * The same weights with running statistics of their own, measured over what the recipe trains on
   * of the set: a {@link StatisticsRefresh}.
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
        set,
        version,
        fingerprint,
        digests,
        files,
        threads);
  }
}
