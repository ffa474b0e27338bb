package io.convoy.trainer;

import io.convoy.checkpoint.AsyncCheckpointer;
import io.convoy.checkpoint.Checkpoint;
import io.convoy.checkpoint.CheckpointMetadata;
import io.convoy.checkpoint.CheckpointStore;
import io.convoy.data.image.ImageDecoder;
import io.convoy.error.ConvoyException;
import io.convoy.explain.Filters;
import io.convoy.feed.BatchPlan;
import io.convoy.recipe.CheckpointOptions;
import io.convoy.recipe.Preprocessing;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.WeightAverage;
import io.convoy.run.DriverIdentity;
import io.convoy.run.MetricsFlusher;
import io.convoy.run.RunDescription;
import io.convoy.run.RunFolder;
import io.convoy.run.Versions;
import io.convoy.storage.StorePatience;
import io.convoy.tensorboard.TensorBoardLog;
import io.convoy.train.CheckpointSteps;
import io.convoy.train.LocalTrainer;
import io.convoy.train.Numerics;
import io.convoy.train.TrainingState;
import io.convoy.train.ValidationHistory;
import io.convoy.train.ValidationResult;
import io.convoy.worker.Release;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;

/** The run's folder as one training sees it: created or resumed, compared, and where it stands. */
final class RunSession {
  private final RunFolder folder;
  private final RunFindings findings;
  private final CheckpointStore checkpoints;
  private final Recipe recipe;
  private final Preprocessing preprocessing;
  private final long startStep;
  private final ValidationHistory history;
  private final StorePatience patience;
  private final Optional<TensorBoardLog> tensorBoard;
  private TrainingState start;
  private volatile OptionalLong newest;

  private RunSession(
      RunFolder folder,
      Configuration configuration,
      RunStart from,
      Preprocessing preprocessing,
      boolean resumed) {
    this.folder = folder;
    this.recipe = from.recipe();
    this.findings = new RunFindings(folder, recipe, configuration);
    this.preprocessing = preprocessing;
    this.patience = patience(recipe);
    checkpoints = folder.checkpoints(recipe.checkpoint().keep());
    Optional<Checkpoint> last =
        resumed
            ? checkpoints.loadNewest(recipe.network().layout(), recipe.optimizer().slots())
            : Optional.empty();
    last.ifPresent(checkpoint -> requireOwn(checkpoint, folder.location()));
    newest = last.stream().mapToLong(checkpoint -> checkpoint.metadata().step()).findFirst();
    start =
        last.map(Checkpoint::state)
            .orElseGet(() -> LocalTrainer.initialState(recipe, from.weights()));
    startStep = start.step();
    history = new ValidationHistory(last.map(c -> c.metadata().validations()).orElse(List.of()));
    requireAverage("ema", start.ema(), recipe.ema());
    requireAverage("swa", start.swa(), recipe.swa());
    if (resumed) {
      folder.metrics().cutBack(start.step());
    }
    tensorBoard =
        recipe.checkpoint().tensorBoard()
            ? Optional.of(
                new TensorBoardLog(
                    folder.files(),
                    folder.owner(),
                    recipe.network().layout(),
                    state -> Filters.of(recipe.network(), state),
                    startStep))
            : Optional.empty();
  }

  private static StorePatience patience(Recipe recipe) {
    return new StorePatience(Duration.ofMinutes(recipe.checkpoint().retryMinutes()));
  }

  /** Which cannot be wrong unless a checkpoint of another run was put into this one. */
  private void requireOwn(Checkpoint checkpoint, String run) {
    CheckpointMetadata saved = checkpoint.metadata();
    Preprocessing before = checkpoint.preprocessing();
    if (before != null && !before.equals(preprocessing)) {
      throw ConvoyException.usage(
          "%s: its checkpoint of step %d is of images that were prepared by %s, the run prepares"
              + " them by %s; restore the run's own checkpoint, or start a new run with another"
              + " --out",
          run, saved.step(), before, preprocessing);
    }
    if (saved.seed() != recipe.seed() || saved.numericsVersion() != Numerics.VERSION) {
      throw ConvoyException.usage(
          "%s: its checkpoint of step %d is of seed %d and numerics version %d, the run is of seed %d"
              + " and numerics version %d; restore the run's own checkpoint, or start a new run"
              + " with another --out",
          run,
          saved.step(),
          saved.seed(),
          saved.numericsVersion(),
          recipe.seed(),
          Numerics.VERSION);
    }
  }

