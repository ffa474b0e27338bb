package io.convoy.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** What a mistyped word most likely stands for. */
public final class Nearest {
  private Nearest() {}

  /** The nearest of the known words, if any is near. */
  public static Optional<String> of(String word, Collection<String> known) {
    return new TreeSet<>(known)
        .stream()
            .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
            .filter(near -> distance(word, near) <= Math.max(2, word.length() / 2));
  }

  /** The question for it, as the next words of a sentence; nothing where no word is near. */
  public static String question(String word, Collection<String> known) {
    return of(word, known).map(near -> ", did you mean '" + near + "'?").orElse("");
  }

  /** Levenshtein's distance, without regard to case. */
  private static int distance(String a, String b) {
    String left = a.toLowerCase(Locale.ROOT);
    String right = b.toLowerCase(Locale.ROOT);
    int[] row = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int change = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[right.length()];
  }
}
