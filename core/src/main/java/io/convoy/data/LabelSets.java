package io.convoy.data;

import io.convoy.targets.ClassLabel;
import io.convoy.targets.LabelMix;
import io.convoy.targets.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What the number stands for that a reader keeps of an image's labels: the label of its class; or,
 * where images may have several labels, one of the sets of labels that occur. These are in
 * ascending order: that of their first labels, then of the second ones, a set before those that it
 * begins.
 */
public final class LabelSets {
  /** Each image is of one class, and its number is that label. */
  public static final LabelSets SINGLE = new LabelSets(null);

  // by number; null where it is a label
  private final int[][] sets;
  private final LabelMix[] targets;
  private final Map<List<Integer>, Integer> numbers = new HashMap<>();

  private LabelSets(int[][] sets) {
    this.sets = sets;
    targets =
        sets == null ? null : Arrays.stream(sets).map(LabelMix::ofLabels).toArray(LabelMix[]::new);
    for (int number = 0; sets != null && number < sets.length; number++) {
      numbers.put(Arrays.stream(sets[number]).boxed().toList(), number);
    }
  }

  /**
   * The sets that occur.
   *
   * @param found each with its labels in ascending order; in any order, and as often as they like
   */
  public static LabelSets of(Collection<List<Integer>> found) {
    TreeSet<int[]> sorted = new TreeSet<>(Arrays::compare);
    found.forEach(set -> sorted.add(set.stream().mapToInt(Integer::intValue).toArray()));
    return new LabelSets(sorted.toArray(int[][]::new));
  }

  /** Whether an image may have several labels. */
  public boolean areSeveral() {
    return sets != null;
  }

  /** How many sets there are. */
  public int count() {
    return sets.length;
  }

  /** All sets, by number. */
  public List<List<Integer>> all() {
    List<List<Integer>> all = new ArrayList<>();
    for (int[] set : sets) {
      all.add(Arrays.stream(set).boxed().toList());
    }
    return all;
  }

  /** The number of a set that occurs. */
  public int number(List<Integer> set) {
    return numbers.get(set);
  }

  /** The labels behind a number. */
  public int[] labels(int number) {
    return sets == null ? new int[] {number} : sets[number].clone();
  }

  /** What an image with this number is to be taken for. */
  public Target target(int number) {
    return sets == null ? new ClassLabel(number) : targets[number];
  }
}
