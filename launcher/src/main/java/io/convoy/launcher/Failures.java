package io.convoy.launcher;

import io.convoy.data.LocalNames;
import io.convoy.error.ConvoyException;
import io.convoy.error.Nearest;
import io.convoy.launcher.terminal.Console;
import io.convoy.launcher.terminal.Interruption;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * How a command fails: one line on stderr, two more where it points at a place in a notation, and
 * an exit code, never a bare stack trace.
 */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private static final int USAGE = ConvoyException.usage("").exitCode();
  private static final int RESOURCE = ConvoyException.resource("").exitCode();
  private static final int INTERNAL =
      new ConvoyException(ConvoyException.Kind.INTERNAL, "").exitCode();

  private static final Pattern POINTER = Pattern.compile("(?s)(.*)(\n  [^\n]*\n +\\^)");

  private final Console console;
  private final Interruption interruption;

  Failures(Console console, Interruption interruption) {
    this.console = console;
    this.interruption = interruption;
  }

  /** A command line that cannot be understood. */
  @Override
  public int handleParseException(ParameterException error, String[] arguments) {
    console.tell(
        "%s%s see %s --help"
            .formatted(
                oneLine(error.getMessage()),
                suggestion(error),
                error.getCommandLine().getCommandSpec().qualifiedName()));
    return USAGE;
  }

  /** What a mistyped word was meant to be, as the next words of a sentence. */
  private static String suggestion(ParameterException error) {
    if (!(error instanceof UnmatchedArgumentException unmatched)) {
      return ";";
    }
    String word = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
    CommandSpec command = error.getCommandLine().getCommandSpec();
    String question =
        Nearest.question(
            word,
            unmatched.isUnknownOption()
                ? command.optionsMap().keySet()
                : command.subcommands().keySet());
    return question.isEmpty() ? ";" : question;
  }

  /** A command that went wrong. */
  @Override
  public int handleExecutionException(
      Exception error, CommandLine commandLine, ParseResult parsed) {
    if (interruption.happened()) {
      return Interruption.EXIT_CODE;
    }
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConvoyException known) {
        console.tell(withPointer(known.getMessage()));
        return known.exitCode();
      }
      if (cause instanceof InvalidPathException path) {
        console.tell(oneLine(LocalNames.refused(path).getMessage()));
        return USAGE;
      }
      if (cause instanceof OutOfMemoryError memory) {
        return outOfMemory(memory);
      }
    }
    return defect(error);
  }

  /** What should never happen. */
  int defect(Throwable error) {
    console.tell(
        "internal error: %s: %s; %s"
            .formatted(
                error.getClass().getName(),
                error.getMessage() == null ? "no message" : oneLine(error.getMessage()),
                details(error)));
    return INTERNAL;
  }

  /** The heap is too small, a thread's stack, or what the machine lets a process have. */
  int outOfMemory(Error error) {
    String what = error.getMessage() == null ? "a thread's stack is full" : error.getMessage();
    console.tell("this process is out of memory (%s): %s".formatted(what, more(error)));
    return RESOURCE;
  }

  private static String more(Error error) {
    if (error instanceof StackOverflowError) {
      return "give its threads more stack, by CONVOY_JAVA_OPTS=-Xss8m for scripts/convoy or"
          + " --driver-java-options -Xss8m for spark-submit";
    }
    if (String.valueOf(error.getMessage()).contains("native thread")) {
      return "it may have no more threads: raise the limit (ulimit -u, or the container's), or end"
          + " other processes";
    }
    return "give it more, by CONVOY_DRIVER_MEMORY=8g for scripts/convoy or --driver-memory 8g for"
        + " spark-submit";
  }

  /** Where the stack trace lies, for a report of the defect. */
  private static String details(Throwable error) {
    StringWriter trace = new StringWriter();
    error.printStackTrace(new PrintWriter(trace, true));
    try {
      Path log = Files.createTempFile("convoy-error-", ".log");
      Files.writeString(log, trace.toString());
      return "this is a defect of Convoy; the details are in " + log;
    } catch (IOException e) {
      return "this is a defect of Convoy; the details could not be written (%s)".formatted(e);
    }
  }

  /** In one line, but for the line of a notation and the caret below it. */
  private static String withPointer(String message) {
    Matcher pointer = POINTER.matcher(String.valueOf(message));
    return pointer.matches()
        ? oneLine(pointer.group(1)) + pointer.group(2)
        : oneLine(String.valueOf(message));
  }

  private static String oneLine(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining(" "));
  }
}
