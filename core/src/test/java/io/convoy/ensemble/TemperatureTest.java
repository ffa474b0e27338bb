package io.convoy.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.inference.Softmax;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TemperatureTest {
  @Test
  void aMembersTemperatureIsThatOfAFineGrid() {
    for (int seed = 0; seed < 4; seed++) {
      ValidationOutputs outputs = RandomOutputs.of(seed, 120, 5, 0.5 + seed);
      Temperature.Fit fit = Temperature.ofMember(outputs, 0);
      double best = 0;
      double least = Double.POSITIVE_INFINITY;
      for (double tried = 0.1; tried < 20; tried *= 1.001) {
        double loss = memberLoss(outputs, tried);
        if (loss < least) {
          least = loss;
          best = tried;
        }
      }
      assertEquals(best, fit.temperature(), 0.002 * best);
      assertTrue(fit.lossAfter() <= least + 1e-12);
      assertEquals(memberLoss(outputs, 1), fit.lossBefore(), 1e-12);
      assertEquals(memberLoss(outputs, fit.temperature()), fit.lossAfter(), 1e-12);
      assertFalse(fit.atBound());
    }
  }

  @Test
  void anAveragesTemperatureIsThatOfAFineGrid() {
    ValidationOutputs outputs = RandomOutputs.of(5, 150, 4, 2, 2.5, 1);
    OutputAverage average = outputs.average(List.of(0.5, 0.3, 0.2));
    Temperature.Fit fit = Temperature.ofAverage(outputs, average.atTemperature(7));
    double best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (double tried = 0.1; tried < 10; tried *= 1.002) {
      double loss = Outcomes.ofAverage(outputs, average.atTemperature(tried)).loss().mean();
      if (loss < least) {
        least = loss;
        best = tried;
      }
    }
    assertEquals(best, fit.temperature(), 0.004 * best);
    assertEquals(
        Outcomes.ofAverage(outputs, average.atTemperature(fit.temperature())).loss().mean(),
        fit.lossAfter(),
        1e-12);
    assertEquals(Outcomes.ofAverage(outputs, average).loss().mean(), fit.lossBefore(), 1e-12);
    assertTrue(fit.lossAfter() <= least + 1e-12);
  }

  /** Labels are drawn from softmax(z / 2.5): a temperature of 2.5 is there to be found. */
  @Test
  void theTemperatureThatLabelsWereDrawnByIsFound() {
    Random random = new Random(8);
    int samples = 20_000;
    int[] labels = new int[samples];
    float[][] logits = new float[samples][6];
    for (int sample = 0; sample < samples; sample++) {
      for (int label = 0; label < 6; label++) {
        logits[sample][label] = (float) (4 * random.nextGaussian());
      }
      double left = random.nextDouble();
      double[] shares = Softmax.probabilities(logits[sample], 2.5);
      while (labels[sample] < 5 && left >= shares[labels[sample]]) {
        left -= shares[labels[sample]++];
      }
    }
    ValidationOutputs outputs =
        new ValidationOutputs(labels, List.of(RandomOutputs.member("m", logits)));
    assertEquals(2.5, Temperature.ofMember(outputs, 0).temperature(), 0.08);
    Outcomes scaled =
        Outcomes.ofMember(
            outputs.atTemperatures(List.of(Temperature.ofMember(outputs, 0).temperature())), 0);
    assertTrue(scaled.calibrationError() < 0.01);
    assertTrue(Outcomes.ofMember(outputs, 0).calibrationError() > 0.1);
    assertEquals(Outcomes.ofMember(outputs, 0).top(1), scaled.top(1));
  }

  @Test
  void whereImagesDoNotSayWhereToStopItIsABound() {
    int[] labels = {0, 1};
    Temperature.Fit sure = fit(labels, new float[] {3, 1, 0}, new float[] {0, 9, 3});
    assertEquals(Temperature.LEAST, sure.temperature());
    assertTrue(sure.atBound());
    Temperature.Fit wrong = fit(labels, new float[] {0, 3, 9}, new float[] {4, 1, 3});
    assertEquals(Temperature.MOST, wrong.temperature());
    assertTrue(wrong.atBound());
    Temperature.Fit knowsNothing = fit(labels, new float[] {2, 2, 2}, new float[] {-1, -1, -1});
    assertEquals(1, knowsNothing.temperature());
    assertFalse(knowsNothing.atBound());
    assertEquals(1, fit(new int[] {0, 0}, new float[] {2}, new float[] {3}).temperature());
  }

  private static Temperature.Fit fit(int[] labels, float[]... logits) {
    return Temperature.ofMember(
        new ValidationOutputs(labels, List.of(RandomOutputs.member("m", logits))), 0);
  }

  private static double memberLoss(ValidationOutputs outputs, double temperature) {
    double loss = 0;
    for (int sample = 0; sample < outputs.samples(); sample++) {
      float[] logits = outputs.members().get(0).logits(sample);
      double sum = 0;
      for (float logit : logits) {
        sum += Math.exp(logit / temperature);
      }
      loss += Math.log(sum) - logits[outputs.label(sample)] / temperature;
    }
    return loss / outputs.samples();
  }
}
