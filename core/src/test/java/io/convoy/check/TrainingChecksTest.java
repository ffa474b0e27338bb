package io.convoy.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.check.CheckFinding.Verdict;
import io.convoy.data.SampleSource;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.reader.Folders;
import io.convoy.init.Normal;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.BatchNorm2d;
import io.convoy.layer.Conv2d;
import io.convoy.layer.Dropout;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.layer.MaxPool2d;
import io.convoy.layer.Relu;
import io.convoy.loss.MultiClassHinge;
import io.convoy.network.Network;
import io.convoy.network.StateLayout;
import io.convoy.operation.Padding;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.RecipeBuilder;
import io.convoy.recipe.RegularizationOptions;
import io.convoy.recipe.ValidationOptions;
import io.convoy.reference.BarImages;
import io.convoy.schedule.Cosine;
import io.convoy.train.LocalTrainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each check finds what it is for, and lets a sound recipe pass. */
class TrainingChecksTest {
  private static final SampleSource IMAGES = BarImages.colour(230);
  private static final double AN_HOUR = 3600;

  private static Network network(Linear last) {
    return Network.input(9, 7, 3)
        .then("conv1", Conv2d.of(10, 3).withPadding(Padding.SAME))
        .then("norm1", BatchNorm2d.standard())
        .then("relu1", new Relu())
        .then("pool1", MaxPool2d.of(2))
        .then("conv2", Conv2d.of(12, 3).withPadding(Padding.SAME))
        .then("relu2", new Relu())
        .then("flatten", new Flatten())
        .then("dropout", new Dropout(0.2f))
        .then("logits", last)
        .build();
  }

  private static Recipe sound() {
    return new RecipeBuilder()
        .network(network(Linear.of(5)))
        .data(new DataOptions(new Folders(), null, null))
        .validation(new ValidationOptions(0.1, null, null))
        .augmentation(new Augmentation(1, true))
        .batchSize(23)
        .shards(3)
        .epochs(5)
        .optimizer(new Sgd(0.9f, true, 1e-4f, false))
        .schedule(new Cosine(0.03, 0.5, 0.01))
        .build();
  }

  private static Map<String, CheckFinding> check(Recipe recipe) {
    return check(recipe, recipe.network().layout().initialState(recipe.seed()), 2);
  }

  private static Map<String, CheckFinding> check(Recipe recipe, float[] start, int threads) {
    return check(recipe, start, threads, AN_HOUR, () -> 0, new ArrayList<>());
  }

  private static Map<String, CheckFinding> check(
      Recipe recipe,
      float[] start,
      int threads,
      double seconds,
      LongSupplier clock,
      List<String> told) {
    TrainingChecks checks =
        new TrainingChecks(
            recipe, IMAGES, start, KernelProvider.kernels(), threads, seconds, clock);
    List<CheckFinding> findings = checks.run(new Told(told));
    return findings.stream().collect(Collectors.toMap(CheckFinding::check, Function.identity()));
  }

  private record Told(List<String> lines) implements CheckListener {
    @Override
    public void begins(String check) {
      lines.add("begins " + check);
    }

    @Override
    public void at(long done, long total) {
      assertTrue(done < total, () -> done + " of " + total);
    }

    @Override
    public void found(CheckFinding finding) {
      lines.add("found " + finding.check());
    }
  }

  private static Verdict verdict(Map<String, CheckFinding> findings, String check) {
    return findings.get(check).verdict();
  }

  private static float[] start(Recipe recipe, String array, float value) {
    float[] state = recipe.network().layout().initialState(recipe.seed());
    for (StateLayout.Entry entry : recipe.network().layout().trained()) {
      if (entry.name().matches(array)) {
        Arrays.fill(state, entry.offset(), entry.offset() + entry.length(), value);
      }
    }
    return state;
  }

