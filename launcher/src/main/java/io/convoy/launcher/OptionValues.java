package io.convoy.launcher;

import io.convoy.data.LocalNames;
import io.convoy.error.ConvoyException;
import java.nio.file.Path;
import picocli.CommandLine.TypeConversionException;

/** The words of a command line as values, and what they should have been in the user's terms. */
final class OptionValues {
  private OptionValues() {}

  static Integer wholeNumber(String word) {
    try {
      return Integer.valueOf(word.strip());
    } catch (NumberFormatException e) {
      throw new TypeConversionException(
          "'%s' is no whole number up to %s".formatted(word, Integer.MAX_VALUE));
    }
  }

  static Path path(String word) {
    try {
      return LocalNames.path(word);
    } catch (ConvoyException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
