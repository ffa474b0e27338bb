package io.convoy.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Numbers that nobody can compute with are worked out or refused in a line, never wrapped round.
 */
class AbsurdNumbersTest {
  private static final Set<Integer> TOLD = Set.of(0, Commands.USAGE, Commands.RESOURCE);
  private static final Pattern JAVA = Pattern.compile("[a-z]\\.[A-Z]|Exception|overflow|[ =]-\\d");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "batchSize=2147483647",
        "batchSize=2147483647 shards=1",
        "batchSize=2147483647 shards=65536",
        "epochs=2147483647 batchSize=1",
        "maxSteps=9223372036854775807",
        "augmentation.cropPadding=2147483647",
        "checkpoint.everySteps=9223372036854775807",
        "network.input=[2147483647,1,1]",
        "network.input=[46341,46341,1]",
        "network.input=[30000,30000,2]",
        "network.layers.0.outChannels=2147483647",
        "network.layers.0.outChannels=100000000",
        "network.layers.0.kernel=2147483647",
        "network.layers.0.padding=2147483647",
        "network.layers.0.padding=20000",
        "network.layers.0.padding=same network.layers.0.dilation=2147483647",
        "network.layers.0.padding=same network.layers.0.kernel=2147483647",
        "network.layers.0.padding=same network.layers.0.kernel=30001",
        "network.layers.0.stride=2147483647",
        "network.layers.0.dilation=2147483647",
        "network.layers.0.groups=2147483647",
        "network.layers.3.outFeatures=2147483647",
        "network.layers.3.outFeatures=20000000",
      })
  void areWorkedOutOrRefused(String changes) throws IOException {
    Path recipe = Files.writeString(folder.resolve("tiny.yaml"), Commands.RECIPE);
    List<String> words = new ArrayList<>(List.of("summary", recipe.toString(), "--threads", "2"));
    for (String change : changes.split(" ")) {
      words.addAll(List.of("--set", change));
    }
    Commands commands = new Commands();
    int exitCode = commands.run(words.toArray(String[]::new));
    assertTrue(TOLD.contains(exitCode), commands::err);
    assertFalse(
        JAVA.matcher(commands.out() + commands.err()).find(), commands.out() + commands.err());
    assertEquals(exitCode == 0 ? 0 : 1, commands.err().lines().count(), commands::err);
  }
}
