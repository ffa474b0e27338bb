package io.convoy.launcher.recipe;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Damaged recipes end in a recipe or in one clear error, within a second of work and little memory.
 * {@code -Dconvoy.mutation.seconds=600} goes on for so long; where something else happens, the test
 * shows the number of the mutation, and the text.
 */
final class RecipeMutationTest {
  private static final int ROUNDS = 4000;
  private static final long MOST_NANOS = 1_000_000_000L;
  private static final long MOST_BYTES = 256L << 20;

  private static final ThreadMXBean ACCOUNT = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final List<String> PARTS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          ": ",
          ",",
          "- ",
          "\n",
          "\n  ",
          "\t",
          "#",
          "\"",
          "'",
          "|",
          ">",
          "&a ",
          "*a",
          "<<: *a",
          "!!java.lang.Object ",
          "!x ",
          "---\n",
          "...\n",
          "%YAML 9\n",
          "? ",
          "null",
          "~",
          "true",
          "0",
          "-1",
          "0x10",
          "1e9",
          "1e400",
          ".nan",
          ".inf",
          "0.5",
          "2147483647",
          "99999999999999999999",
          "2026-01-01",
          "type",
          "type: ",
          "network",
          "data",
          "epochs",
          "CONV(64,3x3) => RELU",
          "resnet18",
          "relu",
          "adam",
          "cosine",
          "\u0000",
          "é",
          "\uD83D",
          "[".repeat(3000),
          "{a: ".repeat(3000),
          "- ".repeat(3000));

  private static String recipe(String name) {
    return RecipeFile.find(name, Optional.empty()).text();
  }

  @Test
  void damagedRecipes() {
    List<String> whole = new ArrayList<>();
    RecipeFile.BUNDLED.forEach(name -> whole.add(recipe(name)));
    whole.add(
        """
        name: x
        network: "INPUT(9,7,3) => [CONV(8,3x3) => BN => RELU] * 2 => POOL(2) => GAP => FC(4)"
        data: {format: folders, path: images}
        batchSize: 16
        epochs: 3
        optimizer: {type: lamb, weightDecay: 0.01}
        schedule: {type: oneCycle, rate: 0.1}
        augmentation: {cropPadding: 1, flip: true, mixup: {alpha: 0.2}}
        fineTuning: {weights: w.onnx, head: replace, freeze: [{names: "conv*", epochs: 1}]}
        """);
    RecipeFile first = RecipeFile.find(RecipeFile.BUNDLED.get(0), Optional.empty());
    whole.add(Json.text(RecipeReader.recipe(RecipeReader.tree(first), "", List.of())));
    Integer seconds = Integer.getInteger("convoy.mutation.seconds");
    long end = seconds == null ? Long.MAX_VALUE : System.nanoTime() + 1_000_000_000L * seconds;
    int rounds = seconds == null ? ROUNDS : Integer.MAX_VALUE;
    int recipes = 0;
    int errors = 0;
    whole.forEach(text -> assertTrue(error(text).isEmpty(), text)); // classes are loaded, once
    for (int round = 0; round < rounds && System.nanoTime() < end; round++) {
      String text = damaged(whole.get(round % whole.size()), new SplittableRandom(round));
      Optional<ConvoyException> error = cheapError(text, "mutation %s:\n%s".formatted(round, text));
      if (error.isPresent()) {
        errors++;
      } else {
        recipes++;
      }
    }
    System.out.printf("%d recipes, %d errors%n", recipes, errors);
    assertTrue(recipes > 0 && errors > 0, "%s recipes, %s errors".formatted(recipes, errors));
  }

  private static String damaged(String whole, SplittableRandom random) {
    StringBuilder text = new StringBuilder(whole);
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes && text.length() > 1; i++) {
      int at = random.nextInt(text.length());
      int end = Math.min(text.length(), at + 1 + random.nextInt(30));
      String part = PARTS.get(random.nextInt(PARTS.size()));
      switch (random.nextInt(6)) {
        case 0 -> text.delete(at, end);
        case 1 -> text.insert(random.nextInt(text.length()), text.substring(at, end));
        case 2 -> text.replace(at, wordEnd(text, at), part);
        case 3 -> text.setCharAt(at, (char) random.nextInt(128));
        case 4 -> text.setLength(random.nextInt(8) == 0 ? at : text.length());
        default -> text.insert(at, part);
      }
    }
    return text.toString();
  }

  private static int wordEnd(CharSequence text, int at) {
    int end = at + 1;
    while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** What a recipe is refused for, which took little; none where it is one. */
  private static Optional<ConvoyException> cheapError(String text, String shown) {
    long bytes = ACCOUNT.getCurrentThreadAllocatedBytes();
    long nanos = ACCOUNT.getCurrentThreadCpuTime();
    Optional<ConvoyException> error = error(text);
    long took = ACCOUNT.getCurrentThreadCpuTime() - nanos;
    long allocated = ACCOUNT.getCurrentThreadAllocatedBytes() - bytes;
    assertTrue(took < MOST_NANOS, () -> took + " ns: " + shown);
    assertTrue(allocated < MOST_BYTES, () -> allocated + " bytes: " + shown);
    error.ifPresent(
        found -> {
          String message = found.getMessage();
          assertTrue(message.startsWith("it.yaml"), () -> message + "\n" + shown);
          assertTrue(message.length() < 3000, () -> message + "\n" + shown);
          assertFalse(message.isBlank(), shown);
        });
    return error;
  }

  private static Optional<ConvoyException> error(String text) {
    try {
      RecipeReader.recipe(
          RecipeReader.tree(new RecipeFile("it.yaml", "it", text)), "it.yaml", List.of());
      return Optional.empty();
    } catch (ConvoyException e) {
      return Optional.of(e);
    } catch (RuntimeException | Error e) {
      throw new AssertionError(text, e);
    }
  }

  /** Bombs, circles, keys that come twice, and what nests without an end. */
  @Test
  void absurdRecipes() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String before = "*a" + (i - 1);
      laughs.append(
          "a%s: &a%s [%s]%n"
              .formatted(
                  i,
                  i,
                  String.join(
                      ", ",
                      List.of(before, before, before, before, before, before, before, before))));
    }
    String quickstart = recipe(RecipeFile.DEFAULT);
    for (String text :
        List.of(
            laughs.toString(),
            "network: &n {input: *n}\n",
            "a: &a\n  <<: *a\n",
            quickstart + "epochs: 3\nepochs: 4\n",
            "[".repeat(100_000),
            "{a: ".repeat(50_000),
            "- ".repeat(100_000),
            "? ".repeat(100_000),
            "network: '" + "[".repeat(100_000) + "'",
            "network: 'INPUT(8,8,1) => " + "[RELU]*1000".repeat(2) + "'",
            "network: 'INPUT(8,8,1) => [[[[[[RELU]*99]*99]*99]*99]*99]*99 => FC(2)'",
            "batchSize: " + "9".repeat(100_000),
            "batchSize: 1e999999999",
            "network: {type: vgg16, input: [2000000000, 2000000000, 3]}",
            "x".repeat(1 << 16))) {
      String shown = text.substring(0, Math.min(100, text.length()));
      assertTrue(cheapError(text, shown).isPresent(), () -> "taken: " + shown);
    }
  }
}
