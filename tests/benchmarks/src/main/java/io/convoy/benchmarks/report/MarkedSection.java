package io.convoy.benchmarks.report;

import io.convoy.error.ConvoyException;

/**
 * The part of a document that is written by a program, between two lines of markers; all around it
 * is written by hand and stays as it is.
 */
final class MarkedSection {
  static final String BEGIN = "<!-- measured: written by scripts/bench record -->";
  static final String END = "<!-- measured: end -->";

  private MarkedSection() {}

  /**
   * The document with another section; it comes to the end where the document has none yet.
   *
   * @throws ConvoyException when one of the markers is missing or they stand the wrong way round
   */
  static String replace(String document, String section) {
    String marked = BEGIN + "\n" + section.strip() + "\n" + END;
    int begin = document.indexOf(BEGIN);
    int end = document.indexOf(END);
    if (begin < 0 && end < 0) {
      return document.stripTrailing() + "\n\n" + marked + "\n";
    }
    if (begin < 0 || end < begin) {
      throw ConvoyException.usage(
          "the document must have the line \"%s\" and behind it \"%s\", or neither", BEGIN, END);
    }
    return document.substring(0, begin) + marked + document.substring(end + END.length());
  }
}
