package io.convoy.trainer;

import io.convoy.data.DataSet;
import io.convoy.data.FileDigests;
import io.convoy.data.SampleSource;
import io.convoy.data.augment.Standardization;
import io.convoy.data.augment.TrainingPixels;
import io.convoy.error.ConvoyException;
import io.convoy.feed.BatchPlan;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.memory.DriverMemory;
import io.convoy.memory.HeapOption;
import io.convoy.pretrained.StartReport;
import io.convoy.recipe.Preprocessing;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.run.RunFolder;
import io.convoy.storage.HadoopFiles;
import io.convoy.train.CheckpointSteps;
import io.convoy.train.DataSummary;
import io.convoy.train.Evaluator;
import io.convoy.train.TrainingSplit;
import io.convoy.train.TrainingState;
import io.convoy.worker.Assignment;
import io.convoy.worker.Cleanup;
import io.convoy.worker.EvaluationTask;
import io.convoy.worker.JobDescription;
import io.convoy.worker.KnownDigests;
import io.convoy.worker.KnownStatistics;
import io.convoy.worker.SeenSet;
import io.convoy.worker.Sources;
import io.convoy.worker.Tasks;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains on Spark, as a chain of segments: each starts from a state that the driver holds and
 * returns the next one. A segment that is lost with an executor is submitted again from the state
 * that is there.
 *
 * <p>Needs no setting of the session; the launcher's own sessions have some that make it quicker.
 */
public final class SparkTrainer {
  private static final Logger LOG = LoggerFactory.getLogger(SparkTrainer.class);

  private final JavaSparkContext spark;
  private final HadoopFiles files;

  public SparkTrainer(JavaSparkContext spark) {
    this.spark = spark;
    this.files = new HadoopFiles(spark.hadoopConfiguration());
  }

  /**
   * Runs a job to its end and writes {@code result.json}, {@code evaluation.json} where there is a
   * test set, and {@code report.html}.
   *
   * @throws ConvoyException when it cannot go on; what was saved stays
   */
  public TrainingOutcome train(TrainingJob given, TrainingListener listener) {
    if (given.recipe().sync() == Sync.PEERS) {
      PeerRules.requireAllowed(spark.getConf());
    }
    RunSession.requireFree(given, spark.sc().applicationId(), spark.hadoopConfiguration());
    DataExamination.Result examined = examination(listener).of(given);
    DataSet set = examined.job().training();
    String version = SeenSet.version(set, files, examined.training());
    SampleSource training = Sources.open(set, files, version, examined::training);
    examined.job().recipe().requireFits(training);
    TrainingJob job = labelled(examined.job(), training);
    TrainingSplit split = TrainingSplit.of(job.recipe(), training);
    DataSummary found = DataSummary.of(training, split, openTest(job, examined.test(), training));
    if (given.recipe().data().size() == null && job.recipe().data().size() != null) {
      found = found.with(inputSize(job.recipe()));
    }
    requireHeap(job);
    RunStart start = start(job, standardized(job, split, listener));
    found = start.report().map(StartReport::line).map(found::with).orElse(found);
    requireMeans(job);
    RunSession session = open(job, start, training);
    Recipe recipe = session.recipe();
    KnownDigests digests = KnownDigests.of(spark, examined.training());
    Assignment assignment = assignment(job, session, version, training.fingerprint(), digests);
    BatchPlan plan = BatchPlan.of(recipe, split.training().rowGroups());
    CheckpointSteps steps = CheckpointSteps.of(recipe, plan);
    Progress progress = new Progress(session, plan, listener);
    listener.onData(found);
    listener.onStart(session.startStep(), steps.total(), plan.stepsPerEpoch());
    Validations validations =
        new Validations(
            session,
            steps,
            progress,
            state -> validated(state, session, split.validation(), job, assignment));
    AverageStatistics averages =
        new AverageStatistics(
            new Refresh(spark, assignment, recipe, split.training(), job.executors()),
            recipe.validation() != null,
            progress,
            () -> cleanUp(job, assignment));
    SegmentChain chain =
        new SegmentChain(spark, session, plan, steps, progress, validations, averages);
    TrainingState end;
    try (Segments segments = segments(job, session, assignment, plan, progress)) {
      end = chain.run(segments);
    } catch (ConvoyException e) {
      throw e.kind() == ConvoyException.Kind.DIVERGED ? progress.diverged(e) : e;
    } finally {
      cleanUp(job, assignment); // the evaluation needs the memory of the replicas
    }
    SeenSet test = seen(job.test(), examined.test());
    return new RunEnd(spark, job, session, assignment, plan)
        .of(end, test, progress, validations, listener);
  }

  private static String inputSize(Recipe recipe) {
    return "not all images have the network's input size: each is brought to %s (height x width), as"
            .formatted(recipe.data().size())
        + " data.size would have it";
  }

  private DataExamination examination(TrainingListener listener) {
    return DataExamination.on(spark, files, listener);
  }

  /** The test set may lack classes: its labels are those of the training set. */
  private static TrainingJob labelled(TrainingJob job, SampleSource training) {
    return job.test() == null ? job : job.withTest(job.test().labelledAs(training.classes()));
  }

