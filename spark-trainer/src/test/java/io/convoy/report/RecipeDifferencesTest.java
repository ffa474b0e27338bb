package io.convoy.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.json.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RecipeDifferencesTest {
  @Test
  void keysAreTheirPaths() {
    JsonNode before = tree("{'epochs':3,'optimizer':{'type':'sgd','momentum':0.9},'clip':null}");
    JsonNode now = tree("{'epochs':4,'optimizer':{'type':'sgd','nesterov':true},'clip':null}");
    assertEquals(
        "[[\"epochs\",\"3\",\"4\"],"
            + "[\"optimizer.momentum\",\"0.9\",null],"
            + "[\"optimizer.nesterov\",null,\"true\"]]",
        RecipeDifferences.of(before, now).toString());
  }

  @Test
  void aListIsOneValueAndALongOneIsCut() {
    String layers = "'x',".repeat(100);
    JsonNode before = tree("{'layers':[" + layers + "1]}");
    JsonNode now = tree("{'layers':[" + layers + "2]}");
    JsonNode found = RecipeDifferences.of(before, now);
    assertEquals(1, found.size());
    assertEquals(201, found.get(0).get(1).asText().length());
  }

  private static JsonNode tree(String text) {
    byte[] bytes = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return Json.readFile(bytes, JsonNode.class, "");
  }
}
