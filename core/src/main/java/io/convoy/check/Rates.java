package io.convoy.check;

import java.math.BigDecimal;
import java.util.Locale;

/** How learning rates are written. */
final class Rates {
  private Rates() {}

  /** Two digits that count: {@code 0.05}, {@code 3.2e-05}. */
  static String text(double rate) {
    return rate >= 1e-3 && rate < 1000
        ? new BigDecimal(String.format(Locale.ROOT, "%.1e", rate))
            .stripTrailingZeros()
            .toPlainString()
        : String.format(Locale.ROOT, "%.1e", rate);
  }
}
