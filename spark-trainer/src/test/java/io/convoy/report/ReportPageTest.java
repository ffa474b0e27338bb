package io.convoy.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportPageTest {
  private static final String HOSTILE =
      "</script><script>alert(1)</script><!-- & \u2028 \"' \u202e";

  @Test
  void whateverARunSaysStaysData() {
    String page = ReportPage.of(Json.object().put("name", HOSTILE));
    assertEquals(page.split("<script", -1).length, page.split("</script>", -1).length);
    assertFalse(page.contains("alert(1)</script>"), "the name ends no element");
    Matcher island =
        Pattern.compile("<script type=\"application/json\" id=\"report\">([^<]*)</script>")
            .matcher(page);
    assertTrue(island.find());
    JsonNode read =
        Json.readFile(island.group(1).getBytes(StandardCharsets.UTF_8), JsonNode.class, "");
    assertEquals(HOSTILE, read.get("name").asText());
  }

  @Test
  void thePolicyNamesTheHashOfEachStyleAndScript() throws Exception {
    String page = ReportPage.of(Json.object().put("name", "x"));
    Matcher policy =
        Pattern.compile("http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"")
            .matcher(page);
    assertTrue(policy.find());
    assertTrue(policy.group(1).startsWith("default-src 'none';"), policy.group(1));
    assertFalse(policy.group(1).contains("unsafe"), policy.group(1));
    List<String> parts = new ArrayList<>();
    Matcher part = Pattern.compile("(?s)<(style|script)>(.*?)</\\1>").matcher(page);
    while (part.find()) {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha.digest(part.group(2).getBytes(StandardCharsets.UTF_8));
      parts.add("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
    }
    assertEquals(9, parts.size(), "two styles, seven scripts");
    parts.forEach(hash -> assertTrue(policy.group(1).contains(hash), hash));
  }

  /** No address of another place, but the namespace of SVG and the one in uPlot's licence line. */
  @Test
  void thePageAsksNobody() {
    Matcher address = Pattern.compile("(?:https?:)?//[a-z][^\\s\"')]*").matcher(pageOfNothing());
    List<String> found = new ArrayList<>();
    while (address.find()) {
      found.add(address.group());
    }
    assertEquals(List.of("https://github.com/leeoniya/uPlot", "http://www.w3.org/2000/svg"), found);
  }

  private static String pageOfNothing() {
    return ReportPage.of(Json.object());
  }
}
