package io.convoy.preview;

import io.convoy.data.SampleSource;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which images of a set are shown: as many of one class as of another, as far as there are so many,
 * and those of a class spread over it; of several labels, the first is the class, and those without
 * are one more. The same for the same set and number.
 *
 * @param rows those that are shown, class by class
 * @param labels of these, of each all that it has
 * @param images how many the set has of each class
 */
public record Choice(int[] rows, int[][] labels, int[] images) {
  /**
   * Chooses.
   *
   * @param count how many are wanted, at least 1; a smaller set is taken whole
   */
  public static Choice of(SampleSource set, int count) {
    int classes = set.classes().size();
    int[] images = new int[classes];
    int[] groups = new int[classes + 1];
    for (int row = 0; row < set.size(); row++) {
      int[] labels = set.labels(row);
      groups[group(labels, classes)]++;
      Arrays.stream(labels).forEach(label -> images[label]++);
    }
    int[] shown = share(groups, Math.min(count, set.size()));
    int[] starts = new int[shown.length];
    for (int label = 1; label < shown.length; label++) {
      starts[label] = starts[label - 1] + shown[label - 1];
    }
    int[] rows = new int[Arrays.stream(shown).sum()];
    int[][] labels = new int[rows.length][];
    int[] seen = new int[shown.length];
    int[] taken = new int[shown.length];
    for (int row = 0; row < set.size(); row++) {
      int group = group(set.labels(row), classes);
      if (taken[group] < shown[group]
          && seen[group]++ == place(taken[group], shown[group], groups[group])) {
        int at = starts[group] + taken[group]++;
        rows[at] = row;
        labels[at] = set.labels(row);
      }
    }
    return new Choice(rows, labels, images);
  }

  /** The class that an image is shown for: its first, or the one behind all others for none. */
  private static int group(int[] labels, int classes) {
    return labels.length == 0 ? classes : labels[0];
  }

  /** The j-th of k places that are spread over n: the middle of its k-th part. */
  private static int place(int j, int k, int n) {
    return (int) ((2L * j + 1) * n / (2L * k));
  }

  /**
   * How many of each class are shown. Where there are more classes than images are wanted, those
   * classes are spread over all that have any.
   */
  private static int[] share(int[] images, int count) {
    int[] shown = new int[images.length];
    int[] there = IntStream.range(0, images.length).filter(c -> images[c] > 0).toArray();
    if (there.length > count) {
      for (int i = 0; i < count; i++) {
        shown[there[place(i, count, there.length)]] = 1;
      }
      return shown;
    }
    int left = count;
    while (left > 0) {
      for (int label : there) {
        if (left > 0 && shown[label] < images[label]) {
          shown[label]++;
          left--;
        }
      }
    }
    return shown;
  }

  /** How many images of a class are shown. */
  public long shown(int label) {
    return Arrays.stream(labels).flatMapToInt(Arrays::stream).filter(of -> of == label).count();
  }
}
