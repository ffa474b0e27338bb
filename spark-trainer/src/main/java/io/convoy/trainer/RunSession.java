package io.convoy.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.checkpoint.AsyncCheckpointer;
import io.convoy.checkpoint.Checkpoint;
import io.convoy.checkpoint.CheckpointMetadata;
import io.convoy.checkpoint.CheckpointStore;
import io.convoy.error.ConvoyException;
import io.convoy.feed.BatchPlan;
import io.convoy.json.Json;
import io.convoy.recipe.CheckpointOptions;
import io.convoy.recipe.Recipe;
import io.convoy.run.DriverIdentity;
import io.convoy.run.RunDescription;
import io.convoy.run.RunFolder;
import io.convoy.run.Versions;
import io.convoy.storage.StorePatience;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The run's folder as one training sees it: created or resumed, compared, and where it stands. */
final class RunSession {
  private static final Logger LOG = LoggerFactory.getLogger(RunSession.class);

  private final RunFolder folder;
  private final CheckpointStore checkpoints;
  private final Recipe recipe;
  private final long startStep;
  private final ValidationHistory history;
  private final StorePatience patience;
  private TrainingState start;
  private volatile OptionalLong newest;

  private RunSession(RunFolder folder, Recipe recipe, boolean resumed) {
    this.folder = folder;
    this.recipe = recipe;
    this.patience = patience(recipe);
    checkpoints = folder.checkpoints(recipe.checkpoint().keep());
    Optional<Checkpoint> last =
        resumed
            ? checkpoints.loadNewest(recipe.network().layout(), recipe.optimizer().slots())
            : Optional.empty();
    last.ifPresent(checkpoint -> requireOwn(checkpoint.metadata(), recipe, folder.location()));
    newest = last.stream().mapToLong(checkpoint -> checkpoint.metadata().step()).findFirst();
    start = last.map(Checkpoint::state).orElseGet(() -> LocalTrainer.initialState(recipe));
    startStep = start.step();
    history = new ValidationHistory(last.map(c -> c.metadata().validations()).orElse(List.of()));
    requireEma(start, recipe, folder.location());
    if (resumed) {
      folder.metrics().cutBack(start.step());
    }
  }

  private static StorePatience patience(Recipe recipe) {
    return new StorePatience(Duration.ofMinutes(recipe.checkpoint().retryMinutes()));
  }

  /** Which cannot be wrong unless a checkpoint of another run was put into this one. */
  private static void requireOwn(CheckpointMetadata saved, Recipe recipe, String run) {
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
  private static void requireEma(TrainingState start, Recipe recipe, String run) {
    if ((start.ema() == null) != (recipe.ema() == null)) {
      throw ConvoyException.usage(
          "%s: its checkpoint of step %d has %s averaged weights, its recipe has %s 'ema'; restore"
              + " the run's own checkpoint, or start a new run with another --out",
          run,
          start.step(),
          start.ema() == null ? "no" : "some",
          recipe.ema() == null ? "no" : "an");
    }
  }

  /**
   * Creates or resumes the job's run, as soon as its store is there.
   *
   * @param recipe the job's, with the standardisation in it
   * @param application Spark's id: a later attempt of the same application resumes by itself
   */
  static RunSession open(
      TrainingJob job,
      Recipe recipe,
      String fingerprint,
      String application,
      String sparkVersion,
      Configuration configuration) {
    DriverIdentity driver = DriverIdentity.here(application);
    RunDescription description =
        new RunDescription(json(recipe), recipe.seed(), fingerprint, versions(sparkVersion));
    return patience(recipe).keepTrying(() -> open(job, recipe, description, driver, configuration));
  }

  /** May be done again: a claim of an earlier try is that of the same application. */
  private static RunSession open(
      TrainingJob job,
      Recipe recipe,
      RunDescription description,
      DriverIdentity driver,
      Configuration configuration) {
    String run = job.run();
    boolean again = RunFolder.isDrivenBy(driver.applicationId(), run, configuration);
    if (!job.resume() && !again) {
      return new RunSession(
          RunFolder.create(run, configuration, description, driver), recipe, false);
    }
    if (RunFolder.isUnfinished(run, configuration)) {
      return new RunSession(
          RunFolder.finish(run, configuration, description, driver), recipe, false);
    }
    RunFolder before = RunFolder.openToResume(run, configuration);
    requireSame(before.description(), recipe, description.dataFingerprint(), run);
    return new RunSession(RunFolder.resume(run, configuration, driver), recipe, true);
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
        Release.OWN.code(), Numerics.VERSION, java, spark, "java.desktop " + java, machine);
  }

  private static void requireSame(
      RunDescription before, Recipe recipe, String fingerprint, String run) {
    Versions versions = before.versions();
    if (versions.numerics() != Numerics.VERSION) {
      throw ConvoyException.usage(
          "%s was started with numerics version %d, this Convoy has %d: its weights would not go on"
              + " alike; resume with Convoy %s, or start a new run",
          run, versions.numerics(), Numerics.VERSION, versions.code());
    }
    if (!versions.code().equals(Release.OWN.code())) {
      LOG.warn(
          "{} was started with Convoy {}, this is {}; the numerics version is the same",
          run,
          versions.code(),
          Release.OWN.code());
    }
    if (!before.dataFingerprint().equals(fingerprint)) {
      throw ConvoyException.data(
          "%s was trained on other data: their SHA-256 was %s, now it is %s; give it the data it"
              + " was started with",
          run, before.dataFingerprint(), fingerprint);
    }
    ResumeRules.requireSame(
        withDefaults(before.recipe(), run), json(recipe), recipe.schedule(), run);
  }

  /** A run's recipe as this Convoy writes it: with keys that came later, at their defaults. */
  private static JsonNode withDefaults(JsonNode before, String run) {
    return json(Json.value(before, Recipe.class, run + "/run.json: recipe"));
  }

  /** As it is read back from a file: there, a number has no Java type. */
  private static JsonNode json(Recipe recipe) {
    return Json.read(Json.bytes(recipe), JsonNode.class, "the recipe");
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

  /** Numbers of submissions of this driver start here, apart from those of earlier drivers. */
  int firstAttempt() {
    return Math.toIntExact(Math.min(folder.owner().generation(), 1 << 14)) << 16;
  }

  /** Saves a state, after the metrics up to it. */
  void save(Checkpoint checkpoint) {
    folder.metrics().flush();
    checkpoints.save(recipe.network().layout(), checkpoint);
    newest = OptionalLong.of(checkpoint.metadata().step());
  }

  /** Has states saved beside the training. */
  AsyncCheckpointer checkpointer() {
    return new AsyncCheckpointer(this::save, patience);
  }

  /** Writes {@code result.json}, as soon as the store is there. */
  TrainingOutcome writeResult(TrainingOutcome outcome) {
    return patience.keepTrying(
        () -> {
          folder.writeResult(outcome);
          return outcome;
        });
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
            best);
    return new Checkpoint(recipe.network().toJson(), state, metadata);
  }
}
