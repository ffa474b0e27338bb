package io.convoy.launcher.command;

import io.convoy.launcher.progress.Progress;
import io.convoy.launcher.progress.TransferProgress;
import java.io.PrintStream;

/**
 * Where a command prints.
 *
 * @param out results, and nothing else
 * @param err progress, warnings and errors
 */
public record Console(PrintStream out, PrintStream err) {
  /** A line to the user. */
  public void tell(String line) {
    err.println("convoy: " + line);
    err.flush();
  }

  TransferProgress transfers() {
    return TransferProgress.choose(
        System.getProperty(Progress.PROPERTY), System.console() != null, err);
  }

  Progress progress() {
    return Progress.choose(System.getProperty(Progress.PROPERTY), System.console() != null, err);
  }
}
