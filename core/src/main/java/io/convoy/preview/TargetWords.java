package io.convoy.preview;

import io.convoy.targets.ClassLabel;
import io.convoy.targets.DenseTarget;
import io.convoy.targets.LabelMix;
import io.convoy.targets.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an image is to be taken for, in words. */
public final class TargetWords {
  private static final String NONE = "no label";

  private TargetWords() {}

  /** The names of an image's classes. */
  public static String labels(int[] labels, List<String> classes) {
    return labels.length == 0
        ? NONE
        : Arrays.stream(labels).mapToObj(classes::get).collect(Collectors.joining(", "));
  }

  /**
   * A line for each class that has a part in it, with its share.
   *
   * @param classes their names, by label
   */
  public static List<String> of(Target target, List<String> classes) {
    if (target instanceof ClassLabel one) {
      return List.of(classes.get(one.label()));
    }
    if (target instanceof LabelMix mix) {
      List<String> parts = mix.parts().stream().map(part -> words(mix, part, classes)).toList();
      return parts.isEmpty() ? List.of(NONE) : parts;
    }
    return List.of(((DenseTarget) target).toString());
  }

  private static String words(LabelMix mix, LabelMix.Part part, List<String> classes) {
    if (mix.independent() && part.weight() == 1) {
      return classes.get(part.label());
    }
    return String.format(Locale.ROOT, "%.1f %% %s", 100 * part.weight(), classes.get(part.label()));
  }
}