  /** As with {@link #requireOwn}. */
  private void requireAverage(String key, float[] saved, WeightAverage wanted) {
    if ((saved == null) != (wanted == null)) {
      throw ConvoyException.usage(
          "%s: its checkpoint of step %d has %s averaged weights of '%s', its recipe has %s '%s';"
              + " restore the run's own checkpoint, or start a new run with another --out",
          folder.location(),
          startStep,
          saved == null ? "no" : "some",
          key,
          wanted == null ? "no" : "an",
          key);
    }
  }

  /**
   * Makes sure that a new run's folder is free, before work is done for it; waits for its store.
   *
   * @throws ConvoyException as {@link RunFolder#requireFree}
   */
  static void requireFree(TrainingJob job, String application, Configuration configuration) {
    if (job.resume()) {
      return;
    }
    var unused =
        patience(job.recipe())
            .keepTrying(
                () -> {
                  boolean own = RunFolder.isDrivenBy(application, job.run(), configuration);
                  if (!own) {
                    RunFolder.requireFree(job.run(), configuration);
                  }
                  return own;
                });
  }

  /**
   * What images become in a run that the job goes on with, as its newest checkpoint says; empty
   * where there is none.
   *
   * @param application as for {@link #open}
   */
  static Optional<Preprocessing> preprocessing(
      TrainingJob job, String application, Configuration configuration) {
    String run = job.run();
    return patience(job.recipe())
        .keepTrying(
            () -> {
              boolean goesOn =
                  (job.resume() || RunFolder.isDrivenBy(application, run, configuration))
                      && !RunFolder.isUnfinished(run, configuration);
              return goesOn
                  ? RunFolder.openToResume(run, configuration)
                      .checkpoints(CheckpointStore.KEEP_LAST)
                      .newestPreprocessing()
                  : Optional.empty();
            });
  }

  /**
   * Creates or resumes the job's run, as soon as its store is there.
   *
   * @param start with the job's recipe, the standardisation in it
   * @param classes the names of the training set's classes, by label
   * @param severalLabels whether its images may have several labels
   * @param application Spark's id: a later attempt of the same application resumes by itself
   */
  static RunSession open(
      TrainingJob job,
      RunStart start,
      List<String> classes,
      boolean severalLabels,
      String fingerprint,
      String application,
      String sparkVersion,
      Configuration configuration) {
    DriverIdentity driver = DriverIdentity.here(application);
    Recipe recipe = start.recipe();
    RunDescription description =
        new RunDescription(
            ResumeChecks.json(recipe),
            recipe.seed(),
            fingerprint,
            versions(sparkVersion),
            start.report().orElse(null));
    Preprocessing preprocessing =
        Preprocessing.of(recipe, classes).withSeveralLabels(severalLabels);
    return patience(recipe)
        .keepTrying(() -> open(job, start, preprocessing, description, driver, configuration));
  }

  /** May be done again: a claim of an earlier try is that of the same application. */
  private static RunSession open(
      TrainingJob job,
      RunStart start,
      Preprocessing preprocessing,
      RunDescription description,
      DriverIdentity driver,
      Configuration configuration) {
    String run = job.run();
    boolean again = RunFolder.isDrivenBy(driver.applicationId(), run, configuration);
    if (!job.resume() && !again) {
      return new RunSession(
          RunFolder.create(run, configuration, description, driver),
          configuration,
          start,
          preprocessing,
          false);
    }
    if (RunFolder.isUnfinished(run, configuration)) {
      return new RunSession(
          RunFolder.finish(run, configuration, description, driver),
          configuration,
          start,
          preprocessing,
          false);
    }
    RunFolder before = RunFolder.openToResume(run, configuration);
    ResumeChecks.requireSame(
        before.description(), start.recipe(), description.dataFingerprint(), run);
    return new RunSession(
        RunFolder.resume(run, configuration, driver), configuration, start, preprocessing, true);
  }

