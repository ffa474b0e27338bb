package io.convoy.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.reference.Effort;
import io.convoy.reference.Mutations;
import io.convoy.zoo.Architecture;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Damaged networks in JSON, as checkpoints hold them, end in a network or in one clear error, with
 * little effort. {@code -Dconvoy.mutation.seconds=600} goes on for so long; where something else
 * happens, the test shows the number of the mutation, and the text.
 */
class JsonMutationTest {
  private static final int ROUNDS = 10_000;

  private static final List<String> PARTS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "\"",
          "null",
          "true",
          "0",
          "-1",
          "2",
          "1e9",
          "1e400",
          "NaN",
          "0.5",
          "2147483647",
          "4294967296",
          "99999999999999999999",
          "\"same\"",
          "\"valid\"",
          "\"type\":",
          "\"name\":",
          "\"inputs\":[\"input\"],",
          "\"kernel\":[1,2],",
          "\"relu\"",
          "\"concat\"",
          "\"linear\"",
          "\"heNormal\"",
          "{\"type\":\"normal\"}",
          "\\u0000",
          "é",
          "[".repeat(2000),
          "{\"a\":".repeat(2000));

  @Test
  void damagedNetworks() {
    ObjectNode padding = Json.object().put("type", "resnet20").put("shortcut", "padding");
    List<String> whole =
        List.of(
            Architecture.named("lenet5_original").network().toJson().toString(),
            Architecture.read(padding, "network").network().toJson().toString(),
            Architecture.named("shufflenet_v1").network().toJson().toString());
    Integer seconds = Integer.getInteger("convoy.mutation.seconds");
    long end = seconds == null ? Long.MAX_VALUE : System.nanoTime() + 1_000_000_000L * seconds;
    int rounds = seconds == null ? ROUNDS : Integer.MAX_VALUE;
    int networks = 0;
    int errors = 0;
    whole.forEach(JsonMutationTest::error); // classes are loaded, once
    int round = 0;
    for (; round < rounds && System.nanoTime() < end; round++) {
      String text = Mutations.text(whole.get(round % whole.size()), PARTS, round);
      String shown = "mutation %s: %s".formatted(round, text);
      Effort<Optional<ConvoyException>> effort = Effort.of(() -> error(text));
      assertTrue(effort.isLittle(text.length()), () -> effort + ", " + shown);
      effort.result().ifPresent(error -> assertClear(error, shown));
      if (effort.result().isPresent()) {
        errors++;
      } else {
        networks++;
      }
    }
    System.out.printf("%d networks, %d errors%n", networks, errors);
    assertTrue(networks > 0 && errors > 0, "%s networks, %s errors".formatted(networks, errors));
  }

  private static void assertClear(ConvoyException error, String shown) {
    String message = error.getMessage();
    assertTrue(message.startsWith("model.json: "), () -> message + ", " + shown);
    assertFalse(message.contains("\n"), () -> message + ", " + shown);
    assertTrue(message.length() < 2000, () -> message + ", " + shown);
    assertEquals(ConvoyException.Kind.DATA, error.kind(), shown);
  }

  /** None where it is a network. */
  private static Optional<ConvoyException> error(String json) {
    try {
      Json.readFile(json.getBytes(StandardCharsets.UTF_8), Network.class, "model.json");
      return Optional.empty();
    } catch (ConvoyException e) {
      return Optional.of(e);
    } catch (RuntimeException | Error e) {
      throw new AssertionError(json, e);
    }
  }

  /** What a kilobyte claims, what nests, and what says one thing twice. */
  @Test
  void absurdNetworks() {
    for (String json :
        List.of(
            "{\"input\":[1000000,1000000,1000000],\"layers\":[]}",
            "{\"input\":[30000,30000,2],\"layers\":[{\"type\":\"linear\",\"outFeatures\":2}]}",
            "{\"input\":[8,8,1],\"layers\":" + "[".repeat(100_000),
            "{\"input\":[8,8,1],\"layers\":[" + "{\"layers\":[".repeat(50_000),
            "{\"input\":[8,8,1],\"input\":[9,9,1],\"layers\":[{\"type\":\"flatten\"}]}",
            "{\"input\":[8,8,1],\"layers\":[{\"type\":\"flatten\",\"type\":\"relu\"}]}",
            "{\"input\":[8,8,1],\"layers\":[{\"type\":\"relu\",\"inputs\":[\"b\"]},"
                + "{\"name\":\"b\",\"type\":\"relu\"}]}",
            "{\"input\":[8,8,1],\"layers\":[{\"type\":\"relu\",\"inputs\":{}}]}",
            "{\"input\":\"8\",\"layers\":[]}",
            "{\"input\":[8,8,1],\"layers\":[{\"type\":\"conv2d\",\"outChannels\":2147483647,"
                + "\"kernel\":2147483647}]}",
            "[]",
            "\"" + "n".repeat(1_000_000),
            "")) {
      Effort<Optional<ConvoyException>> effort = Effort.of(() -> error(json));
      String shown = json.substring(0, Math.min(100, json.length()));
      assertTrue(effort.result().isPresent(), () -> "taken: " + shown);
      assertClear(effort.result().get(), shown);
      assertTrue(effort.isLittle(json.length()), () -> effort + ", " + shown);
    }
  }
}
