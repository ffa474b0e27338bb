package io.convoy.launcher.lint;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.checkpoint.Checkpoint;
import io.convoy.checkpoint.CheckpointStore;
import io.convoy.data.SampleSource;
import io.convoy.data.SampleSubset;
import io.convoy.data.augment.Augmentation;
import io.convoy.fault.DataFacts;
import io.convoy.fault.DeadShares;
import io.convoy.fault.Evidence;
import io.convoy.fault.FaultDetectors;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.launcher.progress.Quantity;
import io.convoy.launcher.progress.TransferProgress;
import io.convoy.recipe.Recipe;
import io.convoy.run.MetricsReader;
import io.convoy.run.RunFolder;
import io.convoy.train.TrainingSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a run's folder, and its images, say of it. */
public final class RunEvidence {
  /** Images that rectifiers are looked at with, where there are as many. */
  private static final int IMAGES = 256;

  private final RunFolder run;
  private final Recipe recipe;
  private final Optional<Checkpoint> newest;
  private final Evidence evidence;
  private final List<String> notes = new ArrayList<>();

  /**
   * Reads what the folder says.
   *
   * @param given the run's recipe
   * @throws io.convoy.error.ConvoyException of kind RESOURCE when it cannot be reached
   */
  public RunEvidence(RunFolder run, Recipe given) {
    this.run = run;
    newest = run.checkpoints(CheckpointStore.KEEP_LAST).loadNewestModel();
    recipe = newest.map(Checkpoint::preprocessing).map(p -> p.appliedTo(given)).orElse(given);
    evidence = new Evidence(recipe);
    MetricsReader metrics = run.metricsReader();
    metrics.read(evidence::add);
    if (metrics.broken() > 0) {
      notes.add("%s lines of the metrics cannot be read".formatted(metrics.broken()));
    }
    run.readResult(JsonNode.class).ifPresent(evidence::addResult);
  }

  /** The recipe, with what the newest checkpoint knows of its standardization. */
  public Recipe recipe() {
    return recipe;
  }

  /** Adds that something is not looked at, in words. */
  public void note(String words) {
    notes.add(words);
  }

  /**
   * Looks at the images, each of which is decoded once.
   *
   * @param threads that read and compute, at least 1
   * @throws io.convoy.error.ConvoyException when an image cannot be read
   */
  public void addImages(RunImages images, int threads, TransferProgress progress) {
    notes.addAll(images.notes());
    TrainingSplit split = TrainingSplit.of(recipe, images.training());
    DataFacts facts = DataFacts.of(split, images.test(), threads, new Reading(progress));
    notes.addAll(facts.few());
    evidence.addData(facts);
    newest.ifPresent(
        checkpoint ->
            evidence.addDeadShares(
                new DeadShares(
                        plain(split.training()),
                        some(split.training()),
                        KernelProvider.kernels(),
                        threads)
                    .of(checkpoint.state().inferenceWeights())));
  }

  private record Reading(TransferProgress progress) implements DataFacts.Progress {
    @Override
    public void begins(String set, long images) {
      progress.close();
      progress.start(set, 0, images, Quantity.IMAGES);
    }

    @Override
    public void at(long done) {
      progress.at(done);
    }
  }

  private Recipe plain(SampleSource training) {
    return recipe.toBuilder()
        .augmentation(Augmentation.NONE)
        .batchSize(Math.min(IMAGES, training.size()))
        .shards(1)
        .build();
  }

  private static SampleSource some(SampleSource training) {
    int size = training.size();
    return size <= IMAGES
        ? training
        : new SampleSubset(
            training,
            IntStream.range(0, IMAGES).map(i -> (int) ((long) i * size / IMAGES)).toArray());
  }

  /** What points to faults, in the order of detectors. */
  public LintReport report() {
    return new LintReport(
        run.location(),
        evidence.steps(),
        evidence.validations(),
        FaultDetectors.look(evidence),
        FaultDetectors.blind(evidence),
        List.copyOf(notes));
  }
}
