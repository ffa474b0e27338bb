package io.convoy.data.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.error.ConvoyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackgroundTest {
  @ParameterizedTest
  @ValueSource(strings = {"white", "black", "#00FF0A", "#123456"})
  void isCalledAsItWasGiven(String text) {
    assertEquals(text, Background.of(text).toString());
  }

  @Test
  void aColourMayHaveAName() {
    assertEquals(Background.WHITE, Background.of("#ffffff"));
    assertEquals(0x0A14FF, Background.of("#0a14ff").rgb());
  }

  @ParameterizedTest
  @ValueSource(strings = {"grey", "#fff", "#GGGGGG", "#1234567", "", "White"})
  void anythingElseIsRefused(String text) {
    ConvoyException e = assertThrows(ConvoyException.class, () -> Background.of(text));
    assertEquals(ConvoyException.Kind.USAGE, e.kind());
    assertEquals(
        "data.background must be white, black or \"#RRGGBB\" in hexadecimal; got '" + text + "'",
        e.getMessage());
  }
}
