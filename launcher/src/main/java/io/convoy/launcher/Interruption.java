package io.convoy.launcher;

/**
 * Ctrl-C and other signals to stop: while the virtual machine shuts down, whatever the command runs
 * into is no error, and the user is told how to go on.
 */
final class Interruption implements AutoCloseable {
  /** Of a process that SIGINT ended: 128 + 2. */
  static final int EXIT_CODE = 130;

  private final Console console;
  private final Thread hook;
  private volatile boolean happened;
  private volatile String advice =
      "interrupted; a training goes on from its last checkpoint by --resume --out RUN, a fetch by"
          + " the same command";

  private Interruption(Console console) {
    this.console = console;
    this.hook = new Thread(this::happen, "convoy-interruption");
  }

  static Interruption watch(Console console) {
    Interruption interruption = new Interruption(console);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  boolean happened() {
    return happened;
  }

  /** Sets what the user is told; empty where another process tells it. */
  void advise(String line) {
    advice = line;
  }

  private void happen() {
    happened = true;
    if (!advice.isEmpty()) {
      console.tell(advice);
    }
  }

  @Override
  public void close() {
    if (!happened) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException shuttingDown) {
        happened = true;
      }
    }
  }
}
