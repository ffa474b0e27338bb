package io.convoy.data.folder;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What stands for the training set and the test set among some names: {@code train} or {@code
 * training}, and {@code test}, or {@code val} where there is none.
 *
 * @param training empty where no name stands for it
 * @param test likewise
 */
public record SetNames(Optional<String> training, Optional<String> test) {
  static final List<String> TRAIN = List.of("train", "training");
  private static final List<String> TEST = List.of("test", "testing");
  private static final List<String> VALIDATION = List.of("val", "valid", "validation");

  /** Looks among the names of folders, or of files without their endings. */
  public static SetNames of(Collection<String> names) {
    return new SetNames(first(names, TRAIN), first(names, TEST).or(() -> first(names, VALIDATION)));
  }

  /** Whether a name is that of a set, whichever. */
  static boolean isOne(String name) {
    SetNames names = of(List.of(name));
    return names.training().isPresent() || names.test().isPresent();
  }

  /** The name as it is written here before one in other letters. */
  private static Optional<String> first(Collection<String> names, List<String> wanted) {
    Stream<String> exact = wanted.stream().filter(names::contains);
    Stream<String> alike =
        wanted.stream()
            .flatMap(name -> names.stream().filter(found -> found.equalsIgnoreCase(name)));
    return Stream.concat(exact, alike).findFirst();
  }

  /**
   * What a user may not expect of sets that are called so.
   *
   * @param place in which they lie
   * @param there all that lies there, and is no dropping of a system
   */
  public List<String> notes(String place, Collection<String> there) {
    String train = training.orElseThrow();
    List<String> notes = new ArrayList<>();
    if (!train.equals(TRAIN.get(0))) {
      notes.add("%s: %s is taken for the training set".formatted(place, train));
    }
    if (test.isEmpty()) {
      notes.add(place + ": it has no folder test, so there is no test set");
    }
    test.filter(name -> !name.equals(TEST.get(0)))
        .ifPresent(name -> notes.add("%s: %s is taken for the test set".formatted(place, name)));
    List<String> beside =
        there.stream()
            .filter(name -> !name.equals(train) && !test.equals(Optional.of(name)))
            .toList();
    if (!beside.isEmpty()) {
      notes.add(
          "%s: left out %s as beside %s: %s"
              .formatted(
                  place,
                  beside.size(),
                  train + test.map(name -> " and " + name).orElse(""),
                  FolderSurvey.some(beside)));
    }
    return List.copyOf(notes);
  }
}
