package io.convoy.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.inference.Sigmoid;
import io.convoy.json.Json;
import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Figures of images with several labels, beside plain references. */
class LabelsCounterTest {
  private static final int CLASSES = 5;
  private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");

  /** An image. */
  private record Seen(float[] logits, int[] labels) {
    boolean has(int label) {
      return Arrays.stream(labels).anyMatch(of -> of == label);
    }
  }

  /** Logits are multiples of a step, so that no two of them fall together; label 4 has no image. */
  private static List<Seen> drawn(int count) {
    RandomStream draws = new RandomStream(7, Purpose.SYNTHETIC_DATA);
    List<Seen> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] logits = new float[CLASSES];
      int at = i * 2 * CLASSES;
      int[] labels =
          IntStream.range(0, 4).filter(c -> draws.uniform(at + c) < 0.2f + 0.2f * c).toArray();
      Seen none = new Seen(logits, labels);
      for (int c = 0; c < CLASSES; c++) {
        double towards = none.has(c) ? 1 : -1;
        logits[c] = Math.round(256 * (towards + 2 * draws.gaussian(at + CLASSES + c))) / 256f;
      }
      images.add(none);
    }
    return images;
  }

  private static LabelsCounts counts(List<Seen> images) {
    LabelsCounter counter = new LabelsCounter(CLASSES);
    images.forEach(image -> counter.count(image.logits, image.labels));
    return counter.counts();
  }

  private static EvaluationReport report(List<Seen> images) {
    return new ImageCounts(null, counts(images)).report(NAMES);
  }

  /** The area under the steps of precision over recall, by sorting; ties count together. */
  private static double averagePrecision(List<Seen> images, int label) {
    List<Seen> sorted = new ArrayList<>(images);
    sorted.sort(Comparator.comparingDouble(image -> -image.logits[label]));
    long support = images.stream().filter(image -> image.has(label)).count();
    double area = 0;
    double recallBefore = 0;
    int found = 0;
    for (int i = 0; i < sorted.size(); i++) {
      found += sorted.get(i).has(label) ? 1 : 0;
      boolean last =
          i + 1 == sorted.size() || sorted.get(i + 1).logits[label] < sorted.get(i).logits[label];
      if (last) {
        double recall = (double) found / support;
        area += (recall - recallBefore) * found / (i + 1);
        recallBefore = recall;
      }
    }
    return area;
  }

  @Test
  void figuresAreThoseOfTheirDefinitions() {
    List<Seen> images = drawn(301);
    EvaluationReport report = report(images);
    long exact = 0;
    double loss = 0;
    for (Seen image : images) {
      boolean right = true;
      double mean = 0;
      for (int c = 0; c < CLASSES; c++) {
        double p = 1 / (1 + Math.exp(-image.logits[c]));
        right &= p > 0.5 == image.has(c);
        mean -= Math.log(image.has(c) ? p : 1 - p) / CLASSES;
      }
      exact += right ? 1 : 0;
      loss += mean;
    }
    assertEquals((double) exact / 301, report.accuracy().value());
    assertEquals(loss / 301, report.loss().value(), 1e-9);
    double sum = 0;
    for (int c = 0; c < CLASSES; c++) {
      int label = c;
      long support = images.stream().filter(image -> image.has(label)).count();
      long given = images.stream().filter(image -> image.logits[label] > 0).count();
      long correct =
          images.stream().filter(image -> image.has(label) && image.logits[label] > 0).count();
      ClassFigures figures = report.classes().get(c);
      assertEquals(List.of(support, given, correct), counted(figures));
      if (support == 0) {
        assertNull(figures.averagePrecision());
        continue;
      }
      double expected = averagePrecision(images, c);
      assertTrue(expected > 0.3 && expected < 0.99, "a class that says something: " + expected);
      assertEquals(expected, figures.averagePrecision(), 1e-12);
      sum += expected;
    }
    assertEquals(sum / 4, report.meanAveragePrecision(), 1e-12);
    micro(report);
  }

  private static List<Long> counted(ClassFigures figures) {
    return List.of(figures.support(), figures.predicted(), figures.correct());
  }

  private static void micro(EvaluationReport report) {
    double support = report.classes().stream().mapToLong(ClassFigures::support).sum();
    double given = report.classes().stream().mapToLong(ClassFigures::predicted).sum();
    double correct = report.classes().stream().mapToLong(ClassFigures::correct).sum();
    assertEquals(correct / given, report.micro().precision(), 1e-12);
    assertEquals(correct / support, report.micro().recall(), 1e-12);
    double p = correct / given;
    double r = correct / support;
    assertEquals(2 * p * r / (p + r), report.micro().f1(), 1e-12);
  }

  /** By hand: one class ranked right but for one, in six images; two of them tied. */
  @Test
  void rankingByHand() {
    LabelsCounter counter = new LabelsCounter(1);
    float[] logits = {3, 2, 2, 1, -1, -2};
    boolean[] has = {true, false, true, false, true, false};
    for (int i = 0; i < 6; i++) {
      counter.count(new float[] {logits[i]}, has[i] ? new int[] {0} : new int[0]);
    }
    EvaluationReport report = new ImageCounts(null, counter.counts()).report(List.of("a"));
    // 1/1, then 2/3 for the tie, then 3/5
    assertEquals((1 + 2 / 3.0 + 3 / 5.0) / 3, report.classes().get(0).averagePrecision(), 1e-15);
    assertEquals(0.5, report.classes().get(0).precision());
    assertEquals(2 / 3.0, report.classes().get(0).recall().value());
    assertEquals(3 / 6.0, report.accuracy().value());
  }

  @Test
  void partsAddUpInAnyOrder() {
    List<Seen> images = drawn(157);
    LabelsCounts whole = counts(images);
    LabelsCounts some = counts(images.subList(0, 50));
    LabelsCounts others = counts(images.subList(50, 51));
    LabelsCounts rest = counts(images.subList(51, 157));
    LabelsCounts none = counts(List.of());
    assertEquals(whole, some.plus(others).plus(rest));
    assertEquals(whole, rest.plus(some.plus(others)).plus(none));
    ImageCounts sent = new ImageCounts(null, whole);
    assertEquals(sent, Json.read(Json.bytes(sent), ImageCounts.class, "counts"));
    assertThrows(IllegalArgumentException.class, () -> whole.plus(new LabelsCounter(4).counts()));
    assertThrows(
        IllegalArgumentException.class,
        () -> sent.plus(new ImageCounts(new EvaluationCounter(5).counts(), null)));
  }

  @Test
  void probabilitiesSayWhatTheirLogitsDo() {
    List<Seen> images = drawn(99);
    LabelsCounter counter = new LabelsCounter(CLASSES);
    images.forEach(image -> counter.count(Sigmoid.probabilities(image.logits), image.labels));
    EvaluationReport byLogits = report(images);
    EvaluationReport found = new ImageCounts(null, counter.counts()).report(NAMES);
    assertEquals(byLogits.accuracy(), found.accuracy());
    assertEquals(byLogits.loss().value(), found.loss().value(), 1e-12);
    // a logit that is a multiple of a step may come out of its probability in the next one
    assertEquals(byLogits.meanAveragePrecision(), found.meanAveragePrecision(), 0.01);
    counter.count(new double[] {0, 1, 0, 1, 0.5}, new int[] {0});
    assertTrue(counter.counts().loss().mean(100) > 744 / 5 / 100.0); // and finite
  }

  @Test
  void whatIsNoNumberGivesNoLabel() {
    LabelsCounter counter = new LabelsCounter(2);
    counter.count(new float[] {1, -1}, new int[] {0});
    counter.count(new float[] {Float.NaN, -1}, new int[] {0, 1});
    counter.count(new float[] {1, Float.NEGATIVE_INFINITY}, new int[] {0});
    counter.count(new double[] {Double.NaN, Double.NaN}, new int[] {});
    EvaluationReport report = new ImageCounts(null, counter.counts()).report(List.of("a", "b"));
    assertEquals(4, report.samples());
    assertEquals(3, report.nonFinite());
    assertEquals(0.25, report.accuracy().value());
    assertNull(report.loss());
    assertEquals(List.of(3L, 1L, 1L), counted(report.classes().get(0)));
    assertEquals(1 / 3.0, report.classes().get(0).averagePrecision());
    assertEquals(List.of(1L, 0L, 0L), counted(report.classes().get(1)));
    assertEquals(0, report.classes().get(1).averagePrecision());
  }

  @Test
  void aSetWithoutLabelsHasNoAverages() {
    LabelsCounter counter = new LabelsCounter(1);
    counter.count(new float[] {-1}, new int[0]);
    EvaluationReport report = new ImageCounts(null, counter.counts()).report(List.of("a"));
    assertEquals(1, report.accuracy().value());
    assertNull(report.macro());
    assertNull(report.micro());
    assertNull(report.meanAveragePrecision());
    assertTrue(EvaluationTable.lines(report).stream().noneMatch(line -> line.contains("NaN")));
  }

  @Test
  void theTableHasARowForEachClass() {
    List<String> lines = EvaluationTable.lines(report(drawn(301)));
    assertTrue(lines.stream().anyMatch(line -> line.startsWith("mean average precision")));
    assertTrue(lines.stream().anyMatch(line -> line.startsWith("micro average")));
    assertTrue(lines.stream().allMatch(line -> line.length() <= 100), String.join("\n", lines));
  }

  @Test
  void wrongNumbersAreRefused() {
    LabelsCounter counter = new LabelsCounter(2);
    assertThrows(IllegalArgumentException.class, () -> counter.count(new float[3], new int[0]));
    assertThrows(IllegalArgumentException.class, () -> counter.count(new float[2], new int[] {2}));
    assertThrows(
        IllegalArgumentException.class, () -> counter.count(new float[2], new int[] {1, 1}));
    ConvoyException e =
        assertThrows(
            ConvoyException.class,
            () -> new ImageCounts(null, counter.counts()).report(List.of("a", "b")));
    assertEquals(ConvoyException.Kind.DATA, e.kind());
  }
}
