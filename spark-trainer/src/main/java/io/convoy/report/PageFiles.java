package io.convoy.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The scripts and styles of pages, which come with Convoy. */
public final class PageFiles {
  private static final String CHART = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  /** Where each lies; without a slash in front, beside this class. */
  private static final Map<String, String> PLACES =
      new TreeMap<>(
          Map.of(
              "uPlot.min.css", CHART + "uPlot.min.css",
              "uPlot.iife.min.js", CHART + "uPlot.iife.min.js",
              "page.css", "page.css",
              "dom.js", "dom.js",
              "table.js", "table.js",
              "chart.js", "chart.js",
              "report.js", "report.js",
              "report-page.js", "report-page.js",
              "board.js", "board.js",
              "board.html", "board.html"));

  /** Their names. */
  public static final Set<String> NAMES = Set.copyOf(PLACES.keySet());

  private PageFiles() {}

  /**
   * A file's text.
   *
   * @param name one of {@link #NAMES}
   */
  public static String text(String name) {
    String place = PLACES.get(name);
    if (place == null) {
      throw new IllegalArgumentException("no file of pages is called " + name);
    }
    try (InputStream in = PageFiles.class.getResourceAsStream(place)) {
      if (in == null) {
        throw new IllegalStateException("%s is not in Convoy's jar".formatted(place));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s from Convoy's jar".formatted(place), e);
    }
  }
}
