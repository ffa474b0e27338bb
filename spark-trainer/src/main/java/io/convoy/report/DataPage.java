package io.convoy.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A page as one HTML file that needs nothing else: styles, scripts and data stand in it. Its policy
 * lets a browser run these scripts alone, by their hashes, and ask no other place for anything.
 *
 * @param title until the scripts give it another; no HTML
 * @param styles names of {@link PageFiles}
 * @param scripts likewise, in their order
 */
public record DataPage(String title, List<String> styles, List<String> scripts) {
  public DataPage {
    styles = List.copyOf(styles);
    scripts = List.copyOf(scripts);
  }

  /**
   * The page.
   *
   * @param id of the element that holds the data, as the scripts look for it
   * @param data that the scripts show
   */
  public String of(String id, ObjectNode data) {
    List<String> styleTexts = styles.stream().map(PageFiles::text).toList();
    List<String> scriptTexts = scripts.stream().map(PageFiles::text).toList();
    String policy =
        ("default-src 'none'; img-src data:; style-src %s; script-src %s; base-uri 'none';"
                + " form-action 'none'")
            .formatted(hashes(styleTexts), hashes(scriptTexts));
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.append("<meta http-equiv=\"Content-Security-Policy\" content=\"");
    page.append(policy).append("\">\n");
    page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.append("<meta name=\"color-scheme\" content=\"light dark\">\n");
    page.append("<meta name=\"referrer\" content=\"no-referrer\">\n");
    page.append("<title>").append(title).append("</title>\n");
    styleTexts.forEach(style -> page.append("<style>").append(style).append("</style>\n"));
    page.append("</head>\n<body>\n<noscript>This page needs JavaScript.</noscript>\n");
    page.append("<script type=\"application/json\" id=\"").append(id).append("\">");
    page.append(island(data)).append("</script>\n");
    scriptTexts.forEach(script -> page.append("<script>").append(script).append("</script>\n"));
    page.append("</body>\n</html>\n");
    return page.toString();
  }

  /** JSON that ends no element and begins no comment, whatever it holds. */
  static String island(ObjectNode data) {
    return data.toString()
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  private static String hashes(List<String> texts) {
    return texts.stream().map(DataPage::hash).collect(Collectors.joining(" "));
  }

  private static String hash(String text) {
    byte[] bytes = Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8));
    return "'sha256-%s'".formatted(Base64.getEncoder().encodeToString(bytes));
  }
}
