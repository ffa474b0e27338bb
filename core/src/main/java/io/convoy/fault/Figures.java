package io.convoy.fault;

import java.util.Arrays;
import java.util.Locale;

/** How numbers are written in findings, in every language alike; and their mean. */
final class Figures {
  private Figures() {}

  /** Four digits that count. */
  static String text(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static double mean(double... values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }
}
