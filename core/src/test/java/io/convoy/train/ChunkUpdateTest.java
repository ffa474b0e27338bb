package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.feed.BatchPlan;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.network.Network;
import io.convoy.network.StateLayout;
import io.convoy.recipe.ClipOptions;
import io.convoy.recipe.EmaOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.SwaOptions;
import io.convoy.shard.ShardTree;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The update of own chunks on the threads of a pool. */
@Timeout(120)
class ChunkUpdateTest {
  /** So wide that its update is worth waking threads for; with moments among the chunks. */
  private static final Network WIDE =
      Network.input(9, 7, 3)
          .then("conv", Conv2d.of(10, 3))
          .then("norm", BatchNorm2d.standard())
          .then(new Flatten())
          .then("hidden", Linear.of(150))
          .then("logits", Linear.of(5))
          .build();

  private static final StateLayout LAYOUT = WIDE.layout();
  private static final Recipe PLAIN = Trainings.recipe(WIDE, Trainings.ADAM, 3, 1);
  private static final Recipe CLIPPED =
      PLAIN.toBuilder().clip(new ClipOptions(0.25f, 5f)).ema(new EmaOptions(0.9, true)).build();

  /** The sums of all chunks, of one sub-tree over all shards. */
  private static List<ChunkSums> sums() {
    float[] gradients = new float[LAYOUT.length()];
    for (int i = 0; i < gradients.length; i++) {
      gradients[i] = (i * 37 % 101) / 64f;
    }
    ShardTree.Node[] root = {ShardTree.root(BatchPlan.of(PLAIN, 40).usedShards(0))};
    List<ChunkSums> sums = new ArrayList<>();
    for (int c = 0; c < LAYOUT.chunks().size(); c++) {
      int[] offsets = {LAYOUT.chunks().get(c).from()};
      sums.add(new ChunkSums(c, root, new float[][] {gradients}, offsets));
    }
    return sums;
  }

  /** Hands out a sum to the threads that share them out only when two of them have come for one. */
  private static final class ForTwo extends AbstractList<ChunkSums> implements RandomAccess {
    private final List<ChunkSums> sums;
    private final Set<Thread> came = ConcurrentHashMap.newKeySet();
    private final CountDownLatch two = new CountDownLatch(2);
    private volatile boolean open;

    ForTwo(List<ChunkSums> sums) {
      this.sums = sums;
    }

    @Override
    public ChunkSums get(int index) {
      if (open && came.add(Thread.currentThread())) {
        two.countDown();
        try {
          assertTrue(two.await(60, TimeUnit.SECONDS), "one thread does it all: " + came);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      open |= index == size() - 1; // the caller has looked through them
      return sums.get(index);
    }

    @Override
    public int size() {
      return sums.size();
    }
  }

  private static ChunkUpdate update(Recipe recipe, TrainingState state) {
    OwnedChunks all = OwnedChunks.all(LAYOUT);
    List<float[]> arrays = state.arrays();
    BatchPlan plan = BatchPlan.of(recipe, 40);
    ChunkUpdate update =
        new ChunkUpdate(
            recipe, plan, all, arrays.subList(1, arrays.size()), KernelProvider.kernels());
    ShardFigures layout = ShardFigures.of(recipe);
    double[] figures = layout.room(plan.usedShards(0));
    figures[layout.weight(0)] = 1;
    update.begin(0, 1, figures);
    return update;
  }

  @Test
  void threadsShareOutTheUpdate() {
    TrainingState state = LocalTrainer.initialState(PLAIN);
    ForTwo sums = new ForTwo(sums());
    try (WorkPool pool = new WorkPool(2)) {
      update(PLAIN, state).finish(sums, state.weights(), pool);
    }
    assertEquals(2, sums.came.size());
  }

  @Test
  void threadsShareOutARound() {
    TrainingState state = LocalTrainer.initialState(CLIPPED);
    ForTwo sums = new ForTwo(sums());
    try (WorkPool pool = new WorkPool(2)) {
      update(CLIPPED, state)
          .measure(sums, state.weights(), new double[LAYOUT.chunks().size()], pool);
    }
    assertEquals(2, sums.came.size());
  }

  /** All at once on three threads or one by one on one: the same bits, in one phase and in two. */
  @Test
  void howManyAtATimeAndOnHowManyThreadsIsNoMatter() {
    Recipe averaged = CLIPPED.toBuilder().ema(null).swa(new SwaOptions(0, 1, null)).build();
    for (Recipe recipe : List.of(PLAIN, CLIPPED, averaged)) {
      TrainingState together = LocalTrainer.initialState(recipe);
      TrainingState apart = LocalTrainer.initialState(recipe);
      try (WorkPool three = new WorkPool(3);
          WorkPool one = new WorkPool(1)) {
        double[] norms = new double[2];
        norms[0] = step(recipe, together, List.of(sums()), three);
        norms[1] = step(recipe, apart, sums().stream().map(List::of).toList(), one);
        assertEquals(norms[0], norms[1]);
      }
      assertEquals(apart.arraysSha256(), together.arraysSha256());
      assertTrue(!Arrays.equals(LocalTrainer.initialState(recipe).weights(), apart.weights()));
    }
  }

  /** Returns the norm, 0 where there is none. */
  private static double step(
      Recipe recipe, TrainingState state, List<List<ChunkSums>> portions, WorkPool pool) {
    ChunkUpdate update = update(recipe, state);
    if (update.figuresPerChunk() == 0) {
      portions.forEach(sums -> update.finish(sums, state.weights(), pool));
      return 0;
    }
    for (int round = 0; round < update.rounds(); round++) {
      double[] figures = new double[LAYOUT.chunks().size() * update.figuresPerChunk()];
      for (List<ChunkSums> sums : portions) {
        if (round == 0) {
          update.measure(sums, state.weights(), figures, pool);
        } else {
          update.measureAgain(chunks(sums), state.weights(), figures, pool);
        }
      }
      update.combine(figures, pool);
    }
    portions.forEach(sums -> update.apply(chunks(sums), state.weights(), pool));
    Double norm = update.report(1).gradientNorm();
    return norm == null ? 0 : norm;
  }

  private static int[] chunks(List<ChunkSums> sums) {
    return sums.stream().mapToInt(ChunkSums::chunk).toArray();
  }
}