  @Test
  void aSoundRecipePasses() {
    List<String> told = new ArrayList<>();
    Recipe recipe = sound();
    float[] start = LocalTrainer.initialState(recipe).weights();
    Map<String, CheckFinding> findings = check(recipe, start, 2, AN_HOUR, () -> 0, told);
    findings.values().forEach(f -> assertEquals(Verdict.GOOD, f.verdict(), f::toString));
    findings.values().forEach(f -> assertEquals("", f.shortened(), f::toString));
    assertEquals(
        List.of(
            "begins initial loss",
            "found initial loss",
            "begins gradient",
            "found gradient",
            "begins overfit",
            "found overfit",
            "found dead rectifiers",
            "begins update ratios",
            "found update ratios",
            "begins learning rate",
            "found learning rate"),
        told);
    assertEquals(
        StrictMath.log(5), findings.get("initial loss").figures().get("ofZeros").asDouble(), 1e-6);
    assertTrue(
        findings.get("initial loss").found().contains("ln(5 classes) is 1.609"),
        () -> findings.get("initial loss").found());
  }

  /** Zeros of all outputs give ln(5) for each, by its weight. */
  @Test
  void auxiliaryOutputsCount() {
    Network network =
        Network.input(9, 7, 3)
            .then("conv1", Conv2d.of(10, 3).withPadding(Padding.SAME))
            .then("norm1", BatchNorm2d.standard())
            .then("relu1", new Relu())
            .then("pool1", MaxPool2d.of(2))
            .then("flatten", new Flatten())
            .then("logits", Linear.of(5))
            .join("sideRelu", new Relu(), "pool1")
            .then("sideFlatten", new Flatten())
            .then("side", Linear.of(5))
            .output("logits")
            .auxiliary("side", 0.5)
            .build();
    Recipe recipe = sound().toBuilder().network(network).build();
    Map<String, CheckFinding> findings = check(recipe);
    CheckFinding initial = findings.get("initial loss");
    assertEquals(1.5 * StrictMath.log(5), initial.figures().get("ofZeros").asDouble(), 1e-6);
    assertTrue(initial.found().contains("zeros would give 2.414"), initial::found);
    findings.values().forEach(f -> assertEquals(Verdict.GOOD, f.verdict(), f::toString));
    assertTrue(
        findings.get("dead rectifiers").figures().at("/atStart").has("sideRelu"),
        findings.get("dead rectifiers")::toString);
  }

  @Test
  void threadsChangeNothing() {
    Recipe recipe = sound();
    float[] start = LocalTrainer.initialState(recipe).weights();
    assertEquals(check(recipe, start, 1), check(recipe, start, 3));
  }

  @Test
  void aRateThatIsFarTooHigh() {
    Map<String, CheckFinding> findings =
        check(sound().toBuilder().schedule(new Cosine(30, 0.5, 0.01)).build());
    assertEquals(Verdict.LOOK, verdict(findings, "update ratios"));
    assertEquals(Verdict.LOOK, verdict(findings, "learning rate"));
    assertTrue(
        findings.get("learning rate").advice().contains("is too high"),
        () -> findings.get("learning rate").advice());
    double suggestion = findings.get("learning rate").figures().get("suggestion").asDouble();
    assertTrue(suggestion > 1e-4 && suggestion < 1, () -> "suggested " + suggestion);
  }

  @Test
  void aRateThatIsFarTooLow() {
    Map<String, CheckFinding> findings =
        check(sound().toBuilder().schedule(new Cosine(1e-7, 0, 0.01)).build());
    assertEquals(Verdict.LOOK, verdict(findings, "update ratios"));
    assertEquals(Verdict.LOOK, verdict(findings, "overfit"));
    assertTrue(
        findings.get("learning rate").advice().contains("is so low"),
        () -> findings.get("learning rate").advice());
  }

  @Test
  void weightsThatAreAllZero() {
    Recipe recipe = sound();
    Map<String, CheckFinding> findings = check(recipe, start(recipe, ".*", 0f), 2);
    assertEquals(Verdict.GOOD, verdict(findings, "initial loss"));
    assertEquals(Verdict.LOOK, verdict(findings, "overfit"));
    assertEquals(Verdict.LOOK, verdict(findings, "dead rectifiers"));
    assertEquals(1, findings.get("dead rectifiers").figures().at("/atStart/relu1").asDouble(), 0);
  }

