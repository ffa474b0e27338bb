package io.convoy.pack.job;

import io.convoy.error.ConvoyException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The classes of a set.
 *
 * @param names by label
 * @param labels of what the source calls them; what is missing here is left out
 */
record ClassLabels(List<String> names, Map<String, Integer> labels) implements Serializable {
  private static final long serialVersionUID = 1L;

  ClassLabels {
    names = new ArrayList<>(names);
    labels = new HashMap<>(labels);
  }

  /**
   * Classes that have names.
   *
   * @param found the name of each that the source has, by what it calls it
   * @param chosen those that the user wants, by label; empty for all, in the order of their names
   */
  static ClassLabels named(SortedMap<String, String> found, List<String> chosen, String place) {
    List<String> names =
        chosen.isEmpty() ? found.values().stream().distinct().sorted().toList() : chosen;
    Map<String, Integer> byName = new HashMap<>();
    names.forEach(name -> byName.put(name, byName.size()));
    Map<String, Integer> labels = new HashMap<>();
    found.forEach(
        (key, name) -> {
          if (byName.containsKey(name)) {
            labels.put(key, byName.get(name));
          }
        });
    if (labels.isEmpty()) {
      throw ConvoyException.data(
          "%s: no image of %s is in it: name another source%s",
          place,
          chosen.isEmpty() ? "any class" : "the classes " + chosen,
          chosen.isEmpty() ? "" : ", or other classes by --classes");
    }
    return new ClassLabels(names, labels);
  }
}
