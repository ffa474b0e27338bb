package io.convoy.launcher.explain;

import io.convoy.error.ConvoyException;
import io.convoy.error.Nearest;
import io.convoy.inference.Model;
import java.util.List;
import java.util.OptionalInt;

/** Which class a user means. */
final class ClassNumber {
  private ClassNumber() {}

  /**
   * The number of a class.
   *
   * @param given its name, or its number from 0; null for none
   * @throws ConvoyException of kind USAGE when the model has no such class
   */
  static OptionalInt of(String given, Model model) {
    if (given == null) {
      return OptionalInt.empty();
    }
    List<String> classes = model.classes();
    int named = classes.indexOf(given);
    if (named >= 0) {
      return OptionalInt.of(named);
    }
    int number = given.matches("[0-9]{1,9}") ? Integer.parseInt(given) : classes.size();
    if (number < classes.size()) {
      return OptionalInt.of(number);
    }
    String question = Nearest.question(given, classes);
    throw ConvoyException.usage(
        "--class %s: %s has no such class%s name one of its %s, or its number from 0 to %s: %s",
        given,
        model.name(),
        question.isEmpty() ? ";" : question,
        classes.size(),
        classes.size() - 1,
        some(classes));
  }

  private static String some(List<String> classes) {
    int most = 20;
    return classes.size() <= most
        ? String.join(", ", classes)
        : "%s and %s more"
            .formatted(String.join(", ", classes.subList(0, most)), classes.size() - most);
  }
}
