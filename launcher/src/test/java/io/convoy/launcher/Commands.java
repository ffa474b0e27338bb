package io.convoy.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.launcher.terminal.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs commands in this process and keeps what they print. */
public final class Commands {
  public static final int USAGE = 2;
  static final int DATA = 3;
  static final int RESOURCE = 4;
  static final int DIVERGED = 5;

  /** A recipe for {@link IdxFolder}: four batches an epoch, two epochs, a checkpoint a batch. */
  public static final String RECIPE =
      """
      name: tiny
      data: {format: idx}
      network:
        input: [8, 8, 1]
        layers:
          - {name: conv1, type: conv2d, outChannels: 3, kernel: 3}
          - {name: relu1, type: relu}
          - {name: flatten, type: flatten}
          - {name: logits, type: linear, outFeatures: 10}
      batchSize: 10
      shards: 4
      epochs: 2
      optimizer: {type: sgd, momentum: 0.9}
      schedule: {type: constant, rate: 0.01}
      checkpoint: {everySteps: 1}
      """;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  int run(String... arguments) {
    out.reset();
    err.reset();
    return Main.execute(arguments, new Console(stream(out), stream(err)));
  }

  /** The command ends with this exit code and one line of error that holds these parts. */
  public void fails(int exitCode, List<String> arguments, String... parts) {
    assertEquals(exitCode, run(arguments.toArray(String[]::new)), this::err);
    List<String> errors = err().lines().filter(line -> line.startsWith("convoy: ")).toList();
    assertEquals(1, errors.size(), this::err);
    for (String part : parts) {
      assertTrue(errors.get(0).contains(part), () -> "wanted: " + part + "\nbut got: " + err());
    }
    assertFalse(err().lines().anyMatch(line -> line.startsWith("\tat ")), this::err);
    assertEquals("", out());
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** All files below a folder, by name, each byte a character. */
  static Map<String, String> contents(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .collect(
              Collectors.toMap(
                  file -> folder.relativize(file).toString(),
                  Commands::text,
                  (one, other) -> one,
                  TreeMap::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
