package io.convoy.benchmarks.kernels;

import io.convoy.benchmarks.timing.Peak;
import io.convoy.error.ConvoyException;
import io.convoy.kernel.Kernels;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kernels}: runs the micro-benchmarks, each in a JVM with the options of this one. */
@Command(
    name = "kernels",
    description = "Times single kernels on one thread by JMH, each in a JVM of its own.")
public final class KernelsCommand implements Callable<Integer> {
  private static final String PACKAGE = KernelsCommand.class.getPackageName();
  private static final int PEAK_PATIENCE = 100;
  private static final double PEAK_SECONDS = 3;

  @Parameters(
      paramLabel = "REGEX",
      arity = "0..1",
      description = "Only kernels whose class and method hold this, such as Tile or Row.*elu.")
  private String only = "";

  @Option(
      names = "--param",
      paramLabel = "NAME=A,B",
      description = "Other sizes, such as run=512 or length=64,4096.")
  private List<String> sizes = List.of();

  @Option(
      names = "--prof",
      paramLabel = "NAME[:OPTIONS]",
      description = "A profiler of JMH, such as gc, stack, perfnorm or perfasm.")
  private List<String> profilers = List.of();

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Of each of the iterations that are measured; ${DEFAULT-VALUE}.")
  private double seconds = 0.2;

  @Option(
      names = "--warm-up",
      paramLabel = "S",
      description = "Seconds before the first of them; ${DEFAULT-VALUE}.")
  private double warmUp = 0.6;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Iterations that are measured; ${DEFAULT-VALUE}.")
  private int rounds = 5;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes JMH's results there.")
  private Path json;

  @Override
  public Integer call() throws IOException {
    Kernels kernels = KernelProvider.kernels();
    System.out.printf("convoy: %s kernels, %s lanes%n", kernels.name(), kernels.lanes());
    double peak;
    try (WorkPool pool = new WorkPool(1)) {
      peak = new Peak(pool).settle(PEAK_PATIENCE, PEAK_SECONDS);
    }
    try {
      var unused = new Runner(options(kernels), new KernelTable(System.out, peak)).run();
      return 0;
    } catch (NoBenchmarksException e) {
      throw ConvoyException.usage("no kernel's class and method hold \"%s\"", only);
    } catch (RunnerException e) {
      throw new ConvoyException(ConvoyException.Kind.INTERNAL, "JMH: " + e.getMessage(), e);
    }
  }

  private org.openjdk.jmh.runner.options.Options options(Kernels kernels) throws IOException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + PACKAGE.replace(".", "\\.") + "\\..*" + only)
            .mode(Mode.Throughput)
            .timeUnit(TimeUnit.SECONDS)
            .forks(1)
            .warmupIterations(3)
            .warmupTime(nanos(warmUp / 3))
            .measurementIterations(rounds)
            .measurementTime(nanos(seconds))
            .shouldFailOnError(true)
            .param("vectors", vectors(kernels));
    for (String size : sizes) {
      String[] parts = size.split("=", 2);
      if (parts.length != 2) {
        throw ConvoyException.usage("--param must be NAME=A,B; got \"%s\"", size);
      }
      options.param(parts[0], parts[1].split(","));
    }
    for (String profiler : profilers) {
      String[] parts = profiler.split(":", 2);
      options.addProfiler(parts[0], parts.length == 2 ? parts[1] : "");
    }
    if (json != null) {
      Files.createDirectories(json.toAbsolutePath().getParent());
      options.resultFormat(ResultFormatType.JSON).result(json.toString());
    }
    return options.build();
  }

  /** The widths of panels that these kernels have. */
  private static String[] vectors(Kernels kernels) {
    return IntStream.rangeClosed(1, kernels.panelWidth() / kernels.lanes())
        .mapToObj(String::valueOf)
        .toArray(String[]::new);
  }

  private static TimeValue nanos(double seconds) {
    return TimeValue.nanoseconds(Math.max(1, Math.round(seconds * 1e9)));
  }
}
