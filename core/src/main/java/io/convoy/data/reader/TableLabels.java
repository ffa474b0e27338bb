package io.convoy.data.reader;

import io.convoy.data.folder.Classes;
import io.convoy.error.ConvoyException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The classes of a table's labels. Labels that are all whole numbers go by their value, others by
 * their characters. Where a recipe names the classes and the labels are numbers, these count the
 * names, from 0.
 */
public final class TableLabels {
  /** As programs write whole numbers whose column has gaps. */
  private static final Pattern WHOLE = Pattern.compile("(-?\\d{1,18})(?:\\.0+)?");

  private final Classes classes;
  private final Classes.Labels labels;
  private final boolean numbered;

  /**
   * Sorts the labels of a table.
   *
   * @param texts the labels of all rows
   * @param place what errors name
   * @throws ConvoyException of kind DATA when two classes have the same name or number
   */
  public TableLabels(Classes classes, Collection<String> texts, String place) {
    this.classes = classes;
    Set<String> found = new LinkedHashSet<>();
    texts.forEach(text -> found.add(name(text)));
    boolean whole = found.stream().allMatch(text -> WHOLE.matcher(text).matches());
    List<String> names = new ArrayList<>(found);
    if (whole) {
      requireOnce(names, place);
      names.sort(Comparator.comparingLong(Long::parseLong));
    } else {
      names.sort(Comparator.naturalOrder());
    }
    this.labels = classes.labels(names, place);
    this.numbered =
        classes.othersLeftOut()
            && whole
            && names.stream().allMatch(text -> labels.of(text).isEmpty());
  }

  private static void requireOnce(List<String> names, String place) {
    Map<Long, String> seen = new HashMap<>();
    for (String name : names) {
      String other = seen.put(Long.parseLong(name), name);
      if (other != null) {
        throw ConvoyException.data(
            "%s: the labels %s and %s are the same number: write it in one way",
            place, other, name);
      }
    }
  }

  private static String name(String text) {
    var whole = WHOLE.matcher(text);
    return whole.matches() ? whole.group(1) : text;
  }

  /** The names of the classes, by label. */
  public List<String> names() {
    return labels.names();
  }

  /** The label of a class; empty where the set has no such class. */
  public OptionalInt of(String text) {
    if (!numbered) {
      return labels.of(name(text));
    }
    long number = Long.parseLong(name(text));
    return number >= 0 && number < names().size()
        ? OptionalInt.of((int) number)
        : OptionalInt.empty();
  }

  /** What to say of a row whose class the set does not have; null where it is left out. */
  public String problem(String text) {
    return classes.othersLeftOut()
        ? null
        : "class \"%s\"%s, which the training set lacks".formatted(text, labels.meant(text));
  }

  /**
   * The labels of an image that may have several.
   *
   * @param labels in ascending order
   * @param leftOut the names of classes that are not listed
   * @param problem why they are of no use; null where they are
   */
  public record Several(List<Integer> labels, List<String> leftOut, String problem) {}

  /**
   * Finds several labels.
   *
   * @param texts as a table has them
   */
  public Several of(List<String> texts) {
    SortedSet<Integer> found = new TreeSet<>();
    List<String> leftOut = new ArrayList<>();
    for (String text : texts) {
      OptionalInt label = of(text);
      String problem = problem(text);
      if (label.isPresent() && !found.add(label.getAsInt())) {
        problem = "it has the label \"%s\" twice".formatted(text);
      } else if (label.isPresent()) {
        continue;
      }
      if (problem != null) {
        return new Several(List.of(), List.of(), problem);
      }
      leftOut.add(text);
    }
    return new Several(List.copyOf(found), leftOut, null);
  }
}
