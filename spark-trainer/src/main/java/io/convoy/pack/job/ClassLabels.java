package io.convoy.pack.job;

import io.convoy.data.folder.LeftOut;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The classes of a set.
 *
 * @param names by label
 * @param sets of labels that images have, in the order of {@link io.convoy.data.LabelSets}; null
 *     where each has one label
 * @param labels the labels, or the numbers of sets, of what the source calls them; what is missing
 *     here is left out
 * @param above what the paths of all images begin with, and their names in the set do not
 */
record ClassLabels(
    List<String> names, List<List<Integer>> sets, Map<String, Integer> labels, String above)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  ClassLabels {
    names = new ArrayList<>(names);
    sets = sets == null ? null : new ArrayList<>(sets);
    labels = new HashMap<>(labels);
  }

  /** Of single labels. */
  ClassLabels(List<String> names, Map<String, Integer> labels, String above) {
    this(names, null, labels, above);
  }

  /** How many numbers there are for an image's labels. */
  int numbers() {
    return sets == null ? names.size() : sets.size();
  }

  /** What an image is called in the set. */
  String name(String path) {
    return path.substring(above.length());
  }

  /**
   * Classes as they were found.
   *
   * @param leftOut what only the classes of all images could tell
   */
  record Sorted(ClassLabels labels, LeftOut leftOut) {}
}
