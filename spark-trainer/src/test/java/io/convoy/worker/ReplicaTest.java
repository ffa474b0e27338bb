package io.convoy.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.LocalFiles;
import io.convoy.data.augment.Standardization;
import io.convoy.data.reader.Folders;
import io.convoy.error.ConvoyException;
import io.convoy.exchange.PeerExchange;
import io.convoy.exchange.connect.ExchangeListener;
import io.convoy.exchange.connect.ExchangeTimeouts;
import io.convoy.exchange.connect.RunIdentity;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.optimizer.AdaGrad;
import io.convoy.optimizer.AdamW;
import io.convoy.optimizer.Optimizer;
import io.convoy.optimizer.RmsProp;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.ClipOptions;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.EmaOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.RecipeBuilder;
import io.convoy.recipe.SwaOptions;
import io.convoy.schedule.Constant;
import io.convoy.schedule.Exponential;
import io.convoy.schedule.InverseTime;
import io.convoy.schedule.Schedule;
import io.convoy.train.LocalTrainer;
import io.convoy.train.OwnedChunks;
import io.convoy.train.StepReport;
import io.convoy.train.TrainingState;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Replicas that train in step over real sockets, in one process: the bits of one machine. */
@Timeout(120)
class ReplicaTest {
  private static final PatternImages IMAGES = new PatternImages(61);
  private static final long STEPS = 8;

  private static Recipe recipe(
      Optimizer optimizer, Schedule schedule, ClipOptions clip, EmaOptions ema) {
    return new RecipeBuilder()
        .network(
            Network.input(9, 9, 1)
                .then("conv", Conv2d.of(6, 3).withoutBias())
                .then("norm", BatchNorm2d.standard())
                .then("relu", new Relu())
                .then("flatten", new Flatten())
                .then("hidden", Linear.of(61))
                .then("logits", Linear.of(3))
                .build())
        .data(new DataOptions(new Folders(), null, null))
        .standardization(Standardization.of(IMAGES.open(new LocalFiles())))
        .batchSize(16)
        .shards(5)
        .epochs(2)
        .optimizer(optimizer)
        .schedule(schedule)
        .clip(clip)
        .ema(ema)
        .build();
  }

  private static final Recipe ALL_AT_ONCE =
      recipe(
          new AdamW(0.9f, 0.99f, 1e-8f, 0.05f, false),
          new Constant(0.01, 0.5),
          new ClipOptions(0.5f, 2f),
          new EmaOptions(0.9, true));

  static Stream<Arguments> recipes() {
    List<Recipe> recipes =
        List.of(
            ALL_AT_ONCE,
            recipe(
                new AdaGrad(0.01f, 1e-10f, 0.1f, 1e-3f, false),
                new Exponential(0.02, 0, 0.5),
                new ClipOptions(0.01f, null),
                null),
            recipe(
                new RmsProp(0.9f, 1e-4f, 0.5f, true, 1e-3f, false),
                new InverseTime(0.005, 0, 1),
                null,
                new EmaOptions(0.999, false)),
            recipe(new AdaGrad(0, 1e-10f, 0, 0, false), new Constant(0.02, 0), null, null)
                .toBuilder()
                .swa(new SwaOptions(0.25, 2, 0.004))
                .build(),
            recipe(
                new Sgd(0f, false, 0f, false),
                new Constant(0.1, 0),
                new ClipOptions(null, 0.5f),
                null));
    return recipes.stream()
        .flatMap(recipe -> Stream.of(1, 2, 3, 4).map(ranks -> Arguments.of(recipe, ranks)));
  }

  /** The truth, and what its steps reported. */
  private static TrainingState local(Recipe recipe, long until, List<StepReport> reports) {
    try (LocalTrainer trainer =
        new LocalTrainer(recipe, IMAGES.open(new LocalFiles()), KernelProvider.kernels(), 1)) {
      trainer.train(until, reports::add);
      return trainer.state();
    }
  }

