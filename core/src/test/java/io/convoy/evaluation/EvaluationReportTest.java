package io.convoy.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationReportTest {
  /** Of predictions alone: each is sure by the logit 1. */
  private static EvaluationReport report(int classes, int[] labels, int[] predictions) {
    EvaluationCounter counter = new EvaluationCounter(classes);
    for (int n = 0; n < labels.length; n++) {
      float[] logits = new float[classes];
      logits[predictions[n]] = 1;
      counter.count(n, logits, labels[n]);
    }
    return EvaluationReport.of(counter.counts(), Scores.names(classes));
  }

  /** The example of scikit-learn's classification_report, and the figures that it prints. */
  @Test
  void figuresAreThoseOfScikitLearn() {
    EvaluationReport report = report(3, new int[] {0, 1, 2, 2, 2}, new int[] {0, 0, 2, 2, 1});
    assertClass(report, 0, 0.50, 1.00, 0.67, 1);
    assertClass(report, 1, 0.00, 0.00, 0.00, 1);
    assertClass(report, 2, 1.00, 0.67, 0.80, 3);
    assertEquals(0.60, report.accuracy().value(), 1e-12);
    assertAverages(report.macro(), 0.50, 0.56, 0.49);
    assertAverages(report.weighted(), 0.70, 0.60, 0.61);
    assertEquals("[[0,0,1],[1,0,1],[2,1,1],[2,2,2]]", Json.text(report.confusion()));
    assertNull(report.topFive());
  }

  private static void assertClass(
      EvaluationReport report, int label, double precision, double recall, double f1, int support) {
    ClassFigures figures = report.classes().get(label);
    assertEquals(precision, figures.precision(), 0.005);
    assertEquals(recall, figures.recall().value(), 0.005);
    assertEquals(f1, figures.f1(), 0.005);
    assertEquals(support, figures.support());
  }

  private static void assertAverages(
      Averages averages, double precision, double recall, double f1) {
    assertEquals(precision, averages.precision(), 0.005);
    assertEquals(recall, averages.recall(), 0.005);
    assertEquals(f1, averages.f1(), 0.005);
  }

  /** Class 0 is never predicted, class 2 never there, class 3 neither. */
  @Test
  void whatIsUndefinedIsAbsent() {
    EvaluationReport report = report(4, new int[] {0, 1, 1, 1}, new int[] {1, 1, 1, 2});
    assertEquals(
        List.of(
            new ClassFigures("class 0", 1, 0, 0, 0, null, Estimate.share(0, 1), 0.0),
            new ClassFigures("class 1", 3, 3, 2, 0, 2 / 3.0, Estimate.share(2, 3), 4 / 6.0),
            new ClassFigures("class 2", 0, 1, 0, 0, 0.0, null, 0.0),
            new ClassFigures("class 3", 0, 0, 0, 0, null, null, null)),
        report.classes());
    assertAverages(report.macro(), 1 / 3.0, 1 / 3.0, 1 / 3.0); // of the two with support
    assertAverages(report.weighted(), 0.5, 0.5, 0.5);
    assertEquals(
        "{\"name\":\"class 3\",\"support\":0,\"predicted\":0,\"correct\":0,\"nonFinite\":0}",
        Json.text(report.classes().get(3)));
  }

  /** Newcombe 1998, table I, method 3; and Wilson's formula in numpy where the share is 0 or 1. */
  @ParameterizedTest
  @CsvSource({
    "81, 263, 0.2553, 0.3662",
    "15, 148, 0.0624, 0.1605",
    "0, 20, 0.0000, 0.1611",
    "1, 29, 0.0061, 0.1718",
    "0, 1, 0.0000, 0.7935",
    "1, 1, 0.2065, 1.0000",
    "1073741824, 2147483647, 0.49998, 0.50002",
    "0, 2147483647, 0, 0",
    "2147483647, 2147483647, 1, 1"
  })
  void intervalsOfSharesAreWilsons(int some, int all, double lower, double upper) {
    Estimate share = Estimate.share(some, all);
    assertEquals((double) some / all, share.value());
    assertEquals(lower, share.lower(), 0.00005);
    assertEquals(upper, share.upper(), 0.00005);
  }

  /** Numpy's figures of losses 0.1, 0.2, 0.7, 2.0 and 1.5. */
  @Test
  void theIntervalOfTheLossIsTheNormalApproximation() {
    LossSums sums = LossSums.ZERO;
    for (double loss : new double[] {0.1, 0.2, 0.7, 2.0, 1.5}) {
      sums = sums.plus(LossSums.of(loss));
    }
    Estimate loss = Estimate.mean(sums, 5);
    assertEquals(0.9, loss.value(), 1e-15);
    assertEquals(0.8276472678623424, sums.deviation(5), 1e-15);
    assertEquals(0.1745485140720332, loss.lower(), 1e-8);
    assertEquals(1.6254514859279667, loss.upper(), 1e-8);
    assertNull(Estimate.mean(LossSums.of(0.5), 1).lower());
    assertEquals("{\"value\":0.5}", Json.text(Estimate.mean(LossSums.of(0.5), 1)));
  }

  /** All that depends on probabilities, by plain loops over the samples. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 6, 13, 207})
  void figuresAreThoseOfTheDefinitions(int classes) {
    Scores scores = Scores.of(11, 600, classes);
    EvaluationReport report = scores.report();
    int topFive = 0;
    double loss = 0;
    double[] gaps = new double[15];
    List<Mistake> mistakes = new ArrayList<>();
    for (int n = 0; n < 600; n++) {
      float[] z = scores.logits()[n];
      int label = scores.labels()[n];
      double[] p = softmax(z);
      List<Integer> order =
          IntStream.range(0, classes)
              .boxed()
              .sorted(
                  Comparator.comparingDouble((Integer c) -> -z[c])) // stable: the first of equal
              .toList();
      int best = order.get(0);
      topFive += order.indexOf(label) < 5 ? 1 : 0;
      loss -= Math.log(p[label]) / 600;
      gaps[bin(p[best])] += (best == label ? 1 : 0) - p[best];
      if (best != label) {
        mistakes.add(new Mistake(n, null, "class " + label, "class " + best, p[best]));
      }
    }
    mistakes.sort(Comparator.comparingDouble(mistake -> -mistake.probability()));
    assertEquals(1 - mistakes.size() / 600.0, report.accuracy().value(), 1e-12);
    assertEquals(loss, report.loss().value(), 1e-12);
    double error = Arrays.stream(gaps).map(Math::abs).sum() / 600;
    assertEquals(error, report.calibration().expectedError(), 1e-9);
    if (classes > 5) {
      assertEquals(topFive / 600.0, report.topFive().value());
    } else {
      assertNull(report.topFive());
    }
    assertMistakes(mistakes, report.mistakes());
  }

  private static void assertMistakes(List<Mistake> expected, List<Mistake> found) {
    assertEquals(Math.min(10, expected.size()), found.size());
    for (int i = 0; i < found.size(); i++) {
      assertEquals(expected.get(i).probability(), found.get(i).probability(), 1e-12);
      Mistake mistake = found.get(i);
      Mistake same =
          expected.stream().filter(m -> m.sample() == mistake.sample()).findFirst().orElseThrow();
      assertEquals(same.label(), mistake.label());
      assertEquals(same.predicted(), mistake.predicted());
    }
  }

  private static double[] softmax(float[] z) {
    double[] p = new double[z.length];
    double sum = 0;
    for (float logit : z) {
      sum += Math.exp(logit);
    }
    for (int c = 0; c < z.length; c++) {
      p[c] = Math.exp(z[c]) / sum;
    }
    return p;
  }

  /** The bin whose bounds hold the probability. */
  private static int bin(double probability) {
    int m = 0;
    while (probability > (m + 1) / 15.0 + 1e-12) {
      m++;
    }
    return m;
  }

  /** Four images at 0.9, of which three are right, and four at 0.5, of which one is. */
  @Test
  void binsTellHowSureAndHowRight() {
    EvaluationCounter counter = new EvaluationCounter(2);
    float sure = (float) Math.log(9); // 0.9 against 0.1
    for (int n = 0; n < 4; n++) {
      counter.count(n, new float[] {sure, 0}, n == 0 ? 1 : 0);
      counter.count(4 + n, new float[] {0, 0}, n == 0 ? 0 : 1);
    }
    Calibration calibration =
        EvaluationReport.of(counter.counts(), List.of("a", "b")).calibration();
    Calibration.Bin half = calibration.bins().get(7);
    assertEquals(new Calibration.Bin(7 / 15.0, 8 / 15.0, 4, 0.5, 0.25), half);
    Calibration.Bin most = calibration.bins().get(13);
    assertEquals(4, most.images());
    assertEquals(0.9, most.confidence(), 1e-7);
    assertEquals(0.75, most.accuracy());
    assertEquals(0.5 * 0.25 + 0.5 * 0.15, calibration.expectedError(), 1e-7);
    assertEquals(8, calibration.bins().stream().mapToLong(Calibration.Bin::images).sum());
    assertEquals(new Calibration.Bin(0, 1 / 15.0, 0, null, null), calibration.bins().get(0));
  }

  @Test
  void ofEquallyConfidentMistakesTheFirstCount() {
    EvaluationCounter counter = new EvaluationCounter(3, 3);
    for (int sample : new int[] {9, 4, 7, 2, 8}) {
      counter.count(sample, new float[] {1, 0, 0}, 1);
    }
    counter.count(30, new float[] {2, 0, 0}, 2);
    counter.count(1, new float[] {0, 0, 0}, 2);
    EvaluationReport report =
        EvaluationReport.of(counter.counts(), List.of("x", "y", "z"))
            .withPaths(sample -> sample == 4 ? null : "/data/%s.jpg".formatted(sample));
    assertEquals(List.of(30, 2, 4), report.mistakes().stream().map(Mistake::sample).toList());
    assertEquals("/data/30.jpg", report.mistakes().get(0).path());
    assertNull(report.mistakes().get(2).path());
    assertEquals("z", report.mistakes().get(0).label());
    assertEquals("x", report.mistakes().get(0).predicted());
  }

  @Test
  void whatIsNoFiniteNumberIsAMistakeAndTold() {
    EvaluationCounter counter = new EvaluationCounter(2);
    counter.count(0, new float[] {1, 0}, 0);
    counter.count(1, new float[] {1, Float.NaN}, 0);
    counter.count(2, new float[] {Float.NaN, 1}, 1);
    EvaluationReport report = EvaluationReport.of(counter.counts(), List.of("a", "b"));
    assertEquals(3, report.samples());
    assertEquals(2, report.nonFinite());
    assertEquals(1 / 3.0, report.accuracy().value());
    assertNull(report.loss());
    ClassFigures a = report.classes().get(0);
    assertEquals(new ClassFigures("a", 2, 1, 1, 1, 1.0, Estimate.share(1, 2), 2 / 3.0), a);
    assertEquals(1, report.calibration().bins().stream().mapToLong(Calibration.Bin::images).sum());

    EvaluationCounter none = new EvaluationCounter(6);
    none.count(0, new float[] {Float.NaN, 0, 0, 0, 0, 0}, 0);
    EvaluationReport noneReport = EvaluationReport.of(none.counts(), Scores.names(6));
    assertNull(noneReport.calibration());
    assertEquals(0, noneReport.accuracy().value());
    assertEquals(0, noneReport.topFive().value());
    assertEquals(new Averages(0, 0, 0), noneReport.macro());
  }

  @Test
  void oneClassIsAlwaysRight() {
    EvaluationReport report = report(1, new int[4], new int[4]);
    assertEquals(1, report.accuracy().value());
    assertEquals(0, report.loss().value());
    assertEquals(0, report.calibration().expectedError());
    assertEquals(new Averages(1, 1, 1), report.macro());
  }

  @Test
  void theFileHoldsTheReport() {
    for (Scores scores : List.of(Scores.of(1, 300, 7), Scores.of(2, 300, 4).spoilt())) {
      EvaluationReport report = scores.report().withPaths(sample -> sample + ".png");
      byte[] file = Json.lines(report);
      assertEquals(report, Json.readFile(file, EvaluationReport.class, "evaluation.json"));
    }
  }

  @Test
  void withoutAnImageThereAreNoFigures() {
    EvaluationCounts none = new EvaluationCounter(2).counts();
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> EvaluationReport.of(none, List.of("a", "b")));
    assertEquals(
        "no image to evaluate: figures are of one at least; name a set that has images",
        error.getMessage());
    String told =
        assertThrows(IllegalArgumentException.class, () -> EvaluationReport.of(none, List.of("a")))
            .getMessage();
    assertEquals("1 names, for 2 classes", told);
  }
}
