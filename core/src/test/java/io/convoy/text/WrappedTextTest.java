package io.convoy.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class WrappedTextTest {
  @Test
  void wordsStayWhole() {
    assertEquals(List.of("one two", "three"), WrappedText.lines("one two three", "", 10));
    assertEquals(
        List.of("-> one", "   two", "   three"), WrappedText.lines("one two three", "-> ", 8));
    assertEquals(List.of("a", "verylongword", "b"), WrappedText.lines("a verylongword b", "", 5));
    assertEquals(List.of(""), WrappedText.lines("", "", 5));
  }

  /** Each of these letters fills two cells. */
  @Test
  void wideLettersCountTwice() {
    assertEquals(List.of("猫猫", "犬犬"), WrappedText.lines("猫猫 犬犬", "", 8));
  }
}
