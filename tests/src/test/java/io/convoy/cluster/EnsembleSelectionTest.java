package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.data.DataSet;
import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.data.SampleSubset;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.SampleLoader;
import io.convoy.data.reader.IdxDataSet;
import io.convoy.ensemble.Ensemble;
import io.convoy.ensemble.MemberSelection;
import io.convoy.error.ConvoyException;
import io.convoy.inference.Model;
import io.convoy.json.Json;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.recipe.CheckpointOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.Sync;
import io.convoy.recipe.ValidationOptions;
import io.convoy.run.EnsembleFolder;
import io.convoy.run.Models;
import io.convoy.run.RunFolder;
import io.convoy.run.WhichCheckpoint;
import io.convoy.schedule.Cycles;
import io.convoy.selection.EnsembleListener;
import io.convoy.selection.EnsembleRequest;
import io.convoy.selection.EnsembleSelection;
import io.convoy.selection.MemberPool;
import io.convoy.selection.MemberRun;
import io.convoy.selection.SelectionReport;
import io.convoy.selection.SelectionReport.Line;
import io.convoy.train.Evaluator;
import io.convoy.train.TrainingSplit;
import io.convoy.trainer.SparkEvaluator;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Ensembles of small runs: what becomes a member, what is written, what is refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnsembleSelectionTest {
  private static final int SAMPLES = 157;
  private static final int HELD_BACK = 40;
  private static final Configuration CONFIGURATION = new Configuration();
  private static final LocalFiles FILES = new LocalFiles();

  /** 12 steps; checkpoints after 3, 6, 9 and 12, and 6 and 12 end a cycle. */
  private static final Recipe RECIPE =
      Trainings.recipe(Trainings.MOMENTUM, 20, 2, Sync.PEERS).toBuilder()
          .schedule(new Cycles(0.02, 0, 0, 2))
          .checkpoint(new CheckpointOptions(3, 4))
          .validation(new ValidationOptions(null, HELD_BACK, 5L))
          .build();

  private Path folder;
  private JavaSparkContext spark;
  private Path images;
  private int made;

  @BeforeAll
  void train(@TempDir Path temporary) throws IOException {
    folder = temporary;
    images = draw("images", SAMPLES);
    spark = Sessions.local();
    run("one", RECIPE);
    run("two", RECIPE.toBuilder().seed(8).build());
  }

  @AfterAll
  void stop() {
    spark.stop();
  }

  private Path draw(String name, int samples) throws IOException {
    Path place = Files.createDirectories(folder.resolve(name));
    IdxDataSet data = Trainings.data(place, samples);
    Files.copy(Path.of(data.images()), place.resolve("train-images-idx3-ubyte"));
    Files.copy(Path.of(data.labels()), place.resolve("train-labels-idx1-ubyte"));
    return place;
  }

  private static DataSet data(Path place) {
    return RECIPE.data().training(new LocalFiles(), place.toString(), 1);
  }

  private void run(String name, Recipe recipe) {
    run(name, recipe, images);
  }

  private void run(String name, Recipe recipe, Path place) {
    new SparkTrainer(spark)
        .train(Runs.job(recipe, data(place), folder.resolve(name), 1), new TrainingListener() {});
  }

  private MemberRun member(String name) {
    RunFolder run = RunFolder.open(folder.resolve(name).toString(), CONFIGURATION);
    return new MemberRun(
        name, run, Json.value(run.description().recipe(), Recipe.class, "run.json"));
  }

  private MemberPool pool(String selection, String... runs) {
    return pool(true, selection, runs);
  }

  private MemberPool pool(boolean heldBack, String selection, String... runs) {
    return MemberPool.of(
        List.of(runs).stream().map(this::member).toList(), MemberSelection.of(selection), heldBack);
  }

  private final List<String> said = new ArrayList<>();

  private SelectionReport choose(Path out, String take, String selection, String... runs) {
    return choose(null, 1, out, take, selection, runs);
  }

  private SelectionReport choose(
      Path validation, int executors, Path out, String take, String selection, String... runs) {
    said.clear();
    String own = validation == null ? null : validation.toString();
    EnsembleListener listener =
        new EnsembleListener() {
          @Override
          public void say(String line) {
            said.add(line);
          }
        };
    return new EnsembleSelection(spark, pool(own == null, selection, runs), listener)
        .run(new EnsembleRequest(images.toString(), own, take, out.toString()), executors, 1)
        .report();
  }

  private Path out() {
    return folder.resolve("ensemble-" + made++);
  }

  private static List<String> members(SelectionReport report) {
    return report.members().stream().map(one -> one.run() + " " + one.step()).toList();
  }

  private static List<String> names(SelectionReport report) {
    return report.candidates().stream().map(Line::name).toList();
  }

  private static Line line(SelectionReport report, String name) {
    return report.candidates().stream()
        .filter(l -> l.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Logits by image, from one process without Spark. */
  private static float[][] logits(Recipe recipe, Model model, SampleSource held) {
    Recipe complete = model.preprocessing().appliedTo(recipe);
    SampleLoader loader =
        new SampleLoader(
            held,
            complete.network().inputShape(),
            complete.standardization(),
            Augmentation.NONE,
            complete.seed());
    float[][] all = new float[held.size()][];
    try (WorkPool pool = new WorkPool(1);
        Evaluator evaluator =
            new Evaluator(
                model.network(),
                model.convolution(),
                model.weights(),
                loader,
                KernelProvider.kernels(),
                pool)) {
      evaluator.blocks((sample, logits, label) -> all[sample] = logits);
    }
    return all;
  }

  /** What the folder says of the held-back images is what the table promised. */
  private void keepsItsPromise(Path out, Line line) {
    try (SampleSource source = data(images).open(new LocalFiles())) {
      keepsItsPromise(out, line, TrainingSplit.of(RECIPE, source).validation());
    }
  }

  private static void keepsItsPromise(Path out, Line line, SampleSource decided) {
    Ensemble ensemble = EnsembleFolder.load(out.toString(), CONFIGURATION);
    double loss = 0;
    int correct = 0;
    List<float[][]> all =
        ensemble.models().stream().map(model -> logits(RECIPE, model, decided)).toList();
    for (int i = 0; i < decided.size(); i++) {
      int sample = i;
      float[][] one = all.stream().map(logits -> logits[sample]).toArray(float[][]::new);
      double[] shares = ensemble.probabilities(one);
      double share = shares[decided.label(i)];
      loss -= StrictMath.log(share);
      correct += IntStream.range(0, 10).allMatch(label -> shares[label] <= share) ? 1 : 0;
    }
    assertEquals(line.loss().mean(), loss / decided.size(), 1e-12);
    assertEquals(line.accuracy().count(), correct);
  }

  @Test
  void twoSeedsGiveTheirLastCheckpoints() throws IOException {
    Path out = out();
    SelectionReport report = choose(out, "equal", "last:2", "one", "two");
    assertEquals(List.of("one 9", "one 12", "two 9", "two 12"), members(report));
    assertEquals(
        List.of(
            "member:1",
            "member:2",
            "member:3",
            "member:4",
            "equal",
            "weighted",
            "selected",
            "weights",
            "weights:unrefreshed"),
        names(report));
    assertEquals(HELD_BACK, report.images());
    assertEquals(List.of(), said);
    assertEquals("equal", report.taken());
    assertEquals(4, line(report, "equal").passes());
    assertEquals(List.of(0.25, 0.25, 0.25, 0.25), line(report, "equal").weights());
    assertFalse(line(report, "weights:unrefreshed").takeable());
    keepsItsPromise(out, line(report, "equal"));
    String written = Files.readString(out.resolve(EnsembleSelection.REPORT));
    JsonNode read = Json.read(written.getBytes(StandardCharsets.UTF_8), JsonNode.class, "it");
    assertEquals(Json.text(report), Json.text(read));
  }

  @Test
  void anAverageOfWeightsIsOneNetworkWithStatisticsOfItsOwn() {
    Path out = out();
    SelectionReport report = choose(out, "weights", "last:3", "one");
    assertEquals(List.of("one 6", "one 9", "one 12"), members(report));
    Line weights = line(report, "weights");
    assertEquals(1, weights.passes());
    assertEquals(List.of(1, 2, 3), weights.members());
    keepsItsPromise(out, weights);
    Ensemble ensemble = EnsembleFolder.load(out.toString(), CONFIGURATION);
    float[] mean = new float[RECIPE.network().layout().length()];
    double[] sums = new double[mean.length];
    for (long step : List.of(6L, 9L, 12L)) {
      float[] state = model("one", step).weights();
      IntStream.range(0, sums.length).forEach(i -> sums[i] += state[i]);
    }
    IntStream.range(0, sums.length).forEach(i -> mean[i] = (float) (sums[i] / 3));
    Recipe complete = model("one", 12).preprocessing().appliedTo(member("one").recipe());
    float[] refreshed = new SparkEvaluator(spark).refresh(complete, mean, data(images), 1, 1);
    assertArrayEquals(refreshed, ensemble.models().get(0).weights());
  }

  private Model model(String run, long step) {
    return Models.load(folder.resolve(run).toString(), WhichCheckpoint.ofStep(step), CONFIGURATION);
  }

  @Test
  void bestGreedyAndCycles() {
    SelectionReport best = choose(out(), null, "best:1", "one", "two");
    assertEquals(2, best.members().size());
    assertEquals(best.recommended(), best.taken());
    assertEquals(best.recommendation().chosen(), line(best, best.taken()).text());
    Path out = out();
    SelectionReport greedy = choose(out, "selected", "greedy", "one", "two");
    assertEquals(8, greedy.members().size());
    Line selected = line(greedy, "selected");
    assertEquals(selected.passes(), selected.members().size());
    double least =
        greedy.candidates().stream()
            .filter(one -> one.name().startsWith("member:"))
            .mapToDouble(one -> one.loss().mean())
            .min()
            .orElseThrow();
    assertTrue(selected.loss().mean() <= least, selected + " above " + least);
    keepsItsPromise(out, selected);
    SelectionReport cycles = choose(out(), null, "cycles", "one");
    assertEquals(List.of("one 6", "one 12"), members(cycles));
  }

  @Test
  void aSoupIsNoWorseThanItsBestMember() {
    Path out = out();
    SelectionReport report = choose(out, "soup", "soup", "one");
    Line soup = line(report, "soup");
    int best =
        report.candidates().stream()
            .filter(one -> one.name().startsWith("member:"))
            .mapToInt(one -> one.accuracy().count())
            .max()
            .orElseThrow();
    assertEquals(4, report.soup().size());
    assertTrue(soup.members().size() == 1 || soup.accuracy().count() >= best, report.toString());
    keepsItsPromise(out, soup);
  }

  @Test
  void runsWhoseSeedsSplitTheImagesAreChosenOnWhatAllHoldBack() {
    Recipe own = RECIPE.toBuilder().validation(new ValidationOptions(null, HELD_BACK)).build();
    run("split-1", own);
    run("split-2", own.toBuilder().seed(8).build());
    SelectionReport report = choose(out(), "equal", "last:1", "split-1", "split-2");
    try (SampleSource source = data(images).open(new LocalFiles())) {
      List<Integer> first = held(own, source);
      List<Integer> second = held(own.toBuilder().seed(8).build(), source);
      first.retainAll(second);
      assertTrue(first.size() > 1 && first.size() < HELD_BACK, first.toString());
      assertEquals(first.size(), report.images());
    }
    assertTrue(
        report.notes().get(0).startsWith("the runs hold back different images: up to 40 each"),
        () -> said + "");
    assertEquals(report.notes(), said);
    fails(
        "weights can only be averaged over members that see images alike",
        () -> choose(out(), null, "soup", "split-1", "split-2"));
  }

  private static List<Integer> held(Recipe recipe, SampleSource source) {
    SampleSubset part = (SampleSubset) TrainingSplit.of(recipe, source).validation();
    return new ArrayList<>(IntStream.of(part.indices()).boxed().toList());
  }

  @Test
  void networksThatDifferHaveNoAverageOfWeights() {
    Network other =
        Network.input(13, 13, 1)
            .then("conv1", Conv2d.of(4, 3))
            .then("relu1", new Relu())
            .then("flatten", new Flatten())
            .then("logits", Linear.of(10))
            .build();
    run("other", RECIPE.toBuilder().network(other).build());
    Path out = out();
    SelectionReport report = choose(out, "equal", "last:1", "one", "other");
    assertEquals(List.of("member:1", "member:2", "equal", "weighted", "selected"), names(report));
    assertTrue(report.notes().get(0).startsWith("there is no average of weights"), () -> said + "");
    keepsItsPromise(out, line(report, "equal"));
    fails(
        "weights can only be averaged over members of one network: array 0 is",
        () -> choose(out(), null, "soup", "one", "other"));
    fails(
        "expected one of member:1, member:2, equal, weighted, selected to take; got 'weights'",
        () -> choose(out(), "weights", "last:1", "one", "other"));
  }

  /** A set by itself: the files of a test set, and none of a training set. */
  private Path own(String name, int samples) throws IOException {
    Path place = Files.createDirectories(folder.resolve(name));
    IdxDataSet data = Trainings.data(place, samples);
    Files.copy(Path.of(data.images()), place.resolve("t10k-images-idx3-ubyte"));
    Files.copy(Path.of(data.labels()), place.resolve("t10k-labels-idx1-ubyte"));
    return place;
  }

  @Test
  void aSetOfItsOwnDecidesWhateverRunsHoldBack() throws IOException {
    Recipe whole = RECIPE.toBuilder().validation(null).build();
    run("whole", whole);
    run("part", RECIPE.toBuilder().validation(new ValidationOptions(null, 30, 9L)).build());
    Path decides = own("own", 73);
    Path out = out();
    SelectionReport report = choose(decides, 1, out, "equal", "last:1", "whole", "part", "one");
    Path again = out();
    choose(decides, 2, again, "equal", "last:1", "whole", "part", "one");
    for (String file : List.of(EnsembleSelection.REPORT, "ensemble.json")) {
      assertEquals(Files.readString(out.resolve(file)), Files.readString(again.resolve(file)));
    }
    assertEquals(73, report.images());
    assertEquals(decides.toString(), report.decidedBy().validation());
    try (SampleSource source = IdxDataSet.test(FILES, decides.toString()).open(FILES)) {
      assertEquals(source.fingerprint(), report.decidedBy().sha256());
      keepsItsPromise(out, line(report, "equal"), source);
    }
    Path averaged = out();
    SelectionReport weights = choose(decides, 1, averaged, "weights", "last:2", "whole");
    try (SampleSource source = IdxDataSet.test(FILES, decides.toString()).open(FILES)) {
      keepsItsPromise(averaged, line(weights, "weights"), source);
    }
    SelectionReport heldBack = choose(out(), null, "last:1", "one");
    assertNull(heldBack.decidedBy().validation());
    assertEquals(
        member("one").folder().description().dataFingerprint(), heldBack.decidedBy().sha256());
  }

  @Test
  void whatRunsKnowDecidesNothing() throws IOException {
    Path known = own("known", SAMPLES);
    fails(
        known + " is the training set of one (SHA-256 ",
        () -> choose(known, 1, out(), null, "last:1", "one"));
    IdxDataSet test = Trainings.data(folder, 51);
    Path images51 = Files.copy(Path.of(test.images()), images.resolve("t10k-images-idx3-ubyte"));
    Path labels51 = Files.copy(Path.of(test.labels()), images.resolve("t10k-labels-idx1-ubyte"));
    try {
      Path tested = own("tested", 51);
      fails(
          tested + " is the test set of one (SHA-256 ",
          () -> choose(tested, 1, out(), null, "last:1", "one"));
      fails(
          images + " holds a training set, and perhaps others: an ensemble is chosen on one set",
          () -> choose(images, 1, out(), null, "last:1", "one"));
    } finally {
      Files.delete(images51);
      Files.delete(labels51);
    }
    Path single = own("single", 1);
    fails(
        "an ensemble is chosen on at least 2 images; got 1",
        () -> choose(single, 1, out(), null, "last:1", "one"));
    fails(
        "nowhere: no such folder: look for a mistyped path",
        () -> choose(folder.resolve("nowhere"), 1, out(), null, "last:1", "one"));
  }

  @Test
  void refusalsSayWhatToDo() throws IOException {
    fails("one is named twice", () -> pool("last:1", "one", "one"));
    fails(
        "last:5 needs checkpoints, at least 5; one has 4 (of step 3, 6, 9, 12): select fewer, or"
            + " keep more (checkpoint.keep)",
        () -> pool("last:5", "one"));
    run("plain", RECIPE.toBuilder().validation(null).maxSteps(3L).build());
    fails("plain holds no images back, and an ensemble is chosen", () -> pool("last:1", "plain"));
    run("fewer", RECIPE, draw("fewer-images", SAMPLES - 20));
    fails(
        "runs of an ensemble must be trained on the same set",
        () -> pool("last:1", "one", "fewer"));
    fails(
        "the images that are held back must be those of the runs' training set",
        () -> choose(out(), null, "last:1", "fewer"));
    Path full = Files.createDirectories(out());
    Files.writeString(full.resolve("mine"), "");
    fails("an ensemble's folder must be new or empty", () -> choose(full, null, "last:1", "one"));
    fails("expected one of equal, weighted", () -> choose(out(), "eqal", "last:1", "one"));
  }

  private static void fails(String part, Executable what) {
    ConvoyException e = assertThrows(ConvoyException.class, what);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
