package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.data.LocalFiles;
import io.convoy.data.SampleSource;
import io.convoy.data.SampleSubset;
import io.convoy.ensemble.Ensemble;
import io.convoy.json.Json;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.ValidationOptions;
import io.convoy.run.EnsembleFolder;
import io.convoy.selection.EnsembleSelection;
import io.convoy.selection.SelectionReport;
import io.convoy.selection.SelectionReport.Line;
import io.convoy.train.TrainingSplit;
import io.convoy.trainer.SparkEvaluator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ensembles of small runs: what becomes a member, what is written, what is refused. */
class EnsembleSelectionTest extends EnsembleRuns {
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
        "this must be the runs' training set, whose SHA-256 is",
        () -> choose(out(), null, "last:1", "fewer"));
    Path full = Files.createDirectories(out());
    Files.writeString(full.resolve("mine"), "");
    fails("an ensemble's folder must be new or empty", () -> choose(full, null, "last:1", "one"));
    fails("expected one of equal, weighted", () -> choose(out(), "eqal", "last:1", "one"));
  }
}
