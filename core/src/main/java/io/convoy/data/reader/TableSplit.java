package io.convoy.data.reader;

import java.util.Locale;
import java.util.Optional;

/** Which set a table, or a row of a table, belongs to. */
public enum TableSplit {
  /** To the training set. */
  TRAIN,
  /** To the test set. */
  TEST,
  /** To one that stands for a test set where there is none. */
  VALIDATION;

  /** The one of a name that people use, in letters of any size. */
  static Optional<TableSplit> of(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "train", "training" -> Optional.of(TRAIN);
      case "test", "testing" -> Optional.of(TEST);
      case "val", "valid", "validation", "dev" -> Optional.of(VALIDATION);
      default -> Optional.empty();
    };
  }
}
