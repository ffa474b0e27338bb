package io.convoy.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.convoy.error.ConvoyException;
import io.convoy.reference.Numbers;
import io.convoy.targets.DenseTarget;
import io.convoy.targets.LabelMix;
import io.convoy.targets.LabelMix.Part;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mean squared error and Huber's loss. */
class RegressionLossTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Loss SQUARED = new MeanSquaredError();

  private static double squared(double[] z, double[] target) {
    double sum = 0;
    for (int c = 0; c < z.length; c++) {
      sum += (z[c] - target[c]) * (z[c] - target[c]);
    }
    return sum / z.length;
  }

  private static double huber(double[] z, double[] target, double delta) {
    double sum = 0;
    for (int c = 0; c < z.length; c++) {
      double off = Math.abs(z[c] - target[c]);
      sum += off < delta ? off * off / 2 : delta * off - delta * delta / 2;
    }
    return sum / z.length;
  }

  private static double[] oneHot(int classes, int label) {
    double[] target = new double[classes];
    target[label] = 1;
    return target;
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "3,2,0.5", "7,10,2", "13,17,1", "5,207,0.25"})
  void lossAndGradientAreTheDefinition(int samples, int classes, float delta) {
    int[] labels = LossRig.labels(samples, classes);
    Target[] targets = Targets.labels(labels);
    float[] z = LossRig.uniform(samples * classes, 3);
    LossRig mean = new LossRig(SQUARED, classes, targets, z);
    mean.assertIs((of, n) -> squared(of, oneHot(classes, labels[n])), 1e-6);
    assertEquals(samples, mean.weight());
    LossRig robust = new LossRig(new Huber(delta), classes, targets, z);
    robust.assertIs((of, n) -> huber(of, oneHot(classes, labels[n]), delta), 1e-6);
    assertEquals(samples, robust.weight());
  }

  /** Distances are odd multiples of an eighth, the threshold is 1: no step crosses it. */
  @Test
  void theGradientIsThatOfCentralDifferences() {
    Target[] targets = Targets.labels(LossRig.labels(7, 13));
    float[] z = LossRig.quarters(7 * 13);
    new LossRig(SQUARED, 13, targets, z).checkGradient();
    new LossRig(new Huber(1), 13, targets, z).checkGradient();
  }

  /** By hand: distances 0.5, -2 and 1 from one, zero and zero. */
  @Test
  void byHand() {
    float[] z = {1.5f, -2, 1};
    LossRig mean = new LossRig(SQUARED, 3, Targets.labels(0), z);
    assertEquals(5.25 / 3, mean.loss());
    assertGradient(mean, 1 / 3f, -4 / 3f, 2 / 3f);
    assertEquals(1, mean.correct());
    LossRig robust = new LossRig(new Huber(1), 3, Targets.labels(0), z);
    assertEquals((0.125 + 1.5 + 0.5) / 3, robust.loss());
    assertGradient(robust, 0.5f / 3, -1 / 3f, 1 / 3f);
  }

  private static void assertGradient(LossRig rig, float... expected) {
    for (int c = 0; c < expected.length; c++) {
      assertEquals(expected[c], rig.gradient(0, c));
    }
  }

  @Test
  void numbersAndMixes() {
    float[] numbers = Numbers.array(9, 5);
    Target[] targets = {
      new DenseTarget(Shape.of(5), numbers),
      new LabelMix(List.of(new Part(4, 0.75f), new Part(1, 0.25f)))
    };
    double[][] wanted = {new double[5], {0, 0.25, 0, 0, 0.75}};
    for (int c = 0; c < 5; c++) {
      wanted[0][c] = numbers[c];
    }
    float[] z = LossRig.uniform(10, 2);
    new LossRig(SQUARED, 5, targets, z).assertIs((of, n) -> squared(of, wanted[n]), 1e-6);
    new LossRig(new Huber(0.5f), 5, targets, z)
        .assertIs((of, n) -> huber(of, wanted[n], 0.5), 1e-6);
  }

  @Test
  void anOutputThatIsNoNumberShows() {
    for (Loss loss : List.of(SQUARED, new Huber(1))) {
      LossRig.assertShows(loss, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
    }
  }

  @Test
  void rulesAreTold() {
    for (float delta : new float[] {0, -1, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertMessage("huber: delta must be above 0; got " + delta, () -> new Huber(delta));
    }
    assertMessage(
        "huber takes a vector of one logit a class; the output is 2x2x3",
        () -> new Huber(1).requireFits(Shape.of(2, 2, 3)));
    assertMessage(
        "meanSquaredError takes a vector of one logit a class; the output is 2x2x3",
        () -> SQUARED.criterion(Shape.of(2, 2, 3)));
    Target[] dense = {new DenseTarget(Shape.of(3), new float[3])};
    assertMessage(
        "meanSquaredError takes labels, or one number an output, here 2; sample 0 of the shard has"
            + " a target dense 3",
        () -> new LossRig(SQUARED, 2, dense, new float[2]));
  }

  private static void assertMessage(String message, Runnable refused) {
    assertEquals(message, assertThrows(ConvoyException.class, refused::run).getMessage());
  }

  @Test
  void jsonRoundTrip() throws Exception {
    for (String text :
        new String[] {"{\"type\":\"meanSquaredError\"}", "{\"type\":\"huber\",\"delta\":0.5}"}) {
      assertEquals(text, JSON.writeValueAsString(JSON.readValue(text, Loss.class)));
    }
    assertEquals(new Huber(1), JSON.readValue("{\"type\":\"huber\"}", Loss.class));
  }
}
