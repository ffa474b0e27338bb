package io.convoy.train;

import io.convoy.data.SampleSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a training found in its data folder.
 *
 * @param training images that are trained on
 * @param validation images that are held back; 0 without validation
 * @param test images of the test set; 0 without one
 * @param classes classes of the training set
 * @param notes what deserves a look: what is left out, and classes without images; often none
 */
public record DataSummary(int training, int validation, int test, int classes, List<String> notes) {
  private static final int NAMED = 5;

  public DataSummary {
    notes = List.copyOf(notes);
  }

  /**
   * Counts.
   *
   * @param whole the training set before it was split
   * @param test the test set; null for none
   */
  public static DataSummary of(SampleSource whole, TrainingSplit split, SampleSource test) {
    List<String> notes = new ArrayList<>(whole.leftOut());
    List<String> classes = whole.classes();
    boolean[] there = whole.labelsInUse();
    boolean[] trained = split.training().labelsInUse();
    note(notes, "the training set has no image of %s", classes, without(there));
    note(
        notes,
        "validation holds back every image of %s, of which nothing can be learnt: hold back fewer",
        classes,
        IntStream.range(0, there.length).filter(label -> there[label] && !trained[label]));
    if (test != null) {
      notes.addAll(test.leftOut());
      boolean[] tested = Arrays.copyOf(test.labelsInUse(), classes.size());
      note(
          notes,
          "the test set has no image of %s",
          classes,
          IntStream.range(0, there.length).filter(label -> there[label] && !tested[label]));
    }
    return new DataSummary(
        split.training().size(),
        split.validation() == null ? 0 : split.validation().size(),
        test == null ? 0 : test.size(),
        classes.size(),
        notes);
  }

  /** The same with another note. */
  public DataSummary with(String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return new DataSummary(training, validation, test, classes, more);
  }

  private static IntStream without(boolean[] there) {
    return IntStream.range(0, there.length).filter(label -> !there[label]);
  }

  private static void note(List<String> notes, String rule, List<String> classes, IntStream which) {
    List<String> names = which.mapToObj(label -> "\"" + classes.get(label) + "\"").toList();
    if (names.isEmpty()) {
      return;
    }
    int further = names.size() - NAMED;
    notes.add(
        rule.formatted(
            (names.size() == 1 ? "class " : "classes ")
                + names.stream().limit(NAMED).collect(Collectors.joining(", "))
                + (further > 0 ? " and %s more".formatted(further) : "")));
  }

  /** One line, such as {@code 54,000 training images, 6,000 for validation, 10,000 for test}. */
  public String line() {
    return String.format(Locale.ROOT, "%,d training images", training)
        + (validation == 0 ? "" : String.format(Locale.ROOT, ", %,d for validation", validation))
        + (test == 0 ? "" : String.format(Locale.ROOT, ", %,d for test", test))
        + String.format(Locale.ROOT, ", %,d classes", classes);
  }
}
