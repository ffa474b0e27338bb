package io.convoy.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClassProbabilityTest {
  private static final List<String> CLASSES = List.of("ant", "bee", "cat", "dog", "eel");

  @Test
  void likeliestClassesComeFirst_andOfEqualOnesTheFirst() {
    List<ClassProbability> top =
        ClassProbability.top(new double[] {0.1, 0.3, 0.3, 0.2, 0.1}, CLASSES, 4);
    assertEquals(
        List.of("bee", "cat", "dog", "ant"), top.stream().map(ClassProbability::label).toList());
    assertEquals(5, ClassProbability.top(new double[] {0, 0, 0, 0, 1}, CLASSES, 9).size());
  }

  @Test
  void likeliestClassesAreThoseOfASort() {
    SplittableRandom random = new SplittableRandom(5);
    for (int time = 0; time < 2000; time++) {
      double[] probabilities = random.doubles(5).map(p -> Math.rint(4 * p) / 4).toArray();
      if (time % 50 == 0) {
        Arrays.fill(probabilities, Double.NaN);
      }
      List<ClassProbability> sorted =
          IntStream.range(0, 5)
              .mapToObj(i -> new ClassProbability(CLASSES.get(i), probabilities[i]))
              .sorted(Comparator.comparingDouble(one -> -one.probability()))
              .toList();
      for (int count = 0; count <= 5; count++) {
        assertEquals(sorted.subList(0, count), ClassProbability.top(probabilities, CLASSES, count));
      }
    }
  }
}