  /** The test set; null for none. */
  private SampleSource openTest(TrainingJob job, FileDigests known, SampleSource training) {
    if (job.test() == null) {
      return null;
    }
    SampleSource test =
        Sources.open(job.test(), files, SeenSet.version(job.test(), files, known), () -> known);
    test.requireComparableTo(training);
    return test;
  }

  /**
   * The recipe with what its standardization measures on the training images. A run that is gone on
   * with has that in its checkpoint: images, split and recipe are compared when it is opened.
   */
  private Recipe standardized(TrainingJob job, TrainingSplit split, TrainingListener listener) {
    Recipe recipe = job.recipe();
    if (recipe.standardization().complete()) {
      return recipe;
    }
    Optional<Standardization> before =
        savedPreprocessing(job)
            .map(Preprocessing::standardization)
            .filter(recipe.standardization()::isThatOf);
    return recipe.withStandardization(before.orElseGet(() -> measured(recipe, split, listener)));
  }

  /** The weights that the run starts from, unless it has come to a checkpoint. */
  private RunStart start(TrainingJob job, Recipe recipe) {
    RunStart start = RunStart.of(recipe, files);
    start.requireSum(() -> savedPreprocessing(job).isPresent());
    return start;
  }

  private Optional<Preprocessing> savedPreprocessing(TrainingJob job) {
    return RunSession.preprocessing(job, spark.sc().applicationId(), spark.hadoopConfiguration());
  }

  /** On all processors of this machine, which has nothing else to do yet. */
  private static Standardization measured(
      Recipe recipe, TrainingSplit split, TrainingListener listener) {
    return recipe
        .standardization()
        .measured(
            new TrainingPixels(
                split.training(),
                recipe.data().evaluation(),
                Runtime.getRuntime().availableProcessors(),
                listener::onMeasuring));
  }

  private RunSession open(TrainingJob job, RunStart start, SampleSource training) {
    RunSession session =
        RunSession.open(
            job,
            start,
            training.classes(),
            training.severalLabels(),
            training.fingerprint(),
            spark.sc().applicationId(),
            spark.version(),
            spark.hadoopConfiguration());
    start.forget();
    return session;
  }

  private Assignment assignment(
      TrainingJob job,
      RunSession session,
      String version,
      String fingerprint,
      KnownDigests digests) {
    return new Assignment(
        session.folder().location(),
        Assignment.write(session.recipe()),
        KnownStatistics.of(spark, session.recipe().standardization()),
        job.training(),
        version,
        fingerprint,
        digests,
        files,
        job.threads());
  }

  /** Before a state is taken: what does not fit is told, not run into. */
  private void requireHeap(TrainingJob job) {
    DriverMemory memory =
        spark.isLocal()
            ? DriverMemory.shared(
                job.recipe(), KernelProvider.kernels(), job.threads(), job.executors())
            : DriverMemory.of(job.recipe(), job.executors());
    memory.requireFits(Runtime.getRuntime().maxMemory(), HeapOption.of(spark.getConf()));
  }

  /**
   * What the first segment would find missing: told before a folder is made that blocks a retry.
   */
  private void requireMeans(TrainingJob job) {
    if (job.recipe().sync() == Sync.PEERS) {
      new ExecutorWatch(spark).await(job.executors());
    }
    SparkEvaluator.requireKernels(spark);
  }

  private Segments segments(
      TrainingJob job,
      RunSession session,
      Assignment assignment,
      BatchPlan plan,
      Progress progress) {
    Recipe recipe = session.recipe();
    return recipe.sync() == Sync.DRIVER
        ? new DriverSegments(spark, assignment, recipe, plan, job.executors(), progress::live)
        : new PeerSegments(
            spark,
            assignment,
            recipe,
            plan.stepsPerEpoch(),
            job.executors(),
            session.firstAttempt(),
            progress::live);
  }

  private Evaluator.Result validated(
      TrainingState state,
      RunSession session,
      SampleSource heldBack,
      TrainingJob job,
      Assignment assignment) {
    EvaluationTask.Sum sum =
        SparkEvaluator.sum(
            spark,
            assignment,
            state.inferenceWeights(),
            null, // what is held back
            job.executors(),
            "validation after step " + state.step());
    session
        .findings()
        .writeFigures(
            RunFolder.VALIDATION,
            state.step(),
            SparkEvaluator.report(session.recipe(), heldBack, sum));
    return sum.result();
  }

  /** Null for none. */
  private SeenSet seen(DataSet set, FileDigests known) {
    return set == null ? null : SeenSet.of(spark, files, set, known);
  }

  private void cleanUp(TrainingJob job, Assignment assignment) {
    try {
      var unused =
          JobDescription.during(
              spark,
              JobDescription.of(assignment.run(), "executors let go of their weights"),
              () -> Tasks.apart(spark, job.executors(), new Cleanup(assignment.run())));
    } catch (RuntimeException e) {
      LOG.debug("executors keep their replicas", e); // the application's end frees them
    }
  }
}
