package io.convoy.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What members' outputs are made into. */
final class ContendersTest {
  private static final int SAMPLES = 203;

  /** Members whose logits know the class by so much, above noise of deviation 1. */
  private static ValidationOutputs members(int classes, double... skill) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
    int[] labels = IntStream.range(0, SAMPLES).map(i -> i * 7 % classes).toArray();
    MemberOutputs[] all = new MemberOutputs[skill.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = MemberOutputs.take("run, step " + i, SAMPLES, classes);
      for (int sample = 0; sample < SAMPLES; sample++) {
        float[] logits = new float[classes];
        for (int label = 0; label < classes; label++) {
          logits[label] =
              (float) (random.nextGaussian() + (label == labels[sample] ? skill[i] : 0));
        }
        all[i].set(sample, logits, 0);
      }
    }
    return new ValidationOutputs(labels, List.of(all));
  }

  private static Contender named(String key, List<Contender> all) {
    return Contender.named(key, all);
  }

  private static double loss(Contender one) {
    return one.candidate().outcomes().loss().mean();
  }

  @Test
  void membersOfEqualWorthAreBetterTogether() {
    List<Contender> all = Contenders.of(members(7, 1.5, 1.5, 1.5));
    assertEquals(
        List.of("member:1", "member:2", "member:3", "equal", "weighted", "selected"),
        all.stream().map(Contender::key).toList());
    double alone = all.subList(0, 3).stream().mapToDouble(ContendersTest::loss).min().orElseThrow();
    for (String key : List.of("equal", "weighted", "selected")) {
      assertTrue(loss(named(key, all)) < alone, key);
      assertEquals(3, named(key, all).candidate().passes());
    }
    assertEquals("equal", key(Recommendation.of(candidates(all)), all));
  }

  private static List<Candidate> candidates(List<Contender> all) {
    return all.stream()
        .filter(one -> one.key().matches("member.*|equal"))
        .map(Contender::candidate)
        .toList();
  }

  private static String key(Recommendation recommendation, List<Contender> all) {
    return all.stream()
        .filter(one -> one.candidate().name().equals(recommendation.chosen()))
        .findFirst()
        .orElseThrow()
        .key();
  }

  /** A member that knows nothing has no weight, and costs no pass. */
  @Test
  void aMemberThatKnowsNothingIsLeftOut() {
    List<Contender> all = Contenders.of(members(4, 3, 0, 3));
    for (String key : List.of("weighted", "selected")) {
      Contender contender = named(key, all);
      assertEquals(List.of(0, 2), contender.members(), key);
      assertEquals(2, contender.candidate().passes());
      assertEquals(2, contender.average().weights().size());
      assertEquals(1, contender.average().weights().stream().mapToDouble(w -> w).sum(), 1e-12);
    }
  }

  /** What is written gives what was compared: the average over the members that are in it alone. */
  @Test
  void theAverageOfThoseThatAreInItIsWhatTheTableSays() {
    ValidationOutputs outputs = members(4, 3, 0, 3);
    for (Contender contender : Contenders.of(outputs)) {
      double loss = 0;
      for (int sample = 0; sample < SAMPLES; sample++) {
        float[][] logits = new float[contender.members().size()][];
        for (int i = 0; i < logits.length; i++) {
          logits[i] = outputs.members().get(contender.members().get(i)).logits(sample);
        }
        double[] shares = contender.average().probabilities(logits);
        loss -= StrictMath.log(shares[outputs.label(sample)]);
      }
      assertEquals(loss(contender), loss / SAMPLES, 1e-12, contender.key());
    }
  }

  @Test
  void oneMemberHasNoAverage() {
    List<Contender> all = Contenders.of(members(3, 1));
    assertEquals(List.of("member:1"), all.stream().map(Contender::key).toList());
  }

  @Test
  void whatIsNotThereIsTold() {
    List<Contender> all = Contenders.of(members(3, 1, 2));
    assertEquals(
        "expected one of member:1, member:2, equal, weighted, selected to take; got 'soup'",
        refused(() -> named("soup", all)));
    assertEquals(
        "expected one of equal, weighted, selected, weights, soup, member:N to take; got 'eqal', did"
            + " you mean 'equal'?",
        refused(() -> Contender.requireKey("eqal")));
    Contender.requireKey("member:12");
    assertTrue(refused(() -> Contender.requireKey("member:0")).contains("got 'member:0'"));
  }

  private static String refused(Executable what) {
    return assertThrows(ConvoyException.class, what).getMessage();
  }

  @Test
  void theTableHasALineEach() {
    List<Contender> all = Contenders.of(members(7, 1.5, 2));
    List<String> lines = SelectionTable.lines(all);
    assertEquals(2 + all.size(), lines.size());
    assertTrue(lines.get(0).contains("top-5"), lines.get(0));
    assertTrue(lines.get(4).startsWith("equal"), lines.get(4));
    assertTrue(lines.stream().allMatch(line -> line.length() <= 100), lines.get(0));
    List<String> few = SelectionTable.lines(Contenders.of(members(4, 1.5, 2)));
    assertTrue(!few.get(0).contains("top-5"), few.get(0));
  }
}
