package io.convoy.recipe;

import io.convoy.error.ConvoyException;

/**
 * A pattern of the names of arrays, such as {@code layer1.0.conv1.weight}: {@code *} stands for any
 * characters, {@code ?} for one. A pattern of a name's beginning up to one of its dots matches as
 * well: {@code layer1} stands for all within, {@code layer1?} for none of it.
 */
final class NamePattern {
  private final String pattern;

  private NamePattern(String pattern) {
    this.pattern = pattern;
  }

  static NamePattern of(String pattern) {
    return new NamePattern(pattern);
  }

  /**
   * @throws ConvoyException of kind USAGE when there is no pattern, or one that no name can match
   */
  static void require(String key, String pattern) {
    if (pattern == null || !pattern.matches("[A-Za-z0-9_./*?-]{1,200}")) {
      throw ConvoyException.usage(
          "%s: names must be a pattern of letters, digits, _ . / - and * ?; got %s",
          key, pattern == null ? "none" : "'" + pattern + "'");
    }
  }

  /** Whether it matches the name, or its beginning before a dot. */
  boolean matches(String name) {
    for (int end = name.length(); end > 0; end = name.lastIndexOf('.', end - 1)) {
      if (isWhole(name.substring(0, end))) {
        return true;
      }
    }
    return false;
  }

  /** Whether it matches all of a text. */
  private boolean isWhole(String name) {
    int next = 0;
    int starAt = -1;
    int starFrom = -1;
    int i = 0;
    while (i < name.length()) {
      if (next < pattern.length() && pattern.charAt(next) == '*') {
        starAt = i;
        starFrom = ++next;
      } else if (next < pattern.length() && fits(pattern.charAt(next), name.charAt(i))) {
        i++;
        next++;
      } else if (starFrom >= 0) { // the last star takes one more
        i = ++starAt;
        next = starFrom;
      } else {
        return false;
      }
    }
    while (next < pattern.length() && pattern.charAt(next) == '*') {
      next++;
    }
    return next == pattern.length();
  }

  private static boolean fits(char wanted, char found) {
    return wanted == '?' || wanted == found;
  }
}
