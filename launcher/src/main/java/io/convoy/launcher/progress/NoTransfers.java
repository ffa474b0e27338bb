package io.convoy.launcher.progress;

import java.io.PrintStream;

/** Shows no figures; what is to be said is said. */
record NoTransfers(PrintStream err) implements TransferProgress {
  @Override
  public void start(String name, long from, long total, Quantity quantity) {}

  @Override
  public void at(long bytes) {}

  @Override
  public void say(String line) {
    err.println(line);
    err.flush();
  }

  @Override
  public void close() {}
}
