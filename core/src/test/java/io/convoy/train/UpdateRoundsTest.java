package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.feed.BatchPlan;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.network.Network;
import io.convoy.network.StateLayout;
import io.convoy.optimizer.Adam;
import io.convoy.optimizer.Lamb;
import io.convoy.optimizer.Lars;
import io.convoy.optimizer.Lion;
import io.convoy.optimizer.Muon;
import io.convoy.optimizer.Muon.AdjustRate;
import io.convoy.optimizer.Optimizer;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.ClipOptions;
import io.convoy.recipe.EmaOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.RecipeBuilder;
import io.convoy.recipe.RegularizationOptions;
import io.convoy.reference.Numbers;
import io.convoy.schedule.Constant;
import io.convoy.shard.ChunkOwners;
import io.convoy.shard.ShardTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Updates that go by norms, of one owner or many, against the formulas of whole parameters. */
@Timeout(120)
class UpdateRoundsTest {
  /**
   * Filters within a chunk (conv), filters of which some cross chunks ("hidden": 7 weights each, a
   * chunk has 1170.3), filters of more than two chunks, whose ends are those of no chunk ("long":
   * 17,850).
   */
  private static final Network NETWORK =
      Network.input(19, 23, 3)
          .then("conv", Conv2d.of(50, 3))
          .then("norm", BatchNorm2d.standard())
          .then(new Flatten())
          .then("long", Linear.of(7))
          .then("hidden", Linear.of(1301))
          .then("logits", Linear.of(5))
          .build();

  private static final StateLayout LAYOUT = NETWORK.layout();
  private static final int STEPS = 4;
  private static final float RATE = 0.05f;

  private static Recipe recipe(Optimizer optimizer, UnaryOperator<RecipeBuilder> rest) {
    Recipe bare = Trainings.recipe(NETWORK, optimizer, new Constant(RATE, 0), 13, 3, 1);
    return rest.apply(bare.toBuilder()).build();
  }

  private static RegularizationOptions maxNorm(float l1, float l2, float decoupled, boolean all) {
    return new RegularizationOptions(l1, l2, decoupled, 1.1f, all);
  }

  static List<Recipe> recipes() {
    Lars lars = new Lars(0.9f, true, 0.02f, 1e-8f, 0.01f, false, false);
    Lamb lamb = new Lamb(0.9f, 0.99f, 1e-6f, null, 0.1f, false, false);
    ClipOptions clip = new ClipOptions(null, 40f);
    return List.of(
        recipe(lars, r -> r),
        recipe(new Lars(0.5f, false, 0.05f, 1e-3f, 0.01f, true, true), r -> r.clip(clip)),
        recipe(lamb, r -> r),
        recipe(new Lamb(0.9f, 0.99f, 1e-6f, 3f, 0.1f, true, true), r -> r.clip(clip)),
        recipe(lars, r -> r.regularization(maxNorm(0.01f, 0, 0, false))),
        recipe(lamb, r -> r.clip(clip).regularization(maxNorm(0, 0, 0, false))),
        recipe(
            new Sgd(0.9f, false, 0, false), r -> r.regularization(maxNorm(0.02f, 0.05f, 0, false))),
        recipe(
            new Adam(0.9f, 0.99f, 1e-6f, 0, false),
            r -> r.clip(clip).regularization(maxNorm(0, 0, 0.3f, true))),
        recipe(new Muon(0.9f, true, 5, AdjustRate.ORIGINAL, 0.5f, 0.1f, false), r -> r),
        recipe(
            new Muon(0.5f, false, 3, AdjustRate.MATCH_RMS_ADAM_W, 1f, 0, false),
            r -> r.clip(clip).regularization(maxNorm(0.01f, 0, 0, false))),
        recipe(
            new Sgd(0.9f, true, 0.01f, true),
            r -> r.regularization(new RegularizationOptions(0.02f, 0, 0, null, true))));
  }

  /** The sum over all shards; of batch norms, moments. */
  private static float[] gradients(int step) {
    float[] gradients = Numbers.array(50 + step, LAYOUT.length());
    for (StateLayout.Entry entry : LAYOUT.trained()) {
      float size = 1 + entry.name().length() % 5; // so that no two norms are alike
      for (int i = entry.offset(); i < entry.offset() + entry.length(); i++) {
        gradients[i] *= size;
      }
    }
    for (StateLayout.Chunk chunk : LAYOUT.chunks()) {
      if (chunk.kind() == StateLayout.Kind.MOMENTS) {
        Arrays.fill(gradients, chunk.from(), chunk.to(), 2f);
      }
    }
    return gradients;
  }

