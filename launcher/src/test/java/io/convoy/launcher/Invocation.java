package io.convoy.launcher;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode = Main.execute(arguments, new Console(stream(out), stream(err)));
    return new Invocation(exitCode, text(out), text(err).strip());
  }

  List<String> lines() {
    return out.lines().toList();
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
