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
  private static final double HALF = 0.5;

  /**
   * The labels of an image that may have several: the classes that are likelier than not, the
   * likeliest first; of equally likely ones the first.
   *
   * @param probabilities one a class
   * @param classes their names
   */
  public static List<String> labels(double[] probabilities, List<String> classes) {
    return IntStream.range(0, probabilities.length)
        .filter(label -> probabilities[label] > HALF)
        .boxed()
        .sorted(Comparator.comparingDouble(label -> -probabilities[label]))
        .map(classes::get)
        .toList();
  }

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
    // few of many: sorting all would cost as much as a small network
    int[] likeliest = new int[Math.min(count, probabilities.length)];
    for (int label = 0; label < probabilities.length; label++) {
      int place = Math.min(label, likeliest.length);
      while (place > 0 && probabilities[label] > probabilities[likeliest[place - 1]]) {
        place--;
      }
      if (place < likeliest.length) {
        int last = Math.min(label, likeliest.length - 1);
        System.arraycopy(likeliest, place, likeliest, place + 1, last - place);
        likeliest[place] = label;
      }
    }
    List<ClassProbability> top = new ArrayList<>();
    for (int label : likeliest) {
      top.add(new ClassProbability(classes.get(label), probabilities[label]));
    }
    return top;
  }
}