  /** N owners of one state, which tell each other their figures. */
  private static final class Owners {
    private final Recipe recipe;
    private final BatchPlan plan;
    private final TrainingState state;
    private final List<ChunkUpdate> updates = new ArrayList<>();
    private final List<List<float[]>> kept = new ArrayList<>();

    Owners(Recipe recipe, int owners) {
      this.recipe = recipe;
      plan = BatchPlan.of(recipe, 40);
      state = LocalTrainer.initialState(recipe);
      List<float[]> arrays = state.arrays();
      for (int owner = 0; owner < owners; owner++) {
        OwnedChunks owned = OwnedChunks.of(recipe, owner, owners);
        kept.add(arrays.subList(1, arrays.size()).stream().map(owned::gather).toList());
        updates.add(
            new ChunkUpdate(recipe, plan, owned, kept.get(owner), KernelProvider.kernels()));
      }
    }

    /** Each image weighs 1; the first shard tells of all. */
    double[] figures(int step) {
      ShardFigures layout = ShardFigures.of(recipe);
      double[] figures = layout.room(plan.usedShards(step));
      figures[layout.weight(0)] = plan.batchSamples(step);
      return figures;
    }

    void step(int step, WorkPool pool) {
      float[] gradients = gradients(step);
      for (ChunkUpdate update : updates) {
        update.begin(step, 1, figures(step));
      }
      ChunkUpdate any = updates.get(0);
      for (int round = 0; round < any.rounds(); round++) {
        double[] figures = new double[LAYOUT.chunks().size() * any.figuresPerChunk()];
        for (int owner = 0; owner < updates.size(); owner++) {
          if (round == 0) {
            List<ChunkSums> sums = sums(owner, step, gradients);
            updates.get(owner).measure(sums, state.weights(), figures, pool);
          } else {
            updates.get(owner).measureAgain(own(owner), state.weights(), figures, pool);
          }
        }
        updates.forEach(update -> update.combine(figures, pool));
      }
      for (int owner = 0; owner < updates.size(); owner++) {
        if (any.rounds() == 0) {
          updates.get(owner).finish(sums(owner, step, gradients), state.weights(), pool);
        } else {
          updates.get(owner).apply(own(owner), state.weights(), pool);
        }
      }
    }

    private int[] own(int owner) {
      ChunkOwners owners = OwnedChunks.owners(recipe, updates.size());
      return IntStream.range(0, owners.count(owner)).map(i -> owners.chunk(owner, i)).toArray();
    }

    private List<ChunkSums> sums(int owner, int step, float[] gradients) {
      ShardTree.Node[] root = {ShardTree.root(plan.usedShards(step))};
      List<ChunkSums> sums = new ArrayList<>();
      for (int c : own(owner)) {
        int[] offsets = {LAYOUT.chunks().get(c).from()};
        sums.add(new ChunkSums(c, root, new float[][] {gradients}, offsets));
      }
      return sums;
    }

