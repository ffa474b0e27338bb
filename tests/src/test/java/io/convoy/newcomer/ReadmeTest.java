package io.convoy.newcomer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  private static final Readme README =
      new Readme(
          """
          # Title
          ```
          before any section
          ```
          ## Start
          Words, `code`, and then
          ```
          first --option

          second \\
            goes on \\
            twice
          ```
          ### Deeper
          ```bash
          third
          ```
          ```yaml
          name: no command
          ```
          ## A library
          ```java
          int one = 1;

            return one;
          ```
          ## Words only
          none
          ## Open
          ```
          first \\
          ```
          """
              .lines()
              .toList());

  @Test
  void commandsAsTheyStand() {
    assertEquals(
        List.of("first --option", "second \\\n  goes on \\\n  twice", "third"),
        README.commands("Start"));
  }

  @Test
  void javaAsItStands() {
    assertEquals("int one = 1;\n\n  return one;", README.java("A library"));
    assertThrows(AssertionError.class, () -> README.java("Start"));
  }

  @Test
  void aSectionWithoutCommandsIsNoPath() {
    assertThrows(AssertionError.class, () -> README.commands("Words only"));
    assertThrows(AssertionError.class, () -> README.commands("Nowhere"));
    assertThrows(AssertionError.class, () -> README.commands("Open"));
  }
}
