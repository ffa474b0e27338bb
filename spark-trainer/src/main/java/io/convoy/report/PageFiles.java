package io.convoy.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The scripts and styles of pages, which come with Convoy. */
public final class PageFiles {
  private static final String CHART = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  private static final Set<String> OF_CHART = Set.of("uPlot.min.css", "uPlot.iife.min.js");

  /** Beside this class. */
  private static final Set<String> OWN =
      Set.of(
          "page.css",
          "dom.js",
          "table.js",
          "chart.js",
          "network.js",
          "report.js",
          "report-page.js",
          "board.js",
          "board.html",
          "explain.js",
          "explain-page.js");

  /** Their names. */
  public static final Set<String> NAMES =
      Stream.concat(OF_CHART.stream(), OWN.stream()).collect(Collectors.toUnmodifiableSet());

  private PageFiles() {}

  /**
   * A file's text.
   *
   * @param name one of {@link #NAMES}
   */
  public static String text(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException("no file of pages is called " + name);
    }
    String place = OF_CHART.contains(name) ? CHART + name : name;
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