  private static Versions versions(String spark) {
    String machine =
        "%s %s, %s processors"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors());
    String java = System.getProperty("java.vm.name") + " " + System.getProperty("java.version");
    return new Versions(
        Release.OWN.code(), Numerics.VERSION, java, spark, ImageDecoder.decoders(), machine);
  }

  Recipe recipe() {
    return recipe;
  }

  /** The step that training starts from: that of the newest whole checkpoint, or 0. */
  long startStep() {
    return startStep;
  }

  /** The state at {@link #startStep}; given away once, so that it does not outlive its segment. */
  TrainingState takeStart() {
    TrainingState taken = start;
    start = null;
    return taken;
  }

  /** The validations up to there. */
  ValidationHistory history() {
    return history;
  }

  RunFolder folder() {
    return folder;
  }

  /** What TensorBoard is to show, unless the recipe goes without it. */
  Optional<TensorBoardLog> tensorBoard() {
    return tensorBoard;
  }

  /** Numbers of submissions of this driver start here, apart from those of earlier drivers. */
  int firstAttempt() {
    return Math.toIntExact(Math.min(folder.owner().generation(), 1 << 14)) << 16;
  }

  /** Saves a state, after the metrics up to it. */
  void save(Checkpoint checkpoint) {
    folder.metrics().flush();
    tensorBoard.ifPresent(log -> log.write(checkpoint.state()));
    checkpoints.save(recipe.network().layout(), checkpoint);
    newest = OptionalLong.of(checkpoint.metadata().step());
    findings.writeReportInPassing();
  }

  /** Has metrics written beside the training. */
  MetricsFlusher metricsFlusher() {
    return new MetricsFlusher(folder.metrics());
  }

  /** Has states saved beside the training. */
  AsyncCheckpointer checkpointer() {
    return new AsyncCheckpointer(this::save, patience);
  }

  /** Has TensorBoard show what was found behind the last step. */
  void writeTensorBoard(long step) {
    tensorBoard.ifPresent(
        log ->
            patience.keepTrying(
                () -> {
                  log.write(step);
                  return step;
                }));
  }

  /** Writes {@code result.json}, as soon as the store is there. */
  TrainingOutcome writeResult(TrainingOutcome outcome) {
    return patience.keepTrying(
        () -> {
          folder.writeResult(outcome);
          return outcome;
        });
  }

  /** What is written beside the training, for people. */
  RunFindings findings() {
    return findings;
  }

  /**
   * A training that diverged, with what is left of it. It is no use to resume that: the weights are
   * a function of the recipe, so that the same would happen again.
   */
  ConvoyException diverged(ConvoyException error) {
    String left =
        newest.isPresent()
            ? "the checkpoint of step %s is kept, but to go on from it would end alike"
                .formatted(newest.getAsLong())
            : "no checkpoint was saved before";
    return new ConvoyException(
        ConvoyException.Kind.DIVERGED, error.getMessage() + "; " + left, error);
  }

  /** A state with what goes beside it. */
  Checkpoint checkpoint(TrainingState state, BatchPlan plan, ValidationHistory validations) {
    List<String> slots = recipe.optimizer().slots();
    CheckpointOptions options = recipe.checkpoint();
    Long best =
        options.keepBest()
            ? validations.best(options.best()).map(ValidationResult::step).orElse(null)
            : null;
    CheckpointMetadata metadata =
        new CheckpointMetadata(
            state.step(),
            state.step() / plan.stepsPerEpoch(),
            state.step() % plan.stepsPerEpoch(),
            slots,
            recipe.seed(),
            Numerics.VERSION,
            Release.OWN.code(),
            validations.results(),
            best,
            CheckpointSteps.of(recipe, plan).snapshotsUpTo(state.step()));
    return new Checkpoint(recipe.network().toJson(), state, metadata, preprocessing);
  }
}
