package io.convoy.launcher.submit;

import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A spark-submit that runs: it has this process's terminal and ends no later than this process. */
public final class SubmitProcess {
  private static final long SECONDS_TO_END = 30;

  private SubmitProcess() {}

  /**
   * Runs the command to its end.
   *
   * @param spark whose home the child gets as its {@code SPARK_HOME}
   * @return its exit status
   * @throws ConvoyException of kind RESOURCE when it does not start
   */
  public static int run(SubmitCommand command, SparkSubmit spark) {
    ProcessBuilder builder = new ProcessBuilder(command.words()).inheritIO();
    builder.environment().put("SPARK_HOME", spark.home().toAbsolutePath().toString());
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new ConvoyException(
          ConvoyException.Kind.RESOURCE,
          "%s does not start (%s)".formatted(command.program(), e.getMessage()),
          e);
    }
    Thread end = new Thread(() -> end(process), "convoy-submit-end");
    Runtime.getRuntime().addShutdownHook(end);
    try {
      int status = process.waitFor();
      Runtime.getRuntime().removeShutdownHook(end);
      return status;
    } catch (IllegalStateException shuttingDown) {
      return process.exitValue();
    } catch (InterruptedException e) {
      end(process);
      Thread.currentThread().interrupt();
      throw ConvoyException.resource("interrupted while spark-submit ran; it was ended");
    }
  }

  /** Ctrl-C reaches it by itself, a signal to this process alone does not. */
  private static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
