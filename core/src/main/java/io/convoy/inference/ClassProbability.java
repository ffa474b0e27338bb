package io.convoy.inference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A class and how likely it is.
 *
 * @param label its name
 * @param probability in [0, 1]
 */
public record ClassProbability(String label, double probability) {
  /**
   * The likeliest classes, the likeliest first; of equally likely ones the first, as {@link
   * Softmax#likeliest} has it.
   *
   * @param probabilities one a class
   * @param classes their names
   * @param count how many; all where there are fewer
   */
  public static List<ClassProbability> top(
      double[] probabilities, List<String> classes, int count) {
    List<ClassProbability> top = new ArrayList<>();
    IntStream.range(0, probabilities.length)
        .boxed()
        .sorted(Comparator.comparingDouble(label -> -probabilities[label]))
        .limit(count)
        .forEach(label -> top.add(new ClassProbability(classes.get(label), probabilities[label])));
    return top;
  }
}
