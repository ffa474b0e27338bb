package io.convoy.newcomer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * README.md: its commands and its Java, which stand in fenced blocks.
 *
 * @param lines of the file
 */
record Readme(List<String> lines) {
  private static final String FENCE = "```";

  static Readme of(Path file) throws IOException {
    return new Readme(Files.readAllLines(file));
  }

  /**
   * The commands of the section with this heading, in order and as they stand: of blocks without a
   * language, or of bash. A line that ends in a backslash and the next one are one command.
   */
  List<String> commands(String heading) {
    List<String> commands = new ArrayList<>();
    StringBuilder command = new StringBuilder();
    boolean fenced = false;
    boolean shell = false;
    for (String line : section(heading)) {
      if (line.startsWith(FENCE)) {
        fenced = !fenced;
        shell = Set.of(FENCE, FENCE + "bash").contains(line);
        continue;
      }
      if (!fenced || !shell || line.isBlank()) {
        continue;
      }
      command.append(line);
      if (line.endsWith("\\")) {
        command.append('\n');
        continue;
      }
      commands.add(command.toString());
      command.setLength(0);
    }
    if (fenced || !command.isEmpty() || commands.isEmpty()) {
      throw new AssertionError("'## %s' has no whole commands: %s".formatted(heading, commands));
    }
    return commands;
  }

  /** The Java in the section with this heading: the text of its only block of that kind. */
  String java(String heading) {
    return block(heading, "java");
  }

  /** The text of the only block of a language in the section with this heading. */
  String block(String heading, String language) {
    List<String> section = section(heading);
    int start = section.indexOf(FENCE + language);
    if (start < 0 || start != section.lastIndexOf(FENCE + language)) {
      throw new AssertionError(
          "'## %s' has no block of %s, or several".formatted(heading, language));
    }
    List<String> below = section.subList(start + 1, section.size());
    return String.join("\n", below.stream().takeWhile(line -> !line.equals(FENCE)).toList());
  }

  private List<String> section(String heading) {
    int start = lines.indexOf("## " + heading);
    if (start < 0) {
      throw new AssertionError("there is no section '## %s'".formatted(heading));
    }
    List<String> below = lines.subList(start + 1, lines.size());
    return below.stream().takeWhile(line -> !line.startsWith("## ")).toList();
  }
}
