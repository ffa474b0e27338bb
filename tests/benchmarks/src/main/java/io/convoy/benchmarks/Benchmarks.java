package io.convoy.benchmarks;

import io.convoy.benchmarks.curves.CurveCommand;
import io.convoy.benchmarks.images.DrawCommand;
import io.convoy.benchmarks.images.ImagesCommand;
import io.convoy.benchmarks.kernels.KernelsCommand;
import io.convoy.benchmarks.layers.LayersCommand;
import io.convoy.benchmarks.networks.NetworksCommand;
import io.convoy.benchmarks.predict.PredictCommand;
import io.convoy.benchmarks.report.ReportCommand;
import io.convoy.error.ConvoyException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The drivers of the benchmarks, behind one command: {@code scripts/bench} calls it. */
@Command(
    name = "bench",
    description = "Measures Convoy beside other libraries.",
    mixinStandardHelpOptions = true,
    subcommands = {
      CurveCommand.class,
      DrawCommand.class,
      ImagesCommand.class,
      KernelsCommand.class,
      LayersCommand.class,
      NetworksCommand.class,
      PredictCommand.class,
      ReportCommand.class
    })
public final class Benchmarks {
  private Benchmarks() {}

  /**
   * Runs a driver.
   *
   * @param args see {@code --help}; the process ends with 0 where all results were right
   */
  public static void main(String[] args) {
    System.exit(execute(args));
  }

  /** The same, for a caller that goes on: gives the exit code. */
  public static int execute(String... args) {
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
    return command.execute(args);
  }
}
