package io.convoy.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A report as a page of its own. */
public final class ReportPage {
  private static final DataPage PAGE =
      new DataPage(
          "Convoy report",
          List.of("uPlot.min.css", "page.css"),
          List.of(
              "uPlot.iife.min.js",
              "dom.js",
              "table.js",
              "chart.js",
              "network.js",
              "report.js",
              "report-page.js"));

  private ReportPage() {}

  /** The page of a report. */
  public static String of(ObjectNode report) {
    return PAGE.of("report", report);
  }
}
