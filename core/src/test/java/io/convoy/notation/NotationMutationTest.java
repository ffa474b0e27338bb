package io.convoy.notation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.network.Network;
import io.convoy.reference.Effort;
import io.convoy.reference.Numbers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Damaged notations end in a network, which prints itself, or in one clear error. {@code
 * -Dconvoy.mutation.seconds=600} goes on for so long; where something else happens, the test shows
 * the text.
 */
final class NotationMutationTest {
  private static final int ROUNDS = 20_000;

  private static final List<String> WHOLE =
      List.of(
          "INPUT(32,32,3) => [CONV(64,3x3) => RELU => BN] * 2 => POOL(2) => FC(256) => FC(10)",
          "INPUT(9,7,2) -> [[CONV(4,stride=2,bias=false) -> RELU]*2 -> POOL(2,pad=1)]*2 -> FC(3)",
          "INPUT(5,5,4) => DWCONV(3x3,multiplier=2) => LRELU(0.1) => GAP => DO(0.5) => FC(2)",
          "INPUT(6,6,1) => CONV(8,init=normal(0.01)) => AVGPOOL(3,1,same) => SILU => FLATTEN");

  private static final List<String> PARTS =
      List.of(
          "[",
          "]",
          "(",
          ")",
          ",",
          "=>",
          "->",
          "?",
          "*",
          "=",
          "x",
          "3x3",
          "0",
          "-1",
          "1e9",
          "2",
          "9999999999",
          "1000000000",
          "INPUT",
          "CONV",
          "POOL",
          "N",
          "same",
          "\n",
          "é",
          "\uD83D");

  @Test
  void damagedNotations() {
    Integer seconds = Integer.getInteger("convoy.mutation.seconds");
    long end = seconds == null ? Long.MAX_VALUE : System.nanoTime() + 1_000_000_000L * seconds;
    int rounds = seconds == null ? ROUNDS : Integer.MAX_VALUE;
    int networks = 0;
    int errors = 0;
    for (int round = 0; round < rounds && System.nanoTime() < end; round++) {
      String damaged = damaged(WHOLE.get(round % WHOLE.size()), round);
      String shown = "mutation %s: %s".formatted(round, damaged);
      Effort<Optional<ConvoyException>> effort = Effort.of(() -> error(damaged, shown));
      assertTrue(effort.isLittle(damaged.length()), () -> effort + ", " + shown);
      if (effort.result().isPresent()) {
        errors++;
      } else {
        networks++;
      }
    }
    System.out.printf("%d networks, %d errors%n", networks, errors);
    assertTrue(networks > 0 && errors > 0, "%s networks, %s errors".formatted(networks, errors));
  }

  /** None where it is a network, which prints itself. */
  private static Optional<ConvoyException> error(String damaged, String shown) {
    try {
      Network network = Notation.of(damaged).network();
      assertEquals(network, Notation.of(Notation.write(network).orElseThrow()).network(), shown);
      return Optional.empty();
    } catch (ConvoyException e) {
      assertEquals(ConvoyException.Kind.USAGE, e.kind(), shown);
      assertTrue(e.getMessage().matches("(?s)(line|column) [0-9]+.*\n.*\n *\\^"), e::getMessage);
      return Optional.of(e);
    } catch (RuntimeException | Error e) {
      throw new AssertionError(shown, e);
    }
  }

  /** Some characters or parts changed, cut away, repeated or put in elsewhere. */
  private static String damaged(String whole, int round) {
    StringBuilder text = new StringBuilder(whole);
    int changes = 1 + below(4, round, 0);
    for (int i = 1; i <= changes; i++) {
      int at = below(text.length() + 1, round, 4 * i);
      int end = Math.min(text.length(), at + 1 + below(20, round, 4 * i + 1));
      String part = PARTS.get(below(PARTS.size(), round, 4 * i + 2));
      switch (below(5, round, 4 * i + 3)) {
        case 0 -> text.delete(at, end);
        case 1 -> text.insert(at, text.substring(at, end));
        case 2 -> text.replace(at, Math.min(text.length(), at + 1), part);
        case 3 -> text.insert(below(text.length() + 1, round, 40 + i), text.substring(at, end));
        default -> text.insert(at, part);
      }
    }
    return text.toString();
  }

  private static int below(int bound, int round, int draw) {
    return (int) Long.remainderUnsigned(Numbers.bits(round, draw), bound);
  }
}
