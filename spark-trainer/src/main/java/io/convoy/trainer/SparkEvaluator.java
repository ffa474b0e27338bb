package io.convoy.trainer;

import io.convoy.data.DataSet;
import io.convoy.data.FileDigests;
import io.convoy.data.SampleSource;
import io.convoy.evaluation.EvaluationReport;
import io.convoy.evaluation.ImageCounts;
import io.convoy.evaluation.Mistake;
import io.convoy.inference.Classifier;
import io.convoy.inference.TestTime;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.predict.SharedModel;
import io.convoy.recipe.Recipe;
import io.convoy.storage.HadoopFiles;
import io.convoy.train.TrainingSplit;
import io.convoy.worker.Assignment;
import io.convoy.worker.EvaluationTask;
import io.convoy.worker.JobDescription;
import io.convoy.worker.KnownDigests;
import io.convoy.worker.KnownStatistics;
import io.convoy.worker.SeenSet;
import io.convoy.worker.Sources;
import io.convoy.worker.Tasks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What is done with weights that are trained, on the executors of a session: they are evaluated,
 * and batch norms measure their statistics anew.
 */
public final class SparkEvaluator {
  private final JavaSparkContext spark;
  private final HadoopFiles files;

  public SparkEvaluator(JavaSparkContext spark) {
    this.spark = spark;
    this.files = new HadoopFiles(spark.hadoopConfiguration());
  }

  private DataExamination examination() {
    return DataExamination.on(spark, files, new TrainingListener() {});
  }

  /** Where the kernels run in this process; executors find out for themselves. */
  static void requireKernels(JavaSparkContext spark) {
    if (spark.isLocal()) {
      KernelProvider.kernels();
    }
  }

  /**
   * What a state makes of a data set, on the executors; without its damaged images where the recipe
   * leaves those out.
   *
   * @param recipe of the run, with its standardisation
   * @param state the state vector of a checkpoint, averaged or not
   */
  public Evaluation evaluate(
      Recipe recipe, float[] state, DataSet test, int executors, int threads) {
    FileDigests known = examination().of(recipe, test, threads);
    SeenSet seen = SeenSet.of(spark, files, test, known);
    SampleSource source = Sources.open(test, files, seen.version(), () -> known);
    recipe.requireTests(source);
    requireKernels(spark);
    Assignment assignment =
        new Assignment(
            "evaluation",
            Assignment.write(recipe),
            KnownStatistics.of(spark, recipe.standardization()),
            test,
            "",
            "",
            KnownDigests.none(),
            files,
            threads);
    EvaluationTask.Sum sum = sum(spark, assignment, state, seen, executors, "test images");
    return new Evaluation(sum.result(), report(recipe, source, sum));
  }

  /** All figures of what tasks have found, with the names of files. */
  static EvaluationReport report(Recipe recipe, SampleSource source, EvaluationTask.Sum sum) {
    return named(sum.counts().report(classes(recipe, source)), source);
  }

  /** With the names of the files that a mistake may be looked up in. */
  private static EvaluationReport named(EvaluationReport report, SampleSource source) {
    int[] samples = report.mistakes().stream().mapToInt(Mistake::sample).sorted().toArray();
    List<String> names = source.names(samples);
    return report.withPaths(sample -> names.get(Arrays.binarySearch(samples, sample)));
  }

  /**
   * What an ensemble, or a model at test time, makes of a data set, on the executors, likewise.
   *
   * @param recipe how images are read: that of the first network
   * @param test labelled as the classifier's classes are
   */
  public EvaluationReport evaluate(
      Classifier classifier,
      TestTime testTime,
      Recipe recipe,
      DataSet test,
      int executors,
      int threads) {
    FileDigests known = examination().of(recipe, test, threads);
    SeenSet seen = SeenSet.of(spark, files, test, known);
    SampleSource source = Sources.open(test, files, seen.version(), () -> known);
    recipe.requireTests(source);
    requireKernels(spark);
    SharedModel shared = SharedModel.of(spark, classifier);
    ClassifierEvaluation task =
        new ClassifierEvaluation(shared, testTime, seen, files, executors, threads);
    ImageCounts counts =
        ClassifierEvaluation.sum(
            JobDescription.during(
                spark,
                JobDescription.of("evaluation", "test images"),
                () -> Tasks.apart(spark, executors, task)));
    return named(counts.report(classes(recipe, source)), source);
  }

  /** A set whose classes are numbers may lack the last ones. */
  private static List<String> classes(Recipe recipe, SampleSource source) {
    List<String> classes = new ArrayList<>(source.classes());
    for (int label = classes.size(); label < recipe.network().outputShape().channels(); label++) {
      classes.add(Integer.toString(label));
    }
    return classes;
  }

  /**
   * Weights with running statistics of their own, measured on the executors: a {@link
   * io.convoy.train.StatisticsRefresh}, over what the recipe trains on of a set.
   *
   * @param recipe of the run, with its standardisation
   * @param state a state vector; left as it is
   * @param training the whole training set
   * @return a new state vector
   */
  public float[] refresh(
      Recipe recipe, float[] state, DataSet training, int executors, int threads) {
    FileDigests known = examination().of(recipe, training, threads);
    String version = SeenSet.version(training, files, known);
    SampleSource source = Sources.open(training, files, version, () -> known);
    recipe.requireFits(source);
    requireKernels(spark);
    Assignment assignment =
        new Assignment(
            "refresh",
            Assignment.write(recipe),
            KnownStatistics.of(spark, recipe.standardization()),
            training,
            version,
            source.fingerprint(),
            KnownDigests.of(spark, known),
            files,
            threads);
    SampleSource trained = TrainingSplit.of(recipe, source).training();
    return new Refresh(spark, assignment, recipe, trained, executors).of(state);
  }

  /**
   * Of a set, or, where it is null, of what is held back of the assignment's.
   *
   * @param what it is for, in words
   */
  static EvaluationTask.Sum sum(
      JavaSparkContext spark,
      Assignment assignment,
      float[] state,
      SeenSet test,
      int tasks,
      String what) {
    try (BroadcastArray weights = new BroadcastArray(spark, state)) {
      EvaluationTask task = new EvaluationTask(assignment, test, tasks, weights.slices());
      String description = JobDescription.of(assignment.run(), what);
      return EvaluationTask.sum(
          JobDescription.during(spark, description, () -> Tasks.apart(spark, tasks, task)));
    }
  }
}
