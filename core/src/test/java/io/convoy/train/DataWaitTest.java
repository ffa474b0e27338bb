package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.IndexedSource;
import io.convoy.data.SampleSource;
import io.convoy.data.StreamedSource;
import io.convoy.feed.BatchPlan;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a step reports of its time, and of the part of it that it waited for samples. */
@Timeout(120)
class DataWaitTest {
  private static final Recipe RECIPE = Trainings.standard(Trainings.MOMENTUM);

  private static List<StepReport> train(SampleSource source) {
    List<StepReport> reports = new ArrayList<>();
    try (LocalTrainer trainer = new LocalTrainer(RECIPE, source, KernelProvider.kernels(), 1)) {
      trainer.train(trainer.totalSteps(), reports::add);
    }
    assertEquals(12, reports.size());
    return reports;
  }

  /** The reader has a sample when the one thread that computes waits for it, and no sooner. */
  @Test
  void eachStepOfASlowSourceHasWaited() {
    Thread computing = Thread.currentThread();
    IndexedSource images = (IndexedSource) Trainings.IMAGES;
    StreamedSource slow = new StreamedSource(images, images.rowGroups());
    slow.stall(
        () -> {
          Thread reading = Thread.currentThread();
          while (reading != computing
              && computing.getState() != Thread.State.WAITING
              && !reading.isInterrupted()) {
            Thread.onSpinWait();
          }
        });
    for (StepReport report : train(slow)) {
      assertTrue(report.dataWaitSeconds() > 0, report.toString());
      assertTrue(report.dataWaitSeconds() <= report.seconds(), report.toString());
    }
  }

  @Test
  void noStepWaitsForSamplesInMemory() {
    for (StepReport report : train(Trainings.IMAGES)) {
      assertEquals(0, report.dataWaitSeconds(), report.toString());
      assertTrue(report.seconds() > 0, report.toString());
      RankTimes alone = report.ranks().get(0);
      assertEquals(1, report.ranks().size());
      assertTrue(alone.compute() > 0 && alone.compute() < 1.001 * report.seconds(), "" + report);
    }
  }

  /** Each shard tells what its rank has done in the step. */
  @Test
  void theRankThatWaitedLongestCounts() {
    BatchPlan plan = BatchPlan.of(RECIPE, Trainings.IMAGES.rowGroups());
    ShardFigures layout = ShardFigures.of(RECIPE);
    double[] waited = {0.25, 0.5, 0.125};
    double[] figures = layout.room(plan.usedShards(0));
    assertEquals(waited.length, plan.usedShards(0));
    double[] computed = {2, 1.23456, 2};
    for (int shard = 0; shard < waited.length; shard++) {
      figures[layout.computed(shard)] = computed[shard];
      figures[layout.dataWait(shard)] = waited[shard];
      figures[layout.loss(shard)] = 1 + shard;
      figures[layout.weight(shard)] = 4 + 0.5 * shard;
    }
    StepReport report = StepReport.of(0, plan, 0.1f, figures, RECIPE, 3);
    assertEquals(0.5, report.dataWaitSeconds());
    assertEquals(6 / 13.5, report.loss());
    assertEquals(
        List.of(new RankTimes(2, 0.25), new RankTimes(1.235, 0.5), new RankTimes(2, 0.125)),
        report.ranks());
    // two ranks of three shards: the first has one, the other two; of four, one has none
    assertEquals(
        List.of(new RankTimes(2, 0.25), new RankTimes(1.235, 0.5)),
        StepReport.of(0, plan, 0.1f, figures, RECIPE, 2).ranks());
    assertEquals(
        new RankTimes(0, 0), StepReport.of(0, plan, 0.1f, figures, RECIPE, 4).ranks().get(0));
  }
}
