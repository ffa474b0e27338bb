package io.convoy.data.folder;

import io.convoy.error.ConvoyException;
import java.io.Serializable;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which classes a set has. Names that people cannot tell apart are one: "é" may be one character or
 * two (Unicode's NFC and NFD; Linux keeps what it is given, macOS writes the second).
 *
 * @param names by label; empty for those that the files have
 * @param othersLeftOut whether files of other classes are left out; they are an error otherwise
 * @param allNeeded whether each class needs an image
 */
public record Classes(List<String> names, boolean othersLeftOut, boolean allNeeded)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Those that the files have. */
  public static final Classes FOUND = new Classes(List.of(), false, true);

  public Classes {
    names = Collections.unmodifiableList(new ArrayList<>(names));
  }

  /**
   * Those that a recipe lists.
   *
   * @param names by label; empty where it lists none
   * @param test whether the set is one to test with, which may lack classes
   */
  public static Classes chosen(List<String> names, boolean test) {
    return names.isEmpty() ? FOUND : new Classes(names, true, !test);
  }

  /** The same for a test set of a training set with these classes. */
  public Classes ofTraining(List<String> training) {
    return new Classes(training, othersLeftOut, false);
  }

  /** The same where a class need not have an image. */
  public Classes notNeeded() {
    return new Classes(names, othersLeftOut, false);
  }

  /** Whether the files say which classes there are. */
  public boolean areFound() {
    return names.isEmpty();
  }

  /** Labels by name, once it is known which names there are. */
  public static final class Labels {
    private final List<String> names;
    private final Map<String, Integer> byName = new HashMap<>();

    private Labels(List<String> names) {
      this.names = List.copyOf(names);
      for (int label = 0; label < names.size(); label++) {
        byName.put(composed(names.get(label)), label);
      }
    }

    /** The names, by label. */
    public List<String> names() {
      return names;
    }

    /** The label of a class; empty where there is none of that name. */
    public OptionalInt of(String name) {
      Integer label = byName.get(composed(name));
      return label == null ? OptionalInt.empty() : OptionalInt.of(label);
    }

    /**
     * The label of a class folder.
     *
     * @param folder in which it lies
     * @throws ConvoyException of kind DATA when there is none of that name
     */
    public int require(String folder, String name) {
      return of(name)
          .orElseThrow(
              () ->
                  ConvoyException.data(
                      "%s/%s: the test set's classes must be the training set's, which are %s%s:"
                          + " rename the folder, or take it away",
                      folder, name, FolderSurvey.some(names), meant(name)));
    }

    /** A class that the name of another one may mean, in words for an error; often empty. */
    public String meant(String name) {
      Optional<String> alike =
          names.stream()
              .filter(known -> composed(known.strip()).equalsIgnoreCase(composed(name.strip())))
              .findFirst();
      return alike.map(known -> " (is \"%s\" meant?)".formatted(known)).orElse("");
    }
  }

  /**
   * The labels.
   *
   * @param found the names that the files have, in the order of labels
   * @param place what errors name
   * @throws ConvoyException of kind DATA when two of them are one
   */
  public Labels labels(Collection<String> found, String place) {
    Map<String, String> seen = new HashMap<>();
    for (String name : found) {
      if (seen.put(composed(name), name) != null) {
        throw ConvoyException.data(
            "%s: two classes have the same name, \"%s\": they differ only in how its accents are"
                + " stored (Unicode NFC and NFD, as Linux and macOS write them): put their images"
                + " into one",
            place, composed(name));
      }
    }
    return new Labels(areFound() ? List.copyOf(found) : names);
  }

  /**
   * Checks that each class that was listed has its folder, where it needs one.
   *
   * @param folder in which they lie
   * @param there the names of the class folders
   * @param leftOut those that are not listed, in words
   * @throws ConvoyException of kind DATA when one is missing
   */
  public void requireFolders(String folder, Collection<String> there, String leftOut) {
    Set<String> composed = there.stream().map(Classes::composed).collect(Collectors.toSet());
    List<String> missing =
        names.stream().filter(name -> !composed.contains(composed(name))).toList();
    if (allNeeded && !missing.isEmpty()) {
      throw ConvoyException.data(
          "%s: data.classes lists %s, of which there is no folder: correct the list, or add the"
              + " folder; left out: %s",
          folder, FolderSurvey.some(missing), leftOut);
    }
  }

  /**
   * Checks a list of names in a recipe.
   *
   * @param key what errors name
   * @throws ConvoyException of kind USAGE when a name is blank, or two are the same
   */
  public static void requireDistinct(List<String> names, String key) {
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).isBlank()) {
        throw ConvoyException.usage("%s: every class has a name; number %d has none", key, i + 1);
      }
      Integer other = seen.put(composed(names.get(i)), i);
      if (other != null) {
        throw ConvoyException.usage(
            "%s names each class once; numbers %d and %d are both \"%s\"",
            key, other + 1, i + 1, names.get(i));
      }
    }
  }

  /** A name in the form in which equal ones have the same characters. */
  public static String composed(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }
}
