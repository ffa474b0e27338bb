package io.convoy.launcher.terminal;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * Ctrl-C and other signals to stop: while the virtual machine shuts down, whatever the command runs
 * into is no error, and the user is told how to go on.
 */
public final class Interruption implements AutoCloseable {
  /** Of a process that SIGINT ended: 128 + 2. */
  public static final int EXIT_CODE = 130;

  private final Console console;
  private final Thread hook;
  private volatile boolean happened;
  private volatile String advice = "interrupted";
  private volatile Runnable display = () -> {};

  private Interruption(Console console) {
    this.console = console;
    this.hook = new Thread(this::happen, "convoy-interruption");
  }

  /** Watches until it is closed. */
  public static Interruption watch(Console console) {
    Interruption interruption = new Interruption(console);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** Whether the virtual machine shuts down. */
  public boolean happened() {
    return happened;
  }

  /** Sets what the user is told; empty where another process tells it. */
  public void advise(String line) {
    advice = line;
  }

  /**
   * The same while something is displayed.
   *
   * @param end ends the display, so that the advice gets a line of its own and the last word
   */
  public void advise(String line, Runnable end) {
    display = end;
    advise(line);
  }

  /** What fails from here on does so since all ends: nobody is to read of it behind the advice. */
  private void happen() {
    happened = true;
    Configurator.setAllLevels(LogManager.ROOT_LOGGER_NAME, Level.OFF);
    display.run();
    if (!advice.isEmpty()) {
      console.tell(advice);
    }
    console.err().close(); // traces of Spark's threads, and displays that learn of lost executors
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
