package io.convoy.benchmarks.networks;

import io.convoy.error.ConvoyException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A step that another process computes, for what cannot live in this one: another JDK, or a library
 * that needs other versions of the same natives. It takes part in the rounds as if it were here; a
 * call costs a line each way, some tens of microseconds.
 */
public final class RemoteStep implements Step {
  private final String name;
  private final Process process;
  private final BufferedReader answers;
  private final PrintStream words;

  /**
   * Starts the process and waits until it is ready.
   *
   * @param name what messages call it
   * @param command a process that calls {@link StepServer#serve}
   * @throws ConvoyException when it cannot be started or ends before it is ready
   */
  public RemoteStep(String name, List<String> command) {
    this.name = name;
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new ConvoyException(
          ConvoyException.Kind.RESOURCE, "cannot start the process of " + name + ": " + e, e);
    }
    answers =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    words = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
    try {
      awaitDone();
    } catch (ConvoyException notReady) {
      close();
      throw notReady;
    }
  }

  @Override
  public void run() {
    words.println(StepServer.RUN);
    awaitDone();
  }

  @Override
  public float[] logits() {
    words.println(StepServer.LOGITS);
    return StepServer.decode(answer());
  }

  private void awaitDone() {
    String line = answer();
    if (!line.equals(StepServer.DONE)) {
      throw ConvoyException.resource(
          "the process of %s must answer \"%s\"; got \"%s\"", name, StepServer.DONE, line);
    }
  }

  private String answer() {
    try {
      String line = answers.readLine();
      if (line != null) {
        return line;
      }
      throw ConvoyException.resource("the process of %s ended; what it said stands above", name);
    } catch (IOException e) {
      throw new ConvoyException(
          ConvoyException.Kind.RESOURCE, "no answer of " + name + ": " + e, e);
    }
  }

  @Override
  public void close() {
    words.close(); // the process ends at the end of its input
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroy();
    }
  }
}
