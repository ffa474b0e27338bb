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

class BinaryCrossEntropyTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The definition, by probabilities. */
  private static double definition(
      double[] z, double[] target, double smoothing, float[] positiveWeights) {
    double loss = 0;
    for (int c = 0; c < z.length; c++) {
      double y = (1 - smoothing) * target[c] + smoothing / z.length;
      double positive = 1 / (1 + StrictMath.exp(-z[c]));
      double negative = 1 / (1 + StrictMath.exp(z[c]));
      loss -= positiveWeights[c] * y * StrictMath.log(positive);
      loss -= (1 - y) * StrictMath.log(negative);
    }
    return loss / z.length;
  }

  private static float[] ones(int classes) {
    return ClassWeights.array(null, classes);
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,0", "3,2,1,0.5", "7,10,5,0", "13,17,20,0.1", "5,207,3,0"})
  void lossAndGradientAreTheDefinition(int samples, int classes, float size, float smoothing) {
    int[] labels = LossRig.labels(samples, classes);
    float[] z = LossRig.uniform(samples * classes, size);
    for (boolean weighted : new boolean[] {false, true}) {
      float[] weights = weighted ? LossRig.weights(classes) : ones(classes);
      LossRig rig =
          new LossRig(
              new BinaryCrossEntropy(smoothing, weighted ? ClassWeights.of(weights) : null),
              classes,
              Targets.labels(labels),
              z);
      rig.assertIs(
          (of, n) -> {
            double[] target = new double[classes];
            target[labels[n]] = 1;
            return definition(of, target, smoothing, weights);
          },
          2e-6);
      rig.checkGradient();
      assertEquals(samples, rig.weight());
    }
  }

  /** Several labels: as a mix whose parts weigh 1, and as numbers; mixtures; other numbers. */
  @Test
  void severalLabelsAndSoftTargets() {
    float[][] numbers = {
      {1, 0, 1, 0, 0}, {0.3f, 0, 0, 0, 0.7f}, {0, 0, 0, 0, 0}, {0.2f, 1, 0.5f, 0, 1}
    };
    Target[] dense = new Target[numbers.length];
    for (int n = 0; n < numbers.length; n++) {
      dense[n] = new DenseTarget(Shape.of(5), numbers[n]);
    }
    float[] weights = LossRig.weights(5);
    BinaryCrossEntropy loss = new BinaryCrossEntropy(0.1f, ClassWeights.of(weights));
    float[] z = LossRig.uniform(20, 3);
    LossRig rig = new LossRig(loss, 5, dense, z);
    rig.assertIs(
        (of, n) -> {
          double[] target = new double[5];
          for (int c = 0; c < 5; c++) {
            target[c] = numbers[n][c];
          }
          return definition(of, target, 0.1f, weights);
        },
        2e-6);
    rig.checkGradient();
    assertEquals(4, rig.weight());
    assertEquals(0, rig.correct(), "numbers have no class");
    Target[] mixes = {
      new LabelMix(List.of(new Part(0, 1), new Part(2, 1))),
      new LabelMix(List.of(new Part(4, 0.7f), new Part(0, 0.3f)))
    };
    LossRig mixed = new LossRig(loss, 5, mixes, z);
    for (int i = 0; i < 10; i++) {
      assertEquals(rig.gradient(i / 5, i % 5), mixed.gradient(i / 5, i % 5));
    }
  }

  /** A sample is right where the outputs above 0 are those of its labels, all of them. */
  @Test
  void severalLabelsAreRightTogether() {
    Target[] targets = {
      LabelMix.ofLabels(0, 2),
      LabelMix.ofLabels(0),
      LabelMix.ofLabels(0, 1, 2),
      LabelMix.ofLabels(),
      LabelMix.ofLabels(),
      LabelMix.of(LabelMix.ofLabels(0, 1), 0.75f, LabelMix.ofLabels(0, 2)) // mixed: 1, 0.75, 0.25
    };
    float[] z = {1, -1, 2, 1, -1, 2, 1, -1, 2, -1, -3, 0, -1, -3, 1, 2, 1, -1};
    LossRig rig = new LossRig(BinaryCrossEntropy.PLAIN, 3, targets, z);
    assertEquals(3, rig.correct()); // the first, the fourth and the last
    double[][] numbers = {{1, 0, 1}, {1, 0, 0}, {1, 1, 1}, {0, 0, 0}, {0, 0, 0}, {1, 0.75, 0.25}};
    rig.assertIs((of, n) -> definition(of, numbers[n], 0, ones(3)), 2e-6);
    assertEquals(6, rig.weight());
  }

  /** Far from 0 nothing is lost or infinite: log(1 + exp(-100)) and 100. */
  @Test
  void sureOutputs() {
    float[] z = {80, -80};
    LossRig right = new LossRig(new BinaryCrossEntropy(0, null), 2, Targets.labels(0), z);
    assertEquals(1, right.loss() / StrictMath.exp(-80), 1e-6);
    assertEquals(1, right.correct());
    LossRig wrong = new LossRig(new BinaryCrossEntropy(0, null), 2, Targets.labels(1), z);
    assertEquals(80, wrong.loss());
    assertEquals(0.5f, wrong.gradient(0, 0));
    assertEquals(-0.5f, wrong.gradient(0, 1));
  }

  @Test
  void anOutputThatIsNoNumberShows() {
    LossRig.assertShows(
        new BinaryCrossEntropy(0, null),
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY);
  }

  @Test
  void rulesAreTold() {
    for (float smoothing : new float[] {-0.1f, 1, Float.NaN}) {
      assertMessage(
          "binaryCrossEntropy: labelSmoothing must lie in [0, 1); got " + smoothing,
          () -> new BinaryCrossEntropy(smoothing, null));
    }
    BinaryCrossEntropy two = new BinaryCrossEntropy(0, ClassWeights.of(1, 2));
    assertMessage(
        "binaryCrossEntropy: positiveWeights must have one weight a class; got 2 for 3 classes",
        () -> two.criterion(Shape.of(3)));
    assertMessage(
        "binaryCrossEntropy takes a vector of one logit a class; the output is 2x2x3",
        () -> two.requireFits(Shape.of(2, 2, 3)));
    Target[] dense = {new DenseTarget(Shape.of(3), new float[3])};
    assertMessage(
        "binaryCrossEntropy takes labels, or one number an output, here 2; sample 0 of the shard"
            + " has a target dense 3",
        () -> new LossRig(two, 2, dense, new float[2]));
  }

  private static void assertMessage(String message, Runnable refused) {
    assertEquals(message, assertThrows(ConvoyException.class, refused::run).getMessage());
  }

  @Test
  void jsonRoundTrip() throws Exception {
    for (String text :
        new String[] {
          "{\"type\":\"binaryCrossEntropy\",\"labelSmoothing\":0.1}",
          "{\"type\":\"binaryCrossEntropy\",\"labelSmoothing\":0.0,\"positiveWeights\":[1.0,3.5]}"
        }) {
      assertEquals(text, JSON.writeValueAsString(JSON.readValue(text, Loss.class)));
    }
    assertEquals(
        new BinaryCrossEntropy(0, null),
        JSON.readValue("{\"type\":\"binaryCrossEntropy\"}", Loss.class));
  }
}
