package io.convoy.fault;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.data.SampleSource;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.SampleLoader;
import io.convoy.data.augment.TrainingPixels;
import io.convoy.error.ConvoyException;
import io.convoy.feed.BatchPlan;
import io.convoy.health.StepHealth;
import io.convoy.json.Json;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.recipe.Recipe;
import io.convoy.train.Evaluator;
import io.convoy.train.LocalTrainer;
import io.convoy.train.StepListener;
import io.convoy.train.StepReport;
import io.convoy.train.TrainingSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A real training in this process, its metrics as a run has them, and what detectors find: all at
 * its end, and those that need no images while it runs.
 */
final class SmallTraining implements StepListener {
  private static final int THREADS = 2;

  private final Recipe recipe;
  private final TrainingSplit split;
  private final SampleSource test;
  private final Evidence evidence;
  private final FaultWatch watch;

  /** Faults told while it ran, each with the step of that time. */
  private final List<String> told = new ArrayList<>();

  private long step;

  private SmallTraining(Recipe given, SampleSource source, SampleSource test) {
    this.test = test;
    split = TrainingSplit.of(given, source);
    recipe =
        given.standardization().complete()
            ? given
            : given.withStandardization(
                given
                    .standardization()
                    .measured(
                        TrainingPixels.of(split.training(), given.data().evaluation(), THREADS)));
    evidence = new Evidence(recipe);
    watch = new FaultWatch(recipe, finding -> told.add(finding.fault() + " @" + step));
  }

  /** Trains to the end, without a test set. */
  static SmallTraining of(Recipe recipe, SampleSource source) {
    return of(recipe, source, null, LocalTrainer.initialState(recipe).weights());
  }

  static SmallTraining of(Recipe recipe, SampleSource source, SampleSource test, float[] start) {
    SmallTraining training = new SmallTraining(recipe, source, test);
    training.run(start);
    return training;
  }

  private void run(float[] start) {
    Kernels kernels = KernelProvider.kernels();
    long perEpoch = BatchPlan.of(recipe, split.training().rowGroups()).stepsPerEpoch();
    float[] weights = start;
    try (LocalTrainer trainer =
        new LocalTrainer(
            recipe, split, kernels, THREADS, LocalTrainer.initialState(recipe, start))) {
      for (step = 1; step <= trainer.totalSteps(); step++) {
        trainer.train(step, this);
        if (step % perEpoch == 0) {
          weights = trainer.state().weights();
          if (split.validation() != null) {
            add(validation(weights));
          }
        }
      }
      weights = trainer.state().weights();
      result(weights);
    } catch (ConvoyException e) {
      if (e.kind() != ConvoyException.Kind.DIVERGED) {
        throw e;
      }
      add(Json.object().put("step", step - 1).put("diverged", e.getMessage()));
    }
    evidence.addData(DataFacts.of(split, test, THREADS, new Silent()));
    evidence.addDeadShares(deadShares(weights));
  }

  @Override
  public void onStep(StepReport report) {
    add((ObjectNode) Json.tree(report));
  }

  /** As the metrics have it. */
  @Override
  public void onHealth(StepHealth health) {
    ObjectNode line = Json.object().put("step", health.step());
    ArrayNode layers = line.putObject("health").putArray("layers");
    for (StepHealth.Layer layer : health.layers()) {
      ObjectNode row = layers.addObject().put("name", layer.name());
      if (layer.update() != null) {
        row.put("updateRatio", Math.min(Double.MAX_VALUE, layer.update().ratio()));
      }
      if (layer.deadShare() != null) {
        row.put("deadShare", layer.deadShare());
      }
    }
    add(line);
  }

  private void add(ObjectNode line) {
    evidence.add(line);
    watch.add(line);
  }

  private Map<String, Double> deadShares(float[] weights) {
    Recipe plain =
        recipe.toBuilder()
            .augmentation(Augmentation.NONE)
            .batchSize(Math.min(64, split.training().size()))
            .shards(1)
            .build();
    return new DeadShares(plain, split.training(), KernelProvider.kernels(), THREADS).of(weights);
  }

  private ObjectNode validation(float[] weights) {
    Evaluator.Result result = evaluated(split.validation(), weights);
    return Json.object()
        .put("step", step)
        .put("validationSamples", result.samples())
        .put("validationLoss", result.loss())
        .put("validationAccuracy", result.accuracy());
  }

  private void result(float[] weights) {
    ObjectNode result = Json.object();
    if (test != null) {
      Evaluator.Result tested = evaluated(test, weights);
      result.put("testAccuracy", tested.accuracy()).put("testLoss", tested.loss());
    }
    evidence.addResult(result);
    watch.end(result);
  }

  private Evaluator.Result evaluated(SampleSource source, float[] weights) {
    SampleLoader loader =
        new SampleLoader(
            source,
            recipe.network().inputShape(),
            recipe.data().resizing(),
            recipe.standardization(),
            Augmentation.NONE,
            recipe.seed());
    Kernels kernels = KernelProvider.kernels();
    try (WorkPool pool = new WorkPool(THREADS);
        Evaluator evaluator =
            new Evaluator(recipe.network(), recipe.conv(), weights, loader, kernels, pool)) {
      return evaluator.all();
    }
  }

  record Silent() implements DataFacts.Progress {
    @Override
    public void begins(String set, long images) {}

    @Override
    public void at(long done) {}
  }

  Evidence evidence() {
    return evidence;
  }

  /** What all detectors find at the end. */
  List<FaultFinding> findings() {
    return FaultDetectors.look(evidence);
  }

  /** The names of those. */
  List<String> faults() {
    return findings().stream().map(FaultFinding::fault).toList();
  }

  /** The finding of a detector. */
  FaultFinding finding(String fault) {
    return findings().stream()
        .filter(finding -> finding.fault().equals(fault))
        .findFirst()
        .orElseThrow(() -> new AssertionError("not found: " + fault + "; but " + findings()));
  }

  /** What was told while it ran: {@code rate too high @60}. */
  List<String> told() {
    return told;
  }
}
