package io.convoy.launcher.terminal;

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

  /** Shows transfers, and other work that is counted. */
  public TransferProgress transfers() {
    return TransferProgress.choose(
        System.getProperty(Progress.PROPERTY), System.console() != null, err);
  }

  /** Shows a training. */
  public Progress progress() {
    return Progress.choose(System.getProperty(Progress.PROPERTY), System.console() != null, err);
  }
}