  @Test
  void rectifiersThatDiedByTheirBias() {
    Recipe recipe = sound();
    Map<String, CheckFinding> findings = check(recipe, start(recipe, "conv2\\.bias", -100f), 2);
    CheckFinding dead = findings.get("dead rectifiers");
    assertEquals(Verdict.LOOK, dead.verdict());
    assertEquals(0, dead.figures().at("/atStart/relu1").asDouble(), 0);
    assertEquals(1, dead.figures().at("/atStart/relu2").asDouble(), 0);
    assertEquals(1, dead.figures().at("/afterOverfit/relu2").asDouble(), 0);
    assertTrue(dead.found().contains("1 of 2 rectifiers above 40 %"), dead::found);
  }

  @Test
  void aLastLayerThatStartsFarFromZero() {
    Linear large = Linear.of(5).withInitializer(new Normal(3));
    Map<String, CheckFinding> findings = check(sound().toBuilder().network(network(large)).build());
    assertEquals(Verdict.LOOK, verdict(findings, "initial loss"));
    assertTrue(
        findings.get("initial loss").advice().startsWith("too high: "),
        () -> findings.get("initial loss").advice());
    assertEquals(
        Verdict.GOOD, verdict(findings, "gradient"), () -> findings.get("gradient").toString());
  }

  /** With the margin 1, each of the four other classes costs 1 where all outputs are zero. */
  @Test
  void otherLossesStartWhereZerosDo() {
    Recipe recipe = sound().toBuilder().loss(new MultiClassHinge(1, false, null)).build();
    CheckFinding finding = check(recipe).get("initial loss");
    assertEquals(4, finding.figures().get("ofZeros").asDouble(), 1e-6);
    assertTrue(finding.found().contains("zeros would give 4"), finding::found);
  }

  @Test
  void penaltiesAreAddedByTheirFormula() {
    Recipe recipe =
        sound().toBuilder()
            .optimizer(new Sgd(0.9f, true, 0, false))
            .regularization(new RegularizationOptions(0.25f, 8, 0, null, false))
            .build();
    float[] start = LocalTrainer.initialState(recipe).weights();
    double expected = 0;
    for (StateLayout.Entry entry : recipe.network().layout().entries()) {
      for (int i = 0; i < entry.length() && entry.name().matches("(conv.|logits).weight"); i++) {
        double weight = start[entry.offset() + i];
        expected += 0.25 * Math.abs(weight) + 4 * weight * weight;
      }
    }
    CheckFinding finding = check(recipe).get("initial loss");
    assertEquals(expected, finding.figures().get("penalty").asDouble(), 1e-9 * expected);
    assertEquals(Verdict.LOOK, finding.verdict());
    assertTrue(finding.advice().contains("more than five times the loss"), finding::advice);
  }

  /** Each look at the clock costs a second of thirty. */
  @Test
  void whatWouldTakeTooLongIsShortenedAndTold() {
    long[] seconds = {0};
    Recipe recipe = sound();
    float[] start = LocalTrainer.initialState(recipe).weights();
    Map<String, CheckFinding> findings =
        check(recipe, start, 2, 30, () -> seconds[0]++ * 1_000_000_000L, new ArrayList<>());
    assertTrue(seconds[0] < 60, () -> "looked at the clock %s times".formatted(seconds[0]));
    assertTrue(
        findings.get("overfit").shortened().matches("\\d+ of 200 steps, to keep to the time"),
        () -> findings.get("overfit").toString());
    for (String check : List.of("update ratios", "learning rate")) {
      assertTrue(
          findings.get(check).shortened().endsWith(" steps, to keep to the time"),
          () -> findings.get(check).toString());
    }
  }
}
