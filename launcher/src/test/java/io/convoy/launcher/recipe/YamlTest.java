package io.convoy.launcher.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** YAML 1.2's core schema, and what is refused of the rest. */
class YamlTest {
  /** What stands in quotes is text; what does not is by the schema's table (section 10.3.2). */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"1e5\" | \"1e5\"",
        "'0.1' | \"0.1\"",
        "'' | \"\"",
        "'true' | \"true\"",
        "no | \"no\"",
        "yes | \"yes\"",
        "on | \"on\"",
        "y | \"y\"",
        "1e5 | 100000.0",
        "1e-3 | 0.001",
        "5e-4 | 5.0E-4",
        ".5 | 0.5",
        "5. | 5.0",
        "+7 | 7",
        "-0 | 0",
        "017 | 17",
        "0o17 | 15",
        "0x1F | 31",
        "0b1 | \"0b1\"",
        "1_000 | \"1_000\"",
        "1:30 | \"1:30\"",
        "2026-11-29 | \"2026-11-29\"",
        "2147483648 | 2147483648",
        "9223372036854775808 | 9223372036854775808",
        "true | true",
        "False | false",
        "TRUE | true",
        "tRUE | \"tRUE\"",
        "null | null",
        "~ | null",
        "!!str 5 | \"5\"",
        "! 5 | \"5\"",
        "!!int 5 | 5",
        "!!float 5.0 | 5.0",
        "&anchor 5 | 5",
        "[1, two, [3]] | [1,\"two\",[3]]",
        "{a: 1, 'b c': {d: }} | {\"a\":1,\"b c\":{\"d\":null}}",
        "<< | \"<<\"",
      })
  void valuesAreThoseOfTheCoreSchema(String yaml, String json) {
    assertEquals("{\"key\":" + json + "}", Yaml.parse("key: " + yaml, "r.yaml").toString());
  }

  @Test
  void aTextOverSeveralLinesIsText() {
    assertEquals(
        "{\"a\":\"1\\n\",\"b\":\"2 3\\n\"}",
        Yaml.parse("%YAML 1.2\n---\na: |\n  1\nb: >\n  2\n  3\n...\n", "r.yaml").toString());
  }

  @Test
  void nothingIsMissing() {
    assertTrue(Yaml.parse("", "r.yaml").isMissingNode());
    assertTrue(Yaml.parse("# a remark\n", "r.yaml").isMissingNode());
    assertTrue(Yaml.parse("---\n", "r.yaml").isNull());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a: .inf | r.yaml, line 1, column 4: .inf is infinite: no key takes it; in quotes it is text",
        "a: -.Inf | r.yaml, line 1, column 4: -.Inf is infinite: no key takes it; in quotes it is text",
        "a: .NaN | r.yaml, line 1, column 4: .NaN is no number: no key takes it; in quotes it is text",
        "a: 1e400 | r.yaml, line 1, column 4: 1e400 is more than can be held; in quotes it is text",
        "a: 1~b: 2~~a: 3 | r.yaml, line 4, column 1: the key 'a' stands twice, in line 1 and in line 4",
        "{a: 1, 'a': 2} | r.yaml, line 1, column 8: the key 'a' stands twice, in line 1 and in line 1",
        "a: &x [1]~b: *x | r.yaml, line 2, column 4: the alias *x is not read: write the value out"
            + " where it is meant",
        "a: 1~*x : 2 | r.yaml, line 2, column 1: the alias *x is not read: write the value out where"
            + " it is meant",
        "<<: {a: 1} | r.yaml, line 1, column 1: the merge key << is not read: write the value out"
            + " where it is meant",
        "a: !!binary aGk= | r.yaml, line 1, column 4: 'aGk=' is no !!binary: leave the tag out",
        "a: !!int five | r.yaml, line 1, column 4: 'five' is no !!int: leave the tag out",
        "a: !java.net.URL x | r.yaml, line 1, column 4: 'x' is no !java.net.URL: leave the tag out",
        "a: !!set {b: } | r.yaml, line 1, column 4: the tag !!set is not read: leave it out",
        "? [1, 2]~: 3 | r.yaml, line 1, column 3: a key is text; this is a list or a mapping",
        "a: 1~---~b: 2 | r.yaml, line 2, column 1: a second document begins, and only one is read",
        "%YAML 1.1~---~a: no | r.yaml, line 1, column 1: %YAML 1.1 is another version: only 1.2 is"
            + " read",
        "%YAML 2.0~---~a: no | r.yaml: not valid YAML: it is of another version than 1.2, or longer"
            + " than 1048576 characters",
        "a: {b: 1 | r.yaml, line 1, column 9: not valid YAML: while parsing a flow mapping: expected"
            + " ',' or '}', but got <stream end>",
        "a: b: c | r.yaml, line 1, column 5: not valid YAML: mapping values are not allowed here",
        "{a: 1}} | r.yaml, line 1, column 7: not valid YAML: expected '<document start>', but found"
            + " '}'",
      })
  void whatIsRefusedIsNamedWithItsPlace(String yaml, String message) {
    refuses(yaml.replace('~', '\n'), message);
  }

  @Test
  void aCharacterThatIsNoneIsNamed() {
    refuses(
        "a: 1\nb: x\u0007",
        "r.yaml, line 2: not valid YAML: the character U+0007 is not allowed; write it as an escape"
            + " in double quotes");
  }

  @Test
  void sizeAndDepthHaveLimits() {
    refuses(
        "a: " + "9".repeat(200),
        "r.yaml, line 1, column 4: a number of 200 digits is more than can be held; in quotes it is"
            + " text");
    refuses(
        "[".repeat(66) + "]".repeat(66),
        "r.yaml, line 1, column 66: values stand more than 64 deep in each other");
    refuses(
        "[".repeat(500_000),
        "r.yaml, line 1, column 66: values stand more than 64 deep in each other");
    refuses(
        "- ".repeat(66) + "1",
        "r.yaml, line 1, column 131: values stand more than 64 deep in each other");
    refuses(
        "a: " + "x".repeat(RecipeFile.LIMIT) + "\nb: 1",
        "r.yaml: not valid YAML: it is of another version than 1.2, or longer than 1048576"
            + " characters");
  }

  private static void refuses(String yaml, String message) {
    ConvoyException error = assertThrows(ConvoyException.class, () -> Yaml.parse(yaml, "r.yaml"));
    assertEquals(message, error.getMessage());
    assertEquals(ConvoyException.Kind.USAGE, error.kind());
  }
}
