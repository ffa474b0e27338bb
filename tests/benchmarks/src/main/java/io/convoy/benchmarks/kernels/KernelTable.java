package io.convoy.benchmarks.kernels;

import java.io.PrintStream;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/** JMH's results on a terminal, a line each as they come, and below it what a profiler says. */
final class KernelTable implements OutputFormat {
  private static final int WIDTH = 98;

  /** The counters of {@link KernelWork}. */
  private static final String OPERATIONS = "operations";

  private static final String BYTES = "bytes";

  private final PrintStream out;
  private final double peak;

  /**
   * @param peak operations a second of one thread on registers alone
   */
  KernelTable(PrintStream out, double peak) {
    this.out = out;
    this.peak = peak;
  }

  @Override
  public void startRun() {
    line("peak: %.1f GFLOP/s at best, multiply-adds on registers alone, one thread", peak / 1e9);
    line("%-54s %12s %4s %9s %6s %8s", "kernel", "µs a call", "±", "GFLOP/s", "peak", "GB/s");
    out.println("-".repeat(WIDTH));
  }

  @Override
  public void endBenchmark(BenchmarkResult result) {
    if (result == null) {
      return; // it failed, and said so
    }
    Result<?> calls = result.getPrimaryResult();
    double operations = rate(result, OPERATIONS);
    double bytes = rate(result, BYTES);
    line(
        "%-54s %12.4f %4s %9s %6s %8s",
        name(result.getParams()),
        1e6 / calls.getScore(),
        spread(calls),
        operations == 0 ? "" : format("%.1f", operations / 1e9),
        operations == 0 ? "" : format("%.0f%%", 100 * operations / peak),
        bytes == 0 ? "" : format("%.1f", bytes / 1e9));
    result
        .getSecondaryResults()
        .forEach(
            (label, told) -> {
              if (!label.equals(OPERATIONS) && !label.equals(BYTES)) {
                profiled(label, told);
              }
            });
  }

  /** A figure, or a text such as an assembly listing. */
  private void profiled(String label, Result<?> told) {
    if (Double.isNaN(told.getScore())) {
      out.println(told.extendedInfo().stripTrailing());
      return;
    }
    line("    %-50s %12.4f %s", label, told.getScore(), told.getScoreUnit());
  }

  /** The standard deviation in percent; nothing of a single iteration. */
  private static String spread(Result<?> calls) {
    double deviation = calls.getStatistics().getStandardDeviation();
    return Double.isNaN(deviation) ? "" : format("%.0f%%", 100 * deviation / calls.getScore());
  }

  private static double rate(BenchmarkResult result, String counter) {
    Result<?> counted = result.getSecondaryResults().get(counter);
    return counted == null ? 0 : counted.getScore();
  }

  /** Class and method without the package, and the parameters. */
  private static String name(BenchmarkParams params) {
    String[] words = params.getBenchmark().split("\\.");
    Map<String, String> values = new TreeMap<>();
    params.getParamsKeys().forEach(key -> values.put(key, params.getParam(key)));
    String type = words[words.length - 2];
    return type + "." + words[words.length - 1] + (values.isEmpty() ? "" : " " + values);
  }

  private void line(String pattern, Object... cells) {
    out.println(format(pattern, cells).stripTrailing());
  }

  private static String format(String pattern, Object... cells) {
    return String.format(Locale.ROOT, pattern, cells);
  }

  /** JMH's own progress starts with a number sign; the rest is what a forked JVM says. */
  @Override
  public void println(String text) {
    if (!text.isBlank() && !text.startsWith("#") && !text.contains("incubator modules")) {
      System.err.println(text);
    }
  }

  @Override
  public void verbosePrintln(String text) {}

  @Override
  public void print(String text) {}

  @Override
  public void write(int octet) {}

  @Override
  public void write(byte[] octets) {}

  @Override
  public void iteration(BenchmarkParams benchmark, IterationParams params, int iteration) {}

  @Override
  public void iterationResult(
      BenchmarkParams benchmark, IterationParams params, int iteration, IterationResult data) {}

  @Override
  public void startBenchmark(BenchmarkParams benchmark) {}

  @Override
  public void endRun(Collection<RunResult> results) {}

  @Override
  public void flush() {
    out.flush();
  }

  @Override
  public void close() {
    out.flush();
  }
}
