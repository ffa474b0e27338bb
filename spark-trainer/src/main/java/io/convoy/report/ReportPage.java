package io.convoy.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A report as one HTML file that needs nothing else: styles, scripts and data stand in it. Its
 * policy lets a browser run these scripts alone, by their hashes, and ask no other place for
 * anything.
 */
public final class ReportPage {
  private static final List<String> STYLES = List.of("uPlot.min.css", "page.css");

  private static final List<String> SCRIPTS =
      List.of(
          "uPlot.iife.min.js",
          "dom.js",
          "table.js",
          "chart.js",
          "network.js",
          "report.js",
          "report-page.js");

  private ReportPage() {}

  /** The page of a report. */
  public static String of(ObjectNode report) {
    List<String> styles = STYLES.stream().map(PageFiles::text).toList();
    List<String> scripts = SCRIPTS.stream().map(PageFiles::text).toList();
    String policy =
        ("default-src 'none'; img-src data:; style-src %s; script-src %s; base-uri 'none';"
                + " form-action 'none'")
            .formatted(hashes(styles), hashes(scripts));
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.append("<meta http-equiv=\"Content-Security-Policy\" content=\"");
    page.append(policy).append("\">\n");
    page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.append("<meta name=\"color-scheme\" content=\"light dark\">\n");
    page.append("<meta name=\"referrer\" content=\"no-referrer\">\n");
    page.append("<title>Convoy report</title>\n");
    styles.forEach(style -> page.append("<style>").append(style).append("</style>\n"));
    page.append("</head>\n<body>\n<noscript>This report needs JavaScript.</noscript>\n");
    page.append("<script type=\"application/json\" id=\"report\">");
    page.append(island(report)).append("</script>\n");
    scripts.forEach(script -> page.append("<script>").append(script).append("</script>\n"));
    page.append("</body>\n</html>\n");
    return page.toString();
  }

  /** JSON that ends no element and begins no comment, whatever it holds. */
  static String island(ObjectNode report) {
    return report
        .toString()
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  private static String hashes(List<String> texts) {
    return texts.stream().map(ReportPage::hash).collect(Collectors.joining(" "));
  }

  private static String hash(String text) {
    byte[] bytes = Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8));
    return "'sha256-%s'".formatted(Base64.getEncoder().encodeToString(bytes));
  }
}
