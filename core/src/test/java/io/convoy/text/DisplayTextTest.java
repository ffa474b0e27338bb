package io.convoy.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisplayTextTest {
  @Test
  void widthIsInCells() {
    assertEquals(0, DisplayText.width(""));
    assertEquals(5, DisplayText.width("Größe"));
    assertEquals(5, DisplayText.width("Gro\u0308ße")); // the dots stand over the o
    assertEquals(4, DisplayText.width("猫犬"));
    assertEquals(2, DisplayText.width("한"));
    assertEquals(2, DisplayText.width("🚚"));
    assertEquals(3, DisplayText.width("кот"));
  }

  @Test
  void whatMovesTheCursorIsNotPrinted() {
    assertEquals("a?b?[31mc??d?", DisplayText.printable("a\nb\u001b[31mc\u2028\td\ud800"));
    assertEquals("猫 Größe 🚚", DisplayText.printable("猫 Größe 🚚"));
  }

  @Test
  void theMiddleOfALongTextIsLeftOut() {
    assertEquals("abcdefghij", DisplayText.shortened("abcdefghij", 10));
    assertEquals("abcd...ijk", DisplayText.shortened("abcdefghijk", 10));
    assertEquals("a...k", DisplayText.shortened("abcdefghijk", 5));
    assertEquals("猫犬...魚", DisplayText.shortened("猫犬鳥魚猫犬鳥魚", 10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a very long name of a class", "猫犬鳥魚猫犬鳥魚猫犬鳥魚", "🚚a🚚b🚚c🚚d🚚e🚚f🚚g🚚"})
  void itIsNeverWiderThanAsked(String text) {
    for (int most = 5; most < 30; most++) {
      int width = DisplayText.width(DisplayText.shortened(text, most));
      assertTrue(width <= most && width >= Math.min(most, DisplayText.width(text)) - 2, text);
    }
  }

  @Test
  void columnsStandBelowEachOther() {
    TextTable table = new TextTable("<name", ">images");
    table.row("猫", 12);
    table.row("dogs", "1,234,567");
    table.rule();
    table.row("", "");
    assertEquals(
        List.of(
            "name     images",
            "---------------",
            "猫           12",
            "dogs  1,234,567",
            "---------------",
            ""),
        table.lines());
  }

  @Test
  void aLineAcrossIsNoLongerThanAScreen() {
    TextTable table = new TextTable("<path");
    table.row("x".repeat(300));
    assertEquals("-".repeat(100), table.lines().get(1));
  }
}
