package io.convoy.trials;

import io.convoy.checkpoint.Checkpoint;
import io.convoy.checkpoint.CheckpointMetadata;
import io.convoy.checkpoint.CheckpointStore;
import io.convoy.checkpoint.CommitRight;
import io.convoy.data.SampleSource;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.memory.ExecutorMemory;
import io.convoy.memory.MemorySize;
import io.convoy.recipe.Recipe;
import io.convoy.search.PartResult;
import io.convoy.search.TrialState;
import io.convoy.search.TrialTraining;
import io.convoy.storage.HadoopFiles;
import io.convoy.train.LocalTrainer;
import io.convoy.train.Numerics;
import io.convoy.train.TrainingSplit;
import io.convoy.train.ValidationHistory;
import io.convoy.train.ValidationResult;
import io.convoy.trainer.RunStart;
import io.convoy.worker.Assignment;
import io.convoy.worker.KnownStatistics;
import io.convoy.worker.Release;
import io.convoy.worker.TextTasks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a part of a trial for a rung, on an executor. What is the trial's own fault is its result;
 * what is the store's or the cluster's is thrown, and Spark tries again.
 */
final class TrialTask implements TextTasks.Body {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(TrialTask.class);

  private final Assignment images;
  private final HadoopFiles files;
  private final String out;
  private final int folds;
  private final int threads;
  private final long imageBytes;
  private final HashMap<String, KnownStatistics> statistics;

  /**
   * @param images the training set; the recipe in it does not count
   * @param out the search's folder
   * @param folds 0 to hold images back
   * @param threads kernel threads
   * @param imageBytes that all of an executor's tasks have in common
   * @param statistics of whole images, by their names
   */
  TrialTask(
      Assignment images,
      HadoopFiles files,
      String out,
      int folds,
      int threads,
      long imageBytes,
      Map<String, KnownStatistics> statistics) {
    this.images = images;
    this.files = files;
    this.out = out;
    this.folds = folds;
    this.threads = threads;
    this.imageBytes = imageBytes;
    this.statistics = new HashMap<>(statistics);
  }

  @Override
  public byte[] run(String text) {
    TrialPart part =
        Json.read(text.getBytes(StandardCharsets.UTF_8), TrialPart.class, "a part of a trial");
    return Json.bytes(result(part));
  }

  private PartResult result(TrialPart part) {
    SearchFolder folder = SearchFolder.at(out, files.configuration());
    long start = System.nanoTime();
    try {
      ValidationResult last = train(part, folder);
      PartResult result =
          new PartResult(
              part.trial(),
              part.part(),
              part.epochs(),
              last.loss(),
              last.accuracy(),
              seconds(start),
              null);
      folder.write(result);
      return result;
    } catch (ConvoyException e) {
      requireUninterrupted(e);
      if (e.kind() == ConvoyException.Kind.RESOURCE && !(e instanceof TooLargeException)) {
        throw e;
      }
      PartResult failed = failed(part, start, e.getMessage());
      if (e.kind() == ConvoyException.Kind.DIVERGED) {
        folder.write(failed); // it would again
      }
      return failed;
    } catch (OutOfMemoryError e) {
      LOG.warn("trial {} ran out of memory", part.trial(), e);
      return failed(part, start, "it ran out of memory");
    } catch (RuntimeException e) {
      requireUninterrupted(e);
      LOG.warn("trial {} failed", part.trial(), e);
      return failed(part, start, "a defect: " + e);
    }
  }

  /** What a cancelled task runs into is no fault of the trial. */
  private static void requireUninterrupted(RuntimeException error) {
    if (Thread.currentThread().isInterrupted() || TaskContext.get().isInterrupted()) {
      throw error;
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static PartResult failed(TrialPart part, long start, String why) {
    return new PartResult(
        part.trial(), part.part(), part.epochs(), null, null, seconds(start), why);
  }

  /** A trial that no heap of this size has room for. */
  private static final class TooLargeException extends ConvoyException {
    private static final long serialVersionUID = 1L;

    TooLargeException(long bytes, long room) {
      super(
          Kind.RESOURCE,
          "it takes %s of memory, and the heap has room for %s"
              .formatted(MemorySize.ofAtLeast(bytes), MemorySize.ofAtLeast(Math.max(0, room))));
    }
  }

  private ValidationResult train(TrialPart part, SearchFolder folder) {
    Recipe recipe = statistics.get(part.statistics()).in(part.recipe());
    long bytes = ExecutorMemory.training(recipe, KernelProvider.kernels(), threads, 1, 0).live();
    long room = ExecutorMemory.room(Runtime.getRuntime().maxMemory(), imageBytes);
    if (bytes > room) {
      throw new TooLargeException(bytes, room);
    }
    try (HeapRoom taken = HeapRoom.take(bytes, room)) {
      CheckpointStore states = folder.states(part.trial(), part.part(), new Attempt());
      TrialTraining training =
          new TrialTraining(recipe, split(recipe, part.part()), KernelProvider.kernels(), threads);
      return training
          .run(
              state(recipe, states),
              part.epochs(),
              state -> save(recipe, training.stepsPerEpoch(), states, state))
          .last();
    }
  }

  private TrainingSplit split(Recipe recipe, int fold) {
    return split(recipe, images.open(), fold, folds);
  }

  /** What a part of a trial is trained on, and what it is validated on. */
  static TrainingSplit split(Recipe recipe, SampleSource source, int fold, int folds) {
    return folds == 0
        ? TrainingSplit.of(recipe, source)
        : TrainingSplit.fold(source, fold, folds, recipe.validation().seedOr(recipe.seed()));
  }

  private TrialState state(Recipe recipe, CheckpointStore states) {
    return saved(recipe, states)
        .map(
            saved ->
                new TrialState(
                    saved.state(), new ValidationHistory(saved.metadata().validations()), null))
        .orElseGet(
            () ->
                TrialState.start(
                    LocalTrainer.initialState(recipe, RunStart.of(recipe, files).weights())));
  }

  /** Empty where nothing was saved, or nothing of it is whole: then all is computed again. */
  private static Optional<Checkpoint> saved(Recipe recipe, CheckpointStore states) {
    try {
      return states.loadNewest(recipe.network().layout(), recipe.optimizer().slots());
    } catch (ConvoyException e) {
      if (e.kind() != ConvoyException.Kind.DATA) {
        throw e;
      }
      LOG.warn("a trial begins anew: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static void save(
      Recipe recipe, long stepsPerEpoch, CheckpointStore states, TrialState at) {
    long step = at.state().step();
    CheckpointMetadata metadata =
        new CheckpointMetadata(
            step,
            step / stepsPerEpoch,
            step % stepsPerEpoch,
            recipe.optimizer().slots(),
            recipe.seed(),
            Numerics.VERSION,
            Release.OWN.code(),
            at.validations().results(),
            null,
            List.of());
    states.save(
        recipe.network().layout(), new Checkpoint(recipe.network().toJson(), at.state(), metadata));
  }

  /** A later attempt at a task removes what an earlier one has not finished. */
  private static final class Attempt implements CommitRight {
    private final TaskContext task = TaskContext.get();

    @Override
    public long generation() {
      return task.taskAttemptId() + 1;
    }

    @Override
    public void check() {
      if (task.isInterrupted()) {
        throw ConvoyException.resource("the task was cancelled");
      }
    }

    @Override
    public void checkAfter(IOException error) {
      check();
    }
  }
}
