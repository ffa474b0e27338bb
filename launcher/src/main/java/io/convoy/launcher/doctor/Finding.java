package io.convoy.launcher.doctor;

import java.util.Locale;

/**
 * What a check found.
 *
 * @param level how bad it is
 * @param about what was looked at, in a word or two
 * @param found what there is
 * @param advice what to do; empty where nothing is to be done
 */
public record Finding(Level level, String about, String found, String advice) {
  /** How bad it is. */
  public enum Level {
    /** As it should be. */
    OK,
    /** It works, but slower, or not everywhere. */
    WARN,
    /** It does not work. */
    FAIL
  }

  static Finding ok(String about, String found, Object... values) {
    return new Finding(Level.OK, about, String.format(Locale.ROOT, found, values), "");
  }

  static Finding warn(String about, String found, String advice) {
    return new Finding(Level.WARN, about, found, advice);
  }

  static Finding fail(String about, String found, String advice) {
    return new Finding(Level.FAIL, about, found, advice);
  }
}
