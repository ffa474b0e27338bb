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

/** Cross-entropy whose classes have weights, and focal loss. */
class FocalLossTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final float[] NONE = {};

  private static final Target[] MIXES = {
    new LabelMix(List.of(new Part(4, 0.7f), new Part(12, 0.3f))),
    new LabelMix(List.of(new Part(0, 1))),
    new LabelMix(List.of(new Part(3, 1), new Part(7, 1), new Part(5, 0.5f))), // adds up to 2.5
  };

  private static SoftmaxCrossEntropy loss(float smoothing, float[] weights, float gamma) {
    ClassWeights classWeights = weights.length == 0 ? null : ClassWeights.of(weights);
    return new SoftmaxCrossEntropy(smoothing, classWeights, gamma);
  }

  /** The definition: of each class its weight, its share in the target, its focus, its log. */
  private static double definition(
      double[] z, double[] shares, float smoothing, float[] weights, float gamma) {
    double[] p = LossRig.softmax(z);
    double all = 0;
    for (double share : shares) {
      all += share;
    }
    double loss = 0;
    for (int c = 0; c < z.length; c++) {
      double q = (1.0 - smoothing) * shares[c] + smoothing * all / z.length;
      double weight = weights.length == 0 ? 1 : weights[c];
      loss -= weight * q * StrictMath.pow(1 - p[c], gamma) * StrictMath.log(p[c]);
    }
    return loss;
  }

  @ParameterizedTest
  @CsvSource({
    "3,2,1,0,0",
    "7,10,5,0,2",
    "13,17,3,0.1,0",
    "5,207,2,0.2,0.5",
    "13,17,3,0.1,1",
    "5,13,2,0,5",
  })
  void lossAndGradientAreTheDefinition(
      int samples, int classes, float size, float smoothing, float gamma) {
    int[] labels = LossRig.labels(samples, classes);
    for (float[] weights : List.of(NONE, LossRig.weights(classes))) {
      if (weights.length == 0 && gamma == 0) {
        continue;
      }
      LossRig rig =
          new LossRig(
              loss(smoothing, weights, gamma),
              classes,
              Targets.labels(labels),
              LossRig.uniform(samples * classes, size));
      double weight = 0;
      for (int label : labels) {
        weight += weights.length == 0 ? 1 : weights[label];
      }
      assertEquals(weight, rig.weight(), 1e-6 * weight);
      rig.assertIs(
          (z, n) -> {
            double[] shares = new double[classes];
            shares[labels[n]] = 1;
            return definition(z, shares, smoothing, weights, gamma);
          },
          2e-6);
      rig.checkGradient();
    }
  }

  @ParameterizedTest
  @CsvSource({"0,0", "0.2,0", "0,2", "0.1,1.5"})
  void soItIsOfMixes(float smoothing, float gamma) {
    float[] weights = LossRig.weights(13);
    LossRig rig = new LossRig(loss(smoothing, weights, gamma), 13, MIXES, LossRig.uniform(39, 2));
    double weight =
        0.7 * weights[4]
            + 0.3 * weights[12]
            + weights[0]
            + (weights[3] + weights[7] + 0.5 * weights[5]) / 2.5;
    assertEquals(weight, rig.weight(), 1e-6);
    rig.assertIs(
        (z, n) -> {
          double[] shares = new double[13];
          ((LabelMix) MIXES[n]).parts().forEach(part -> shares[part.label()] = part.weight());
          return definition(z, shares, smoothing, weights, gamma);
        },
        2e-6);
    rig.checkGradient();
  }

  /** The other way to compute it gives the same, but for rounding. */
  @Test
  void weightsOfOneAreNone() {
    float[] ones = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    for (float smoothing : new float[] {0, 0.1f}) {
      for (Target[] targets : List.of(MIXES, Targets.labels(12, 0, 5))) {
        float[] z = LossRig.uniform(39, 4);
        LossRig plain = new LossRig(loss(smoothing, NONE, 0), 13, targets, z);
        LossRig weighted = new LossRig(loss(smoothing, ones, 0), 13, targets, z);
        assertEquals(plain.loss(), weighted.loss(), 1e-5);
        assertEquals(3, plain.weight());
        assertEquals(3, weighted.weight(), 1e-12);
        assertEquals(plain.correct(), weighted.correct());
        for (int i = 0; i < 39; i++) {
          assertEquals(plain.gradient(i / 13, i % 13), weighted.gradient(i / 13, i % 13), 1e-6);
        }
      }
    }
  }

  /** By hand: four equal logits, p = 1/4, focus 2: (3/4)² log 4; slope 9/16 (2/3 log(1/4) - 1). */
  @Test
  void equalLogits() {
    float[] weights = {1, 2, 3, 4};
    LossRig rig = new LossRig(loss(0, weights, 2), 4, Targets.labels(2), new float[4]);
    double slope = 3 * 9 / 16.0 * (-2 / 3.0 * 1.3862943611 - 1);
    assertEquals(3 * 9 / 16.0 * 1.3862943611, rig.loss(), 1e-9);
    assertEquals(3, rig.weight());
    assertEquals(0.75 * slope, rig.gradient(0, 2), 1e-6);
    assertEquals(-0.25 * slope, rig.gradient(0, 0), 1e-6);
  }

  /** Where a sample is almost sure, 1 - p keeps its digits; sure ones cost nothing. */
  @Test
  void almostSure() {
    float[] z = {30, 0, -200};
    LossRig rig = new LossRig(loss(0, NONE, 0.5f), 3, Targets.labels(0), z);
    double others = StrictMath.exp(-30);
    assertEquals(1, rig.loss() / (StrictMath.sqrt(others) * others), 1e-6);
    LossRig sure =
        new LossRig(loss(0, NONE, 0.5f), 3, Targets.labels(0), new float[] {300, 0, -200});
    assertEquals(0, Math.abs(sure.loss()));
    assertEquals(0, Math.abs(sure.gradient(0, 0)));
    assertEquals(0, Math.abs(sure.gradient(0, 1)));
    LossRig wrong = new LossRig(loss(0, NONE, 2), 3, Targets.labels(2), z);
    assertEquals(230, wrong.loss(), 1e-4);
    assertEquals(-1, wrong.gradient(0, 2), 1e-6);
    assertEquals(1, wrong.gradient(0, 0), 1e-6);
  }

  /** A class of weight 0 costs nothing, and has no part in the mean. */
  @Test
  void aClassOfNoWeight() {
    float[] weights = {0, 2, 1};
    LossRig rig = new LossRig(loss(0, weights, 0), 3, Targets.labels(0, 0), LossRig.uniform(6, 3));
    assertEquals(0, rig.loss());
    assertEquals(0, rig.weight());
    for (int i = 0; i < 6; i++) {
      assertEquals(0, rig.gradient(i / 3, i % 3));
    }
  }

  @Test
  void anOutputThatIsNoNumberShows() {
    LossRig.assertShows(
        loss(0.1f, LossRig.weights(3), 2),
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY);
  }

  @Test
  void rulesAreTold() {
    for (float gamma : new float[] {-0.1f, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertMessage(
          "softmaxCrossEntropy: focalGamma must be at least 0; got " + gamma,
          () -> loss(0, NONE, gamma));
    }
    SoftmaxCrossEntropy three = loss(0, new float[] {1, 2, 3}, 0);
    assertMessage(
        "softmaxCrossEntropy: classWeights must have one weight a class; got 3 for 5 classes",
        () -> three.criterion(Shape.of(5)));
    assertMessage(
        "softmaxCrossEntropy takes a vector of one logit a class; the output is 2x2x3",
        () -> three.requireFits(Shape.of(2, 2, 3)));
    Target[] dense = {new DenseTarget(Shape.of(3), new float[3])};
    assertMessage(
        "softmaxCrossEntropy takes labels; sample 0 of the shard has a target dense 3",
        () -> new LossRig(three, 3, dense, new float[3]));
  }

  private static void assertMessage(String message, Runnable refused) {
    assertEquals(message, assertThrows(ConvoyException.class, refused::run).getMessage());
  }

  @Test
  void jsonRoundTrip() throws Exception {
    for (String text :
        new String[] {
          "{\"type\":\"softmaxCrossEntropy\",\"labelSmoothing\":0.0,\"focalGamma\":2.0}",
          "{\"type\":\"softmaxCrossEntropy\",\"labelSmoothing\":0.1,\"classWeights\":[1.0,2.5]}",
          "{\"type\":\"softmaxCrossEntropy\",\"labelSmoothing\":0.0,\"classWeights\":\"balanced\","
              + "\"focalGamma\":0.5}"
        }) {
      Loss loss = JSON.readValue(text, Loss.class);
      assertEquals(text, JSON.writeValueAsString(loss));
      assertEquals(loss, JSON.readValue(JSON.writeValueAsBytes(loss), Loss.class));
    }
  }
}
