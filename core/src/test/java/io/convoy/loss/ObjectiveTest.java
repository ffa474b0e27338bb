package io.convoy.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.loss.Objective.Term;
import io.convoy.reference.GradientCheck;
import io.convoy.reference.Numbers;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Losses of several outputs. */
class ObjectiveTest {
  private static final Target[] TARGETS = Targets.labels(0, 4, 2, 2);

  private final List<Tensor> outputs =
      IntStream.range(0, 3).mapToObj(k -> filled(Numbers.array(k, 20))).toList();

  @Test
  void oneLossIsThatLossBitForBit() {
    Tensor alone = filled(new float[20]);
    Criterion criterion = criterion();
    criterion.compute(outputs.get(1), 1, 4, TARGETS, alone);
    List<Tensor> gradients = unwritten();
    Objective objective = new Objective(List.of(new Term(1, criterion(), 1)));
    objective.compute(outputs, 1, 4, TARGETS, gradients);
    assertEquals(criterion.loss(), objective.loss());
    assertEquals(criterion.figure(0), objective.figure(0));
    for (int i = 5; i < 20; i++) {
      assertEquals(value(alone, i), value(gradients.get(1), i));
    }
    for (int k : new int[] {0, 2}) { // nobody asks these outputs for anything
      assertArrayEquals(new float[15], Arrays.copyOfRange(values(gradients.get(k)), 5, 20));
      assertEquals(Float.NaN, value(gradients.get(k), 0), "another shard's");
    }
  }

  @Test
  void lossesAndGradientsAreWeighted() {
    List<Tensor> gradients = unwritten();
    Objective objective =
        new Objective(List.of(new Term(2, criterion(), 1), new Term(0, criterion(), 0.3f)));
    objective.compute(outputs, 0, 4, TARGETS, gradients);
    double loss = objective.loss();
    Criterion main = criterion();
    Criterion side = criterion();
    Tensor sideGradient = filled(new float[20]);
    main.compute(outputs.get(2), 0, 4, TARGETS, null);
    side.compute(outputs.get(0), 0, 4, TARGETS, sideGradient);
    assertEquals(main.loss() + 0.3f * side.loss(), loss, 1e-12);
    assertEquals(main.figure(0), objective.figure(0), "figures are those of the first term");
    for (int i = 0; i < 20; i++) {
      assertEquals(0.3f * value(sideGradient, i), value(gradients.get(0), i));
    }
    objective.compute(outputs, 0, 4, TARGETS, null);
    assertEquals(loss, objective.loss());
  }

  @Test
  void anObjectiveHasALossAndNoOutputTwice() {
    assertThrows(IllegalArgumentException.class, () -> new Objective(List.of()));
    List<Term> twice = List.of(new Term(0, criterion(), 1), new Term(0, criterion(), 1));
    assertThrows(IllegalArgumentException.class, () -> new Objective(twice));
    assertThrows(IllegalArgumentException.class, () -> new Term(0, criterion(), 0));
  }

  private static Criterion criterion() {
    return SoftmaxCrossEntropy.PLAIN.criterion(Shape.of(5));
  }

  private static List<Tensor> unwritten() {
    float[] nothing = new float[20];
    Arrays.fill(nothing, Float.NaN);
    return IntStream.range(0, 3).mapToObj(k -> filled(nothing)).toList();
  }

  private static Tensor filled(float[] values) {
    Tensor tensor = Tensor.of(4, Shape.of(5));
    GradientCheck.fill(tensor, 4, values);
    return tensor;
  }

  private static float value(Tensor tensor, int i) {
    return tensor.data()[tensor.at(i / 5, 0, 0) + i % 5];
  }

  private static float[] values(Tensor tensor) {
    float[] values = new float[20];
    for (int i = 0; i < 20; i++) {
      values[i] = value(tensor, i);
    }
    return values;
  }
}
