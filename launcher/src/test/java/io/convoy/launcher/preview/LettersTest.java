package io.convoy.launcher.preview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LettersTest {
  private static String drawn(int letter) {
    StringBuilder pixels = new StringBuilder();
    for (int row = 0; row < Letters.HEIGHT; row++) {
      for (int column = 0; column < 5; column++) {
        pixels.append(Letters.isInk(letter, row, column) ? '#' : '.');
      }
      pixels.append('\n');
    }
    return pixels.toString();
  }

  @Test
  void everyCharacterHasAFormOfItsOwn() {
    Set<String> forms = new HashSet<>();
    for (char letter = '!'; letter <= '~'; letter++) {
      String form = drawn(letter);
      assertTrue(form.contains("#"), form);
      assertTrue(forms.add(form), "two look like " + letter);
      assertTrue(Letters.width(letter) >= 1 && Letters.width(letter) <= 5);
      assertTrue(
          form.lines().anyMatch(line -> line.startsWith("#")), () -> "not at the left: " + form);
    }
    assertEquals(94, forms.size());
  }

  @Test
  void formsAreTheirLetters() {
    assertEquals(
        """
        #....
        #....
        #....
        #....
        #....
        #....
        #####
        .....
        .....
        """,
        drawn('L'));
    assertEquals(
        """
        .....
        .....
        ####.
        #...#
        #...#
        #...#
        ####.
        #....
        #....
        """,
        drawn('p'));
  }

  @Test
  void widthsAreThoseOfLettersAndGaps() {
    assertEquals(0, Letters.width(""));
    assertEquals(5, Letters.width("L"));
    assertEquals(11, Letters.width("Lp"));
    assertEquals(5 + 1 + 3 + 1 + 5, Letters.width("L p"));
  }

  @Test
  void whatIsTooLongHasAGap() {
    assertEquals("Lp", Letters.fitting("Lp", 11));
    String cut = Letters.fitting("file:/a/long/way/to/the/raccoon-12.jpg", 90);
    assertTrue(cut.startsWith("file:") && cut.endsWith("-12.jpg") && cut.contains(".."), cut);
    assertTrue(Letters.width(cut) <= 90);
    assertEquals(
        List.of("one two", "three"), Letters.lines("one two three", Letters.width("one two")));
    assertEquals(List.of("longer", "than"), Letters.lines("longer than", 3));
  }

  @Test
  void otherLettersHaveASubstitute() {
    assertEquals("Strasse, creme brulee", PlainText.of("Stra\u00DFe, cr\u00E8me br\u00FBl\u00E9e"));
    assertEquals("e", PlainText.of("e\u0301"), "as macOS stores it");
    assertEquals("<732B>", PlainText.of("\u732B"));
    assertEquals("a<1F99D>", PlainText.of("a\uD83E\uDD9D"));
    assertEquals("Lodz fi", PlainText.of("\u0141\u00F3d\u017A \uFB01"));
  }

  @Test
  void namesThatAreReadable() {
    assertTrue(PlainText.isReadable("Stra\u00DFe, cr\u00E8me"));
    assertFalse(PlainText.isReadable("\u732B") || PlainText.isReadable("\u041A\u043E\u0442"));
  }
}
