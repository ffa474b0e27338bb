package io.convoy.train;

import io.convoy.data.SampleSource;
import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Splits samples that may have several labels, by iterative stratification (Sechidis, Tsoumakas and
 * Vlahavas 2011): each label is to be held back of as often as of all samples. The label with the
 * fewest samples left is shared out first, of equal ones the lower; each of its samples, in a
 * random order, goes where the label is missed most, then where samples are, then to training.
 * Samples without a label come last.
 *
 * <p>What is missed is counted in whole numbers: of n samples, k held back, a part misses its share
 * of a label, k n<sub>c</sub> or (n - k) n<sub>c</sub>, less n for each sample that it has.
 */
final class LabelSplit {
  private static final int TRAINING = 0;
  private static final int VALIDATION = 1;

  private final int[][] labels;
  private final long seed;

  // by part and class; the last column is for all samples
  private final long[][] missed;
  private final boolean[] shared;
  private final boolean[] validation;

  /**
   * @param count how many are held back
   * @param seed of the random orders
   */
  LabelSplit(SampleSource source, int count, long seed) {
    this.seed = seed;
    labels = IntStream.range(0, source.size()).mapToObj(source::labels).toArray(int[][]::new);
    int classes = source.classes().size();
    missed = new long[2][classes + 1];
    long all = labels.length;
    for (int[] of : labels) {
      add(of, TRAINING, all - count);
      add(of, VALIDATION, count);
    }
    shared = new boolean[labels.length];
    validation = new boolean[labels.length];
  }

  private void add(int[] of, int part, long amount) {
    for (int label : of) {
      missed[part][label] += amount;
    }
    missed[part][missed[part].length - 1] += amount;
  }

  /** Which samples are held back. */
  boolean[] heldBack() {
    int rest = missed[TRAINING].length - 1;
    int[] left = new int[rest];
    for (int[] of : labels) {
      Arrays.stream(of).forEach(label -> left[label]++);
    }
    for (int label = rarest(left); label >= 0; label = rarest(left)) {
      share(label, left);
    }
    share(rest, left);
    return validation;
  }

  /** The label of the fewest samples that are not shared out; -1 where there is none. */
  private static int rarest(int[] left) {
    int rarest = -1;
    for (int label = 0; label < left.length; label++) {
      if (left[label] > 0 && (rarest < 0 || left[label] < left[rarest])) {
        rarest = label;
      }
    }
    return rarest;
  }

  /** Shares out the samples of a label that are left, or, of the label behind all, all samples. */
  private void share(int label, int[] left) {
    int[] members =
        IntStream.range(0, labels.length)
            .filter(sample -> !shared[sample])
            .filter(sample -> label == left.length || contains(labels[sample], label))
            .toArray();
    for (int at : new RandomStream(seed, Purpose.SPLIT, label).permutation(members.length)) {
      int sample = members[at];
      int part = part(label);
      add(labels[sample], part, -labels.length);
      validation[sample] = part == VALIDATION;
      shared[sample] = true;
      for (int of : labels[sample]) {
        left[of]--;
      }
    }
  }

  private static boolean contains(int[] labels, int label) {
    return Arrays.binarySearch(labels, label) >= 0;
  }

  /** Where a sample of a label goes; a part that is full takes none. */
  private int part(int label) {
    int all = missed[TRAINING].length - 1;
    if (missed[VALIDATION][all] <= 0 || missed[TRAINING][all] <= 0) {
      return missed[VALIDATION][all] <= 0 ? TRAINING : VALIDATION;
    }
    int byLabel = Long.compare(missed[VALIDATION][label], missed[TRAINING][label]);
    int order =
        byLabel == 0 ? Long.compare(missed[VALIDATION][all], missed[TRAINING][all]) : byLabel;
    return order > 0 ? VALIDATION : TRAINING;
  }
}