  /** Takes a state further with so many ranks: a segment. */
  private static TrainingState segment(
      Recipe recipe, TrainingState from, long until, int ranks, List<StepReport> reports)
      throws Exception {
    return segment(recipe, from, until, Collections.nCopies(ranks, IMAGES), reports);
  }

  /** The same, where each rank has its images from somewhere else. */
  private static TrainingState segment(
      Recipe recipe,
      TrainingState from,
      long until,
      List<PatternImages> images,
      List<StepReport> reports)
      throws Exception {
    int ranks = images.size();
    List<ExchangeListener> listeners = new ArrayList<>();
    for (int rank = 0; rank < ranks; rank++) {
      listeners.add(ExchangeListener.bind(InetAddress.getLoopbackAddress()));
    }
    List<InetSocketAddress> addresses = listeners.stream().map(ExchangeListener::address).toList();
    List<float[]> whole = from.copy().arrays();
    List<Future<List<float[]>>> results = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(ranks);
    try {
      for (int rank = 0; rank < ranks; rank++) {
        OwnedChunks owned = OwnedChunks.of(recipe, rank, ranks);
        ExchangeListener listener = listeners.get(rank);
        int self = rank;
        List<StepReport> own = rank == 0 ? reports : new ArrayList<>();
        Assignment assignment = assignment(recipe, images.get(rank), 1 + (rank + 1) % 3);
        results.add(
            threads.submit(
                () -> rank(assignment, from, until, owned, self, listener, addresses, own)));
      }
      for (int rank = 0; rank < ranks; rank++) {
        OwnedChunks owned = OwnedChunks.of(recipe, rank, ranks);
        List<float[]> own = results.get(rank).get(60, TimeUnit.SECONDS);
        for (int array = 0; array < whole.size(); array++) {
          owned.scatter(own.get(array), 0, 0, owned.length(), whole.get(array));
        }
      }
    } finally {
      listeners.forEach(ExchangeListener::close);
      threads.shutdownNow();
    }
    return TrainingState.of(recipe, until, whole);
  }

  private static List<float[]> rank(
      Assignment assignment,
      TrainingState from,
      long until,
      OwnedChunks owned,
      int rank,
      ExchangeListener listener,
      List<InetSocketAddress> addresses,
      List<StepReport> reports)
      throws InterruptedException {
    List<float[]> own = from.arrays().stream().map(owned::gather).toList();
    Recipe recipe = assignment.readRecipe();
    RunIdentity identity =
        new RunIdentity("run", 1, "test", 1, new byte[RunIdentity.MINIMUM_KEY], false);
    try (PeerExchange exchange =
            PeerExchange.connect(
                listener,
                identity,
                rank,
                addresses,
                recipe.network().layout().chunks(),
                OwnedChunks.owners(recipe, addresses.size()),
                ExchangeTimeouts.DEFAULT);
        Replica replica =
            new Replica(
                assignment,
                recipe,
                owned,
                addresses.size(),
                from.step(),
                from.weights().clone(),
                new ArrayList<>(own.subList(1, own.size())))) {
      replica.train(until, 1, exchange, reports::add);
      return replica.ownArrays();
    }
  }

