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
 * @param labels of what the source calls them; what is missing here is left out
 * @param above what the paths of all images begin with, and their names in the set do not
 */
record ClassLabels(List<String> names, Map<String, Integer> labels, String above)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  ClassLabels {
    names = new ArrayList<>(names);
    labels = new HashMap<>(labels);
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