    /** Weights and what is kept, put together. */
    List<String> hashes() {
      List<float[]> arrays = new ArrayList<>(List.of(state.weights()));
      for (int a = 0; a < kept.get(0).size(); a++) {
        float[] whole = new float[LAYOUT.length()];
        for (int owner = 0; owner < updates.size(); owner++) {
          float[] piece = kept.get(owner).get(a);
          OwnedChunks.of(recipe, owner, updates.size()).scatter(piece, 0, 0, piece.length, whole);
        }
        arrays.add(whole);
      }
      return TrainingState.of(recipe, STEPS, arrays).arraysSha256();
    }
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void updatesFollowTheFormulasOfWholeParameters(Recipe recipe) {
    Owners all = new Owners(recipe, 1);
    float[] weights = all.state.weights();
    ReferenceUpdate reference = new ReferenceUpdate(recipe, weights);
    try (WorkPool pool = new WorkPool(1)) {
      for (int step = 0; step < STEPS; step++) {
        double samples = all.plan.batchSamples(step);
        double[] mean = new double[LAYOUT.length()];
        float[] sum = gradients(step);
        Arrays.setAll(mean, i -> sum[i] / samples);
        reference.step(step + 1, RATE, mean);
        all.step(step, pool);
      }
    }
    for (StateLayout.Entry entry : LAYOUT.trained()) {
      for (int i = entry.offset(); i < entry.offset() + entry.length(); i++) {
        double expected = reference.weight(i);
        assertEquals(expected, weights[i], 2e-5 * Math.max(1, Math.abs(expected)), entry.name());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void ownersAndThreadsChangeNoBit(Recipe plain) {
    Recipe recipe = plain.toBuilder().ema(new EmaOptions(0.9, true)).build();
    Map<Integer, List<String>> hashes =
        IntStream.of(1, 2, 3, 7)
            .boxed()
            .collect(Collectors.toMap(owners -> owners, owners -> trained(recipe, owners)));
    hashes.values().forEach(other -> assertEquals(hashes.get(1), other));
  }

  private static List<String> trained(Recipe recipe, int ownerCount) {
    Owners owners = new Owners(recipe, ownerCount);
    try (WorkPool pool = new WorkPool(ownerCount)) {
      for (int step = 0; step < STEPS; step++) {
        owners.step(step, pool);
      }
    }
    return owners.hashes();
  }

  @Test
  void noFilterIsLongerThanItMayBe() {
    Recipe recipe =
        recipe(new Lion(0.9f, 0.99f, 0, false), r -> r.regularization(maxNorm(0, 0, 0, false)));
    Owners owners = new Owners(recipe, 1);
    int limited = 0;
    try (WorkPool pool = new WorkPool(2)) {
      owners.step(0, pool);
    }
    for (StateLayout.Entry entry : LAYOUT.trained()) {
      if (!entry.name().matches("(conv|long|hidden|logits)\\.weight")) {
        continue;
      }
      int filter = entry.length() / entry.parameter().shape().extent(0);
      for (int from = entry.offset(); from < entry.offset() + entry.length(); from += filter) {
        double norm = Math.sqrt(SquareSums.of(owners.state.weights(), from, from + filter));
        assertTrue(norm < 1.1 * (1 + 1e-6), entry.name() + " " + norm);
        limited += norm > 1.1 * (1 - 1e-6) ? 1 : 0;
      }
    }
    assertTrue(limited > 100, "filters at their limit: " + limited);
  }

  @Test
  void onlyWhatNeedsRoundsHasThem() {
    Recipe plain = recipe(new Sgd(0, false, 0, false), r -> r);
    assertEquals(List.of(), new UpdateNorms(plain).rounds());
    Network small =
        Network.input(9, 7, 3)
            .then("conv", Conv2d.of(10, 3))
            .then(new Flatten())
            .then("logits", Linear.of(5))
            .build();
    Recipe within =
        plain.toBuilder().network(small).regularization(maxNorm(0, 0, 0, false)).build();
    assertEquals(List.of(), new UpdateNorms(within).rounds());
    assertEquals(
        List.of(UpdateRound.values()),
        new UpdateNorms(recipes().get(5)).rounds(),
        "clipping, layers, filters");
  }

  @Test
  void aGradientThatIsNoNumberNamesItsParameter() {
    Recipe recipe = recipes().get(0);
    Owners owners = new Owners(recipe, 1);
    ChunkUpdate update = owners.updates.get(0);
    double[] figures = owners.figures(0);
    update.begin(0, 1, figures);
    float[] gradient = gradients(0);
    gradient[LAYOUT.trained().get(4).offset()] = Float.NaN;
    ShardTree.Node[] nodes = {ShardTree.root(owners.plan.usedShards(0))};
    ShardSums sums = new ShardSums(nodes, new float[][] {gradient}, figures);
    String before = owners.state.weightsSha256();
    try (WorkPool pool = new WorkPool(1)) {
      ConvoyException error =
          assertThrows(
              ConvoyException.class, () -> update.finishAll(sums, owners.state.weights(), pool));
      assertEquals(ConvoyException.Kind.DIVERGED, error.kind());
      assertTrue(
          error
              .getMessage()
              .matches(
                  "step 1: the norm of 'long.weight' is [0-9.]+, that of its"
                      + " gradient NaN: start a new run with a lower learning rate or more warm-up"),
          error.getMessage());
    }
    assertEquals(before, owners.state.weightsSha256());
  }
}
