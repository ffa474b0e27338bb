package io.convoy.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.data.LocalFiles;
import io.convoy.data.augment.Standardization;
import io.convoy.data.reader.Folders;
import io.convoy.error.ConvoyException;
import io.convoy.layer.Conv2d;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.Linear;
import io.convoy.network.Network;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.RecipeBuilder;
import io.convoy.schedule.Constant;
import io.convoy.train.LocalTrainer;
import io.convoy.train.OwnedChunks;
import io.convoy.train.TrainingState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A task that fails leaves no kernel threads in its executor. */
class FailedWorkerTest {
  private static final PatternImages IMAGES = new PatternImages(61);
  private static final int THREADS = 3;

  private static Recipe recipe(int channels) {
    return new RecipeBuilder()
        .network(
            Network.input(9, 9, 1)
                .then("conv", Conv2d.of(channels, 1))
                .then(new GlobalAvgPool())
                .then("logits", Linear.of(3))
                .build())
        .data(new DataOptions(new Folders(), null, null))
        .standardization(Standardization.of(IMAGES.open(new LocalFiles())))
        .batchSize(16)
        .shards(1)
        .epochs(1)
        .schedule(new Constant(0.1, 0))
        .optimizer(new Sgd(0f, false, 0f, false))
        .build();
  }

  /** Whose activations no array holds: that is found when the threads run. */
  private static final Recipe HUGE = recipe(1 << 22);

  private static Assignment assignment(Recipe recipe) {
    return new Assignment(
        "failing",
        Assignment.write(recipe),
        KnownStatistics.none(),
        IMAGES,
        "",
        "patterns",
        KnownDigests.none(),
        new LocalFiles(),
        THREADS);
  }

  @Test
  void aReplicaThatCannotBeMadeLeavesNone() {
    TrainingState state = LocalTrainer.initialState(HUGE);
    OwnedChunks all = OwnedChunks.all(HUGE.network().layout());
    KernelThreads threads = new KernelThreads();
    ConvoyException error =
        assertThrows(
            ConvoyException.class,
            () ->
                new Replica(assignment(HUGE), HUGE, all, 1, 0, state.weights(), state.slots())
                    .close());
    assertEquals(ConvoyException.Kind.RESOURCE, error.kind(), error.getMessage());
    threads.assertNoneLeft();
  }

  @Test
  void aShardTaskThatCannotBeginLeavesNone() {
    KernelThreads threads = new KernelThreads();
    ShardTask task = new ShardTask(assignment(HUGE), 0, 1, 0, List.of());
    ConvoyException error = assertThrows(ConvoyException.class, () -> task.run(0));
    assertEquals(ConvoyException.Kind.RESOURCE, error.kind(), error.getMessage());
    threads.assertNoneLeft();
  }

  /** It has its buffers; what the driver sends holds no weights. */
  @Test
  void aShardTaskThatFailsInItsStepLeavesNone() {
    KernelThreads threads = new KernelThreads();
    ShardTask task = new ShardTask(assignment(recipe(4)), 0, 1, 0, List.of());
    assertThrows(IndexOutOfBoundsException.class, () -> task.run(0));
    threads.assertNoneLeft();
  }
}
