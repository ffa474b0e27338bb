package io.convoy.launcher.command;

import io.convoy.json.Json;
import io.convoy.launcher.terminal.Console;
import java.util.List;
import picocli.CommandLine.Option;

/** The option {@code --json}; the same for every command that prints figures. */
final class JsonOption {
  @Option(
      names = "--json",
      description = {"Prints the figures as one JSON object; all else goes", "to stderr."})
  private boolean given;

  /** Whether it was given. */
  boolean given() {
    return given;
  }

  /** The option as a word of a command, where it was given. */
  List<String> words() {
    return given ? List.of("--json") : List.of();
  }

  /**
   * Prints figures.
   *
   * @param figures a record or JSON tree
   * @param lines prints them for people
   */
  void print(Console console, Object figures, Runnable lines) {
    if (given) {
      console.out().println(Json.text(figures));
    } else {
      lines.run();
    }
  }
}
