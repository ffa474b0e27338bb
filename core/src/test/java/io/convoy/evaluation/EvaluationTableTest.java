package io.convoy.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.text.DisplayText;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationTableTest {
  private static final String WHOLE =
      """
                             value     95 % interval
        --------------------------------------------
        images               1,202
        accuracy           74.88 %  72.35 to 77.25 %
        calibration error   3.78 %

        images whose loss is no finite number: 1. They count as mistakes without a prediction;
        there is no mean loss, and they have no part in confusions and calibration

        Classes

        class             precision   recall      its interval       F1  images  predicted
        ----------------------------------------------------------------------------------
        cat                  0.00 %   0.00 %    0.00 to 1.26 %   0.00 %     300          1
        猫                  75.00 %  99.78 %  99.20 to 99.94 %  85.63 %     902      1,200
        der?Hund                  -        -                          -       0          0
        ----------------------------------------------------------------------------------
        macro average       37.50 %  49.89 %                    42.82 %
        weighted average    56.28 %  74.88 %                    64.26 %

        Confusion matrix: rows are true classes, columns are predictions

                       0   1   2
        ------------------------
        0  cat         . 300   .
        1  猫          1 900   .
        2  der?Hund    .   .   .

        Calibration: images by the probability of the predicted class

           probability  images  mean probability  accuracy  too confident by
        --------------------------------------------------------------------
        0.733 to 0.800   1,200           78.70 %   75.00 %            3.70 %
        0.933 to 1.000       1           98.67 %    0.00 %           98.67 %

        The most confident mistakes

        probability  predicted  true class  image  path
        ---------------------------------------------------------
           98.670 %  cat        猫           1200  /data/1200.jpg
           78.699 %  猫         cat             0  -
           78.699 %  猫         cat             4  /data/4.jpg
           78.699 %  猫         cat             8  /data/8.jpg
        """;

  private static List<String> lines(Scores scores) {
    return EvaluationTable.lines(scores.report());
  }

  @Test
  void theWholeTableIsThis() {
    EvaluationCounter counter = new EvaluationCounter(3, 4);
    for (int n = 0; n < 1200; n++) {
      counter.count(n, new float[] {0, 2, 0}, n % 4 == 0 ? 0 : 1);
    }
    counter.count(1200, new float[] {5, 0, 0}, 1);
    counter.count(1201, new float[] {5, 0, Float.NaN}, 1);
    EvaluationReport report =
        EvaluationReport.of(counter.counts(), List.of("cat", "猫", "der\nHund"))
            .withPaths(n -> n == 0 ? null : "/data/%s.jpg".formatted(n));
    String lines = String.join("\n", EvaluationTable.lines(report));
    assertEquals(WHOLE, lines + "\n");
  }

  /** Names that are long, in letters of double width too, with counts of four digits. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 6, 19, 20, 21, 100, 101, 1000})
  void aLineFitsIntoAHundredColumns(int classes) {
    EvaluationCounter counter = new EvaluationCounter(classes);
    Scores scores = Scores.of(classes, 30_000 / classes + 500, classes).spoilt();
    for (int n = 0; n < scores.samples(); n++) {
      counter.count(1_000_000 + n, scores.logits()[n], scores.labels()[n]);
    }
    List<String> names =
        IntStream.range(0, classes).mapToObj(c -> "猫".repeat(c % 40) + " Größe " + c).toList();
    List<String> lines = EvaluationTable.lines(EvaluationReport.of(counter.counts(), names));
    for (String line : lines) {
      assertTrue(DisplayText.width(line) <= 100, line);
      assertEquals(line.stripTrailing(), line);
    }
  }

  @Test
  void upToTwentyClassesHaveAMatrix() {
    assertTrue(
        lines(Scores.of(1, 900, 20)).stream().anyMatch(l -> l.startsWith("Confusion matrix")));
    List<String> more = lines(Scores.of(1, 900, 21));
    assertFalse(more.stream().anyMatch(line -> line.startsWith("Confusion matrix")));
    int title = more.indexOf("The most frequent confusions");
    assertEquals("", more.get(title + 4 + ConfusionTable.FREQUENT));
  }

  /** A matrix of large counts would not fit. */
  @Test
  void aMatrixThatIsTooWideGivesWayToFrequentConfusions() {
    EvaluationCounter counter = new EvaluationCounter(20);
    EvaluationCounts counts = counter.counts();
    float[] logits = new float[20];
    logits[7] = 1;
    counter.count(0, logits, 3);
    EvaluationCounts some = counter.counts();
    for (int i = 0; i < 17; i++) {
      some = some.plus(some);
    }
    List<String> lines =
        EvaluationTable.lines(EvaluationReport.of(counts.plus(some), Scores.names(20)));
    int title = lines.indexOf("The most frequent confusions");
    assertEquals("class 3     class 7    131,072        100.00 %", lines.get(title + 4));
  }

  @Test
  void ofManyClassesTheWorstAreShown() {
    List<String> hundred = lines(Scores.of(1, 900, 100));
    assertTrue(hundred.contains("Classes"));
    Scores scores = Scores.of(1, 5000, 101);
    List<String> lines = lines(scores);
    int title = lines.indexOf("The 50 of 101 classes with the lowest F1");
    List<ClassFigures> worst =
        scores.report().classes().stream()
            .sorted((a, b) -> Double.compare(a.f1(), b.f1()))
            .limit(50)
            .toList();
    for (int i = 0; i < 50; i++) {
      assertTrue(lines.get(title + 4 + i).startsWith(worst.get(i).name() + " "));
    }
    assertTrue(lines.get(title + 4 + 51).startsWith("macro average"));
  }

  @Test
  void withoutAPredictionThereAreFiguresStill() {
    EvaluationCounter counter = new EvaluationCounter(2);
    counter.count(0, new float[] {Float.NaN, 0}, 0);
    List<String> lines =
        EvaluationTable.lines(EvaluationReport.of(counter.counts(), List.of("a", "b")));
    assertTrue(lines.contains("accuracy  0.00 %  0.00 to 79.35 %"), lines::toString);
    assertTrue(
        lines.contains(
            "b                         -       -                        -       0          0"),
        lines::toString);
  }
}
