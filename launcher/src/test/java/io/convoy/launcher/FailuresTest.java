package io.convoy.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.LocalNames;
import io.convoy.error.ConvoyException;
import io.convoy.launcher.terminal.Console;
import io.convoy.launcher.terminal.Interruption;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class FailuresTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);

  @Test
  void eachKindHasItsExitCode() {
    assertEquals(3, handle(ConvoyException.data("cut short")));
    assertEquals("convoy: cut short", text());
    assertEquals(4, handle(ConvoyException.resource("disk full")));
    assertEquals(5, handle(new ConvoyException(ConvoyException.Kind.DIVERGED, "NaN")));
  }

  @Test
  void whatAnExecutorFoundIsTold() {
    Exception wrapped = new IllegalStateException("job aborted", ConvoyException.data("bad label"));
    assertEquals(3, handle(wrapped));
    assertEquals("convoy: bad label", text());
  }

  @Test
  void aDefectIsOneLineAndItsDetailsAreInAFile() throws IOException {
    assertEquals(70, handle(new IllegalStateException("first line\n  second line")));
    String line = text();
    assertEquals(1, line.lines().count());
    String start =
        "convoy: internal error: java.lang.IllegalStateException: first line second line; this is a"
            + " defect of Convoy; the details are in ";
    assertTrue(line.startsWith(start), line);
    Path log = Path.of(line.substring(start.length()));
    assertTrue(Files.readString(log).contains("FailuresTest"));
    Files.delete(log);
  }

  /** A file system may be the first to look at a name. */
  @Test
  void aNameThatNoFileCanHaveIsNoDefect() {
    assertEquals(2, handle(new InvalidPathException("größe", "unmappable")));
    assertEquals(
        "convoy: 'größe' cannot be the name of a file here: it has characters that the set "
            + LocalNames.charset()
            + " lacks"
            + LocalNames.remedy(),
        text());
  }

  @Test
  void tooLittleMemoryIsNoDefect() {
    assertEquals(4, handle(new IllegalStateException(new OutOfMemoryError("Java heap space"))));
    assertTrue(text().contains("CONVOY_DRIVER_MEMORY=8g"), text());
  }

  /** More heap would help neither. */
  @Test
  void whatElseCanRunOutHasAdviceOfItsOwn() {
    assertEquals(
        4,
        handle(new IllegalStateException(new OutOfMemoryError("unable to create native thread"))));
    assertTrue(text().contains("raise the limit (ulimit -u"), text());
    err.reset();
    Console console = new Console(stream, stream);
    try (Interruption interruption = Interruption.watch(console)) {
      assertEquals(4, new Failures(console, interruption).outOfMemory(new StackOverflowError()));
    }
    assertTrue(text().contains("CONVOY_JAVA_OPTS=-Xss8m"), text());
  }

  private int handle(Exception error) {
    err.reset();
    Console console = new Console(stream, stream);
    try (Interruption interruption = Interruption.watch(console)) {
      return new Failures(console, interruption).handleExecutionException(error, null, null);
    }
  }

  private String text() {
    return err.toString(StandardCharsets.UTF_8).strip();
  }
}
