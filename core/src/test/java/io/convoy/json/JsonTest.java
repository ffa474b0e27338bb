package io.convoy.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.convoy.error.ConvoyException;
import io.convoy.optimizer.Sgd;
import io.convoy.schedule.Constant;
import io.convoy.schedule.Cosine;
import io.convoy.schedule.Plateau;
import io.convoy.zoo.Architecture;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
  private static final ObjectMapper PLAIN = new ObjectMapper();
  private static final JsonMapper INDENTED =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** One of each kind of value. */
  record Sample(
      String name,
      @JsonProperty(required = true) int count,
      Long big,
      Float share,
      boolean flag,
      List<Double> list,
      Size size) {}

  enum Size {
    @JsonProperty("small")
    SMALL,
    @JsonProperty("large")
    LARGE
  }

  @Test
  void whatIsWrittenIsReadBack() {
    Sample sample = new Sample("größe", 3, 1L << 40, 0.1f, true, List.of(1e-300, 0.5), Size.LARGE);
    assertEquals(sample, Json.read(Json.bytes(sample), Sample.class, "it"));
    assertEquals(sample, Json.readFile(Json.lines(sample), Sample.class, "it"));
    assertEquals(sample, Json.value(Json.tree(sample), Sample.class, "it"));
    assertEquals("{\"count\":1}", Json.text(Json.object().put("count", 1)));
    assertEquals(
        "{\n  \"count\" : 1\n}\n",
        new String(Json.lines(Json.object().put("count", 1)), StandardCharsets.UTF_8));
  }

  /** Files and hashes of earlier versions depend on the bytes that a plain mapper writes. */
  @Test
  void theBytesAreThoseOfAPlainMapper() throws JsonProcessingException {
    List<Object> values =
        List.of(
            new Sample("größe\u2028", 3, null, 0.1f, true, List.of(1e-300, 1e22), Size.SMALL),
            new Cosine(0.1, 0.5, 0),
            new Plateau(0.1, 2, 0.5, 3, 0.25, 1e-3),
            new Sgd(0.9f, true, 5e-4f, false),
            Architecture.named("resnet-20").network().toJson(),
            Map.of("loss", Float.NaN));
    for (Object value : values) {
      assertEquals(PLAIN.writeValueAsString(value), Json.text(value));
      assertEquals(PLAIN.valueToTree(value), Json.tree(value));
      assertEquals(
          INDENTED.writeValueAsString(value) + "\n",
          new String(Json.lines(value), StandardCharsets.UTF_8));
    }
    assertEquals(
        "{\"type\":\"cosine\",\"rate\":0.1,\"warmupEpochs\":0.5,\"floor\":0.0}",
        Json.text(new Cosine(0.1, 0.5, 0)));
    assertEquals(
        "{\"type\":\"constant\",\"rate\":0.1,\"warmupEpochs\":0.0}",
        Json.text(new Constant(0.1, 0)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"count\": \"1\"} | it.count: expected a whole number; got '1'",
        "{\"count\": 1.5} | it.count: expected a whole number; got 1.5",
        "{\"count\": true} | it.count: expected a whole number; got true",
        "{\"count\": 99999999999} | it.count: expected a whole number from -2147483648 to"
            + " 2147483647; got 99999999999",
        "{\"count\": 1, \"big\": 99999999999999999999} | it.big: expected a whole number from"
            + " -9223372036854775808 to 9223372036854775807; got 99999999999999999999",
        "{\"count\": 1, \"name\": 1e5} | it.name: expected text; got 100000.0: put it in quotes",
        "{\"count\": 1, \"name\": 7} | it.name: expected text; got 7: put it in quotes",
        "{\"count\": 1, \"name\": false} | it.name: expected text; got false: put it in quotes",
        "{\"count\": 1, \"name\": []} | it.name: expected text; got a list",
        "{\"count\": 1, \"share\": \"0.1\"} | it.share: expected a number; got '0.1'",
        "{\"count\": 1, \"share\": {}} | it.share: expected a number; got a mapping of keys",
        "{\"count\": 1, \"flag\": 1} | it.flag: expected true or false; got 1",
        "{\"count\": 1, \"flag\": \"true\"} | it.flag: expected true or false; got 'true'",
        "{\"count\": 1, \"list\": 1} | it.list: expected a list; got 1",
        "{\"count\": 1, \"list\": [1, null]} | it.list[1] is empty: every element of a list has a"
            + " value",
        "{\"count\": 1, \"size\": 0} | it.size: expected one of small, large; got 0",
        "{\"count\": null} | it: count is missing",
        "{} | it: count is missing",
        "{\"count\": 1, \"nam\": \"\"} | it: unknown key 'nam', did you mean 'name'? known here:"
            + " big, count, flag, list, name, share, size",
        "{\"count\": 1, \"nam\": null} | it: unknown key 'nam', did you mean 'name'? known here:"
            + " big, count, flag, list, name, share, size",
        "[] | it: expected a mapping of keys; got a list",
      })
  void aTreeThatDoesNotFitIsTold(String json, String message) {
    JsonNode tree =
        Json.read(json.getBytes(StandardCharsets.UTF_8), JsonNode.class, "the test's own");
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> Json.value(tree, Sample.class, "it"));
    assertEquals(message, error.getMessage());
    assertEquals(ConvoyException.Kind.USAGE, error.kind());
  }

  @Test
  void aKeyWithoutAValueIsLeftOut() {
    JsonNode tree = Json.object().put("count", 1).putNull("name").putNull("flag").putNull("size");
    assertEquals(
        new Sample(null, 1, null, null, false, null, null), Json.value(tree, Sample.class, "it"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"count\": 1, | f: this is not JSON (line 1, column 13)",
        "{\"count\": 1} {} | f: something follows the value",
        "{\"count\": 1, \"count\": 2} | f: the key 'count' stands twice (line 1, column 21)",
        "{\"count\": \"1\"} | f.count: expected a whole number",
        "`` | f: expected a mapping of keys",
      })
  void aFileThatDoesNotFitIsTold(String json, String message) {
    ConvoyException error =
        assertThrows(
            ConvoyException.class,
            () -> Json.readFile(json.getBytes(StandardCharsets.UTF_8), Sample.class, "f"));
    assertEquals(message, error.getMessage());
    assertEquals(ConvoyException.Kind.DATA, error.kind());
  }

  /** What looks like UTF-32 to the parser is no reason to fall. */
  @Test
  void aFileInAnotherEncodingIsTold() {
    byte[] json = {'{', 0, 0, 0, '{', '"', '`', '"'};
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> Json.readFile(json, Sample.class, "f"));
    assertEquals("f: this is not JSON: its text is not in UTF-8", error.getMessage());
    assertEquals(ConvoyException.Kind.DATA, error.kind());
  }

  @Test
  void aFileMayHaveKeysOfALaterConvoy() {
    byte[] json = "{\"count\": 1, \"later\": {}}".getBytes(StandardCharsets.UTF_8);
    assertEquals(1, Json.readFile(json, Sample.class, "f").count());
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> Json.read(json, Sample.class, "f"));
    assertEquals(ConvoyException.Kind.INTERNAL, error.kind());
    assertNull(Json.readFile("null".getBytes(StandardCharsets.UTF_8), Sample.class, "f"));
  }
}
