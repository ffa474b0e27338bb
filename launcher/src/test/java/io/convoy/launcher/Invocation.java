package io.convoy.launcher;

import java.util.List;

/**
 * A command that was run in this process.
 *
 * @param exitCode what the process would end with
 * @param out what it printed to stdout
 * @param err what it printed to stderr, without blanks around it
 */
record Invocation(int exitCode, String out, String err) {
  static Invocation of(String... arguments) {
    Commands commands = new Commands();
    int exitCode = commands.run(arguments);
    return new Invocation(exitCode, commands.out(), commands.err().strip());
  }

  List<String> lines() {
    return out.lines().toList();
  }
}