  private static Assignment assignment(Recipe recipe, PatternImages images, int threads) {
    return new Assignment(
        "run",
        Assignment.write(recipe),
        KnownStatistics.none(),
        images,
        "",
        "patterns",
        KnownDigests.none(),
        new LocalFiles(),
        threads);
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void anyNumberOfOwnersGivesTheBitsOfOneMachine(Recipe recipe, int ranks) throws Exception {
    List<StepReport> expected = new ArrayList<>();
    List<StepReport> reports = new ArrayList<>();
    TrainingState truth = local(recipe, STEPS, expected);
    TrainingState start = LocalTrainer.initialState(recipe);
    TrainingState end = segment(recipe, start, STEPS, ranks, reports);
    assertEquals(recipe.stateArrays(), end.arrays().size());
    assertEquals(truth.arraysSha256(), end.arraysSha256());
    assertEquals(untimed(expected), untimed(reports), "the norm of the gradient among them");
    boolean limited = recipe.clip() != null && recipe.clip().norm() != null;
    for (StepReport report : reports) {
      assertEquals(limited, report.gradientNorm() != null);
    }
    assertTrue(
        !limited || reports.stream().anyMatch(r -> r.gradientNorm() > recipe.clip().norm()),
        "the limit is met: " + reports);
  }

  private static List<StepReport> untimed(List<StepReport> reports) {
    return reports.stream()
        .map(
            r ->
                new StepReport(
                    r.step(),
                    r.epoch(),
                    r.samples(),
                    r.loss(),
                    r.correct(),
                    r.rate(),
                    r.gradientNorm(),
                    0,
                    0,
                    List.of(),
                    r.figures()))
        .toList();
  }

  /** Rank 0 reports, whoever of the three has waited. */
  @Test
  void theRankThatWaitsForDataIsInTheReport() throws Exception {
    PatternImages decoded = new PatternImages(61, PatternImages.Kept.DECODED);
    PatternImages slow = new PatternImages(61, PatternImages.Kept.FAR_AWAY);
    for (int waiting = -1; waiting < 3; waiting++) {
      List<PatternImages> images = new ArrayList<>(Collections.nCopies(3, decoded));
      if (waiting >= 0) {
        images.set(waiting, slow);
      }
      List<StepReport> reports = new ArrayList<>();
      TrainingState start = LocalTrainer.initialState(ALL_AT_ONCE);
      segment(ALL_AT_ONCE, start, STEPS, images, reports);
      assertEquals(STEPS, reports.size());
      double waited = reports.stream().mapToDouble(StepReport::dataWaitSeconds).sum();
      assertEquals(waiting >= 0, waited > 0, waiting + ": " + reports);
      for (int rank = 0; rank < 3; rank++) {
        int one = rank;
        double own = reports.stream().mapToDouble(r -> r.ranks().get(one).dataWait()).sum();
        double computed = reports.stream().mapToDouble(r -> r.ranks().get(one).compute()).sum();
        assertEquals(rank == waiting, own > 0, rank + " of " + reports);
        assertTrue(computed > 0, rank + " of " + reports);
      }
    }
  }

  /** What is lost with a segment is computed again from the state before it. */
  @Test
  void segmentsOfOtherNumbersOfOwnersGoOnExactly() throws Exception {
    TrainingState truth = local(ALL_AT_ONCE, STEPS, new ArrayList<>());
    TrainingState state = LocalTrainer.initialState(ALL_AT_ONCE);
    state = segment(ALL_AT_ONCE, state, 3, 3, new ArrayList<>());
    segment(ALL_AT_ONCE, state, 7, 4, new ArrayList<>()); // lost: nobody has its result
    state = segment(ALL_AT_ONCE, state, 4, 1, new ArrayList<>());
    state = segment(ALL_AT_ONCE, state, STEPS, 2, new ArrayList<>());
    assertEquals(truth.arraysSha256(), state.arraysSha256());
  }

  /** The loss, whose error names a layer, is reported rather than the norm. */
  @Test
  void aDivergedTrainingIsToldAsOnOneMachine() {
    Recipe wild =
        ALL_AT_ONCE.toBuilder()
            .optimizer(new Sgd(0f, false, 0f, false))
            .schedule(new Constant(1e30, 0))
            .clip(new ClipOptions(null, 1e20f))
            .build();
    ConvoyException truth =
        assertThrows(ConvoyException.class, () -> local(wild, STEPS, new ArrayList<>()));
    assertEquals(ConvoyException.Kind.DIVERGED, truth.kind());
    TrainingState start = LocalTrainer.initialState(wild);
    ExecutionException error =
        assertThrows(
            ExecutionException.class, () -> segment(wild, start, STEPS, 1, new ArrayList<>()));
    assertEquals(truth.getMessage(), error.getCause().getMessage());
    assertTrue(truth.getMessage().contains("the loss is"), truth.getMessage());
  }
}
