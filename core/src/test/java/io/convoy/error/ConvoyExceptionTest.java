package io.convoy.error;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class ConvoyExceptionTest {
  /** Persian has digits of its own. */
  @Test
  void numbersAreTheSameInEveryLanguage() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("fa-IR"));
    try {
      assertEquals("got 12 of 7", ConvoyException.usage("got %d of %s", 12, 7).getMessage());
      assertEquals("got 12 of 7", ConvoyException.data("got %d of %s", 12, 7).getMessage());
      assertEquals("got 1.50", ConvoyException.resource("got %.2f", 1.5).getMessage());
    } finally {
      Locale.setDefault(before);
    }
  }
}
