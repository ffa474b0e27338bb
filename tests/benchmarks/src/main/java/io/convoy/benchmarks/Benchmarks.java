package io.convoy.benchmarks;

import io.convoy.benchmarks.layers.LayersCommand;
import io.convoy.benchmarks.networks.NetworksCommand;
import io.convoy.error.ConvoyException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The drivers of the benchmarks, behind one command: {@code scripts/bench} calls it. */
@Command(
    name = "bench",
    description = "Measures Convoy beside other libraries.",
    mixinStandardHelpOptions = true,
    subcommands = {LayersCommand.class, NetworksCommand.class})
public final class Benchmarks {
  private Benchmarks() {}

  /**
   * Runs a driver.
   *
   * @param args see {@code --help}; the process ends with 0 where all results were right
   */
  public static void main(String[] args) {
    CommandLine command = new CommandLine(new Benchmarks());
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setExecutionExceptionHandler(
        (exception, line, result) -> {
          if (exception instanceof ConvoyException refused) {
            System.err.println("bench: " + refused.getMessage());
            return refused.exitCode();
          }
          throw exception;
        });
    System.exit(command.execute(args));
  }
}
