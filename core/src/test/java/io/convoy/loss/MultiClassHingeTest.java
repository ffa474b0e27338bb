package io.convoy.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.convoy.error.ConvoyException;
import io.convoy.targets.DenseTarget;
import io.convoy.targets.LabelMix;
import io.convoy.targets.LabelMix.Part;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MultiClassHingeTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static double definition(double[] z, int label, double margin, boolean squared) {
    double loss = 0;
    for (int c = 0; c < z.length; c++) {
      double term = c == label ? 0 : Math.max(0, margin - z[label] + z[c]);
      loss += squared ? term * term : term;
    }
    return loss;
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,false", "3,2,1,true", "7,10,1,false", "13,17,0.5,true", "5,207,3,false"})
  void lossAndGradientAreTheDefinition(int samples, int classes, float margin, boolean squared) {
    int[] labels = LossRig.labels(samples, classes);
    float[] weights = LossRig.weights(classes);
    Target[] targets = Targets.labels(labels);
    float[] z = LossRig.uniform(samples * classes, 3);
    LossRig plain = new LossRig(new MultiClassHinge(margin, squared, null), classes, targets, z);
    plain.assertIs((of, n) -> definition(of, labels[n], margin, squared), 1e-6);
    assertEquals(samples, plain.weight());
    LossRig weighted =
        new LossRig(
            new MultiClassHinge(margin, squared, ClassWeights.of(weights)), classes, targets, z);
    weighted.assertIs(
        (of, n) -> weights[labels[n]] * definition(of, labels[n], margin, squared), 1e-6);
    double weight = 0;
    for (int label : labels) {
      weight += weights[label];
    }
    assertEquals(weight, weighted.weight(), 1e-9);
  }

  /** Outputs a quarter apart and a margin of 9/8: no difference step crosses a kink. */
  @ParameterizedTest
  @CsvSource({"false", "true"})
  void theGradientIsThatOfCentralDifferences(boolean squared) {
    Target[] targets = Targets.labels(LossRig.labels(7, 13));
    new LossRig(
            new MultiClassHinge(1.125f, squared, ClassWeights.of(LossRig.weights(13))),
            13,
            targets,
            LossRig.quarters(7 * 13))
        .checkGradient();
  }

  /** By hand: margins 1 - 3 + 2 = 0 and 1 - 3 + 4.5 = 2.5; as in the notes of CS231n. */
  @Test
  void byHand() {
    float[] z = {2, 3, 4.5f};
    LossRig plain = new LossRig(MultiClassHinge.PLAIN, 3, Targets.labels(1), z);
    assertEquals(2.5, plain.loss());
    assertGradient(plain, 0, -1, 1);
    LossRig squared = new LossRig(new MultiClassHinge(1, true, null), 3, Targets.labels(1), z);
    assertEquals(6.25, squared.loss());
    assertGradient(squared, 0, -5, 5);
    assertEquals(0, plain.correct());
  }

  private static void assertGradient(LossRig rig, float... expected) {
    for (int c = 0; c < expected.length; c++) {
      assertEquals(expected[c], rig.gradient(0, c));
    }
  }

  @Test
  void aMixIsTheWeightedSumOfItsParts() {
    Target[] mixes = {
      new LabelMix(List.of(new Part(4, 0.75f), new Part(12, 0.25f))),
      new LabelMix(List.of(new Part(3, 1), new Part(7, 1)))
    };
    float[] weights = LossRig.weights(13);
    LossRig rig =
        new LossRig(
            new MultiClassHinge(1, true, ClassWeights.of(weights)),
            13,
            mixes,
            LossRig.uniform(26, 2));
    rig.assertIs(
        (z, n) ->
            ((LabelMix) mixes[n])
                .parts().stream()
                    .mapToDouble(
                        part ->
                            part.weight()
                                * weights[part.label()]
                                * definition(z, part.label(), 1, true))
                    .sum(),
        1e-6);
    assertEquals(
        0.75 * weights[4] + 0.25 * weights[12] + (weights[3] + weights[7]) / 2, rig.weight(), 1e-6);
  }

  @Test
  void anOutputThatIsNoNumberShows() {
    LossRig.assertShows(
        MultiClassHinge.PLAIN, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
  }

  @Test
  void rulesAreTold() {
    for (float margin : new float[] {0, -1, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertMessage(
          "multiClassHinge: margin must be above 0; got " + margin,
          () -> new MultiClassHinge(margin, false, null));
    }
    MultiClassHinge two = new MultiClassHinge(1, false, ClassWeights.of(1, 2));
    assertMessage(
        "multiClassHinge: classWeights must have one weight a class; got 2 for 3 classes",
        () -> two.criterion(Shape.of(3)));
    assertMessage(
        "multiClassHinge takes a vector of one logit a class; the output is 2x2x3",
        () -> two.requireFits(Shape.of(2, 2, 3)));
    Target[] dense = {new DenseTarget(Shape.of(2), new float[2])};
    assertMessage(
        "multiClassHinge takes labels; sample 0 of the shard has a target dense 2",
        () -> new LossRig(two, 2, dense, new float[2]));
  }

  private static void assertMessage(String message, Runnable refused) {
    assertEquals(message, assertThrows(ConvoyException.class, refused::run).getMessage());
  }

  @Test
  void jsonRoundTrip() throws Exception {
    for (String text :
        new String[] {
          "{\"type\":\"multiClassHinge\",\"margin\":1.0,\"squared\":false}",
          "{\"type\":\"multiClassHinge\",\"margin\":0.5,\"squared\":true,"
              + "\"classWeights\":\"balanced\"}"
        }) {
      assertEquals(text, JSON.writeValueAsString(JSON.readValue(text, Loss.class)));
    }
    assertEquals(
        MultiClassHinge.PLAIN, JSON.readValue("{\"type\":\"multiClassHinge\"}", Loss.class));
  }
}
