package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.data.augment.Augmentation;
import io.convoy.data.augment.UnitRange;
import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.Flatten;
import io.convoy.layer.Linear;
import io.convoy.layer.Tanh;
import io.convoy.network.Network;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.Recipe;
import io.convoy.reference.BarImages;
import io.convoy.schedule.Constant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Loss and gradient of a network with an auxiliary output, against plain arithmetic. */
class AuxiliaryGradientTest {
  private static final int CLASSES = 5;
  private static final int HIDDEN = 6;

  /**
   * Dense layers, in double precision and without any class of Convoy's: two outputs above one
   * hidden layer.
   */
  private record Plain(double[][] pixels, int[] labels, int hidden, double weight) {
    /** The mean over all samples of the weighted sum of both cross-entropies. */
    double loss(double[] state) {
      int inputs = pixels[0].length;
      int logits = hidden * (inputs + 1);
      int side = logits + CLASSES * (hidden + 1);
      double sum = 0;
      for (int n = 0; n < pixels.length; n++) {
        double[] values = dense(pixels[n], state, 0, hidden);
        for (int i = 0; i < hidden; i++) {
          values[i] = Math.tanh(values[i]);
        }
        sum += crossEntropy(dense(values, state, logits, CLASSES), labels[n]);
        sum += weight * crossEntropy(dense(values, state, side, CLASSES), labels[n]);
      }
      return sum / pixels.length;
    }

    private static double[] dense(double[] x, double[] state, int from, int outputs) {
      double[] y = new double[outputs];
      for (int o = 0; o < outputs; o++) {
        y[o] = state[from + outputs * x.length + o];
        for (int i = 0; i < x.length; i++) {
          y[o] += state[from + o * x.length + i] * x[i];
        }
      }
      return y;
    }

    private static double crossEntropy(double[] logits, int label) {
      double sum = Arrays.stream(logits).map(Math::exp).sum();
      return Math.log(sum) - logits[label];
    }
  }

  private static Network dense() {
    return Network.input(9, 7, 3)
        .then("flatten", new Flatten())
        .then("hidden", Linear.of(HIDDEN))
        .then("tanh", new Tanh())
        .then("logits", Linear.of(CLASSES))
        .join("side", Linear.of(CLASSES), "tanh")
        .output("logits")
        .auxiliary("side", 0.3)
        .build();
  }

  /** The images as their network sees them: channel, row, column; bytes over 255. */
  private static double[][] pixels(BarImages images) {
    double[][] all = new double[images.size()][];
    for (int n = 0; n < all.length; n++) {
      Pixels read = new Pixels();
      images.read(n, Framing.STORED, read);
      double[] chw = new double[9 * 7 * 3];
      for (int i = 0; i < chw.length; i++) {
        chw[i % 3 * 63 + i / 3] = (read.bytes()[i] & 0xff) / 255.0;
      }
      all[n] = chw;
    }
    return all;
  }

  /** A step at rate 1 over the whole set, in shards, against central differences. */
  @Test
  void lossAndGradientAreThoseOfAPlainReference() {
    BarImages images = BarImages.colour(40);
    int[] labels = new int[images.size()];
    Arrays.setAll(labels, images::label);
    Plain plain = new Plain(pixels(images), labels, HIDDEN, 0.3f);
    Recipe recipe =
        Trainings.recipe(
                dense(), new Sgd(0, false, 0, false), new Constant(1, 0), images.size(), 7, 1)
            .toBuilder()
            .augmentation(Augmentation.NONE)
            .standardization(new UnitRange())
            .build();
    float[] before = LocalTrainer.initialState(recipe).weights();
    List<StepReport> reports = new ArrayList<>();
    float[] after;
    try (LocalTrainer trainer = new LocalTrainer(recipe, images, KernelProvider.kernels(), 2)) {
      trainer.train(1, reports::add);
      after = trainer.state().weights();
    }
    double[] state = new double[before.length];
    Arrays.setAll(state, i -> before[i]);
    assertEquals(plain.loss(state), reports.get(0).loss(), 1e-6);
    assertEquals(correct(plain, state), reports.get(0).correct(), "of the first output alone");
    for (int i = 0; i < state.length; i += 1 + i / 600) {
      double step = 1e-5;
      state[i] = before[i] + step;
      double above = plain.loss(state);
      state[i] = before[i] - step;
      double below = plain.loss(state);
      state[i] = before[i];
      assertEquals((above - below) / (2 * step), before[i] - after[i], 1e-6, "element " + i);
    }
  }

  private static int correct(Plain plain, double[] state) {
    int logits = plain.hidden * (plain.pixels[0].length + 1);
    int correct = 0;
    for (int n = 0; n < plain.pixels.length; n++) {
      double[] hidden = Plain.dense(plain.pixels[n], state, 0, plain.hidden);
      double[] values =
          Plain.dense(Arrays.stream(hidden).map(Math::tanh).toArray(), state, logits, CLASSES);
      double largest = Arrays.stream(values).max().orElseThrow();
      correct += values[plain.labels[n]] == largest ? 1 : 0;
    }
    return correct;
  }
}
