package io.convoy.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.error.ConvoyException;
import org.junit.jupiter.api.Test;

class MarkedSectionTest {
  private static String marked(String section) {
    return MarkedSection.BEGIN + "\n" + section + "\n" + MarkedSection.END;
  }

  @Test
  void whatIsWrittenByHandStays() {
    String document = "# By hand\n\n" + marked("old") + "\n\nalso by hand\n";
    assertEquals(
        "# By hand\n\n" + marked("new $1 \\") + "\n\nalso by hand\n",
        MarkedSection.replace(document, "new $1 \\\n"));
  }

  @Test
  void aDocumentWithoutMarkersGetsThemAtItsEnd() {
    assertEquals(
        "# By hand\n\n" + marked("new") + "\n", MarkedSection.replace("# By hand\n", "new"));
  }

  @Test
  void halfOfTheMarkersIsRefused() {
    assertThrows(
        ConvoyException.class, () -> MarkedSection.replace("a " + MarkedSection.BEGIN, "new"));
    assertThrows(ConvoyException.class, () -> MarkedSection.replace(MarkedSection.END, "new"));
    assertThrows(
        ConvoyException.class,
        () -> MarkedSection.replace(MarkedSection.END + MarkedSection.BEGIN, "new"));
  }
}
