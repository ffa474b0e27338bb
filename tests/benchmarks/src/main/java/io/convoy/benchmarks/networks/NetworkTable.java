package io.convoy.benchmarks.networks;

import static org.apache.commons.math3.stat.StatUtils.geometricMean;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The results on a terminal: a line for each contender in each way. */
final class NetworkTable {
  private static final int WIDTH = 110;

  private final PrintStream out;

  NetworkTable(PrintStream out) {
    this.out = out;
  }

  void head() {
    line(
        "%-14s %-10s %5s  %-10s %-25s %10s %10s %4s %6s %9s",
        "network", "mode", "batch", "contender", "way", "images/s", "ms", "±", "ratio", "peak MB");
    out.println("-".repeat(WIDTH));
  }

  void rows(NetworkResult result) {
    for (NetworkResult.Timing timing : result.timings()) {
      double ratio = result.ratio(timing);
      line(
          "%-14s %-10s %5d  %-10s %-25s %10.1f %10.2f %3.0f%% %6s %9s",
          result.network(),
          result.mode(),
          result.batch(),
          timing.contender(),
          timing.way(),
          result.speed(timing),
          1e3 * timing.seconds().median(),
          timing.seconds().percent(),
          timing.ours() && !Double.isNaN(ratio) ? String.format(Locale.ROOT, "%.2f", ratio) : "",
          timing.peakBytes() == 0
              ? ""
              : String.format(Locale.ROOT, "%.0f", timing.peakBytes() / 1e6));
    }
    if (result.error() != null) {
      line("    logits differ by %.1e of their root mean square", result.error());
    }
  }

  /** For each mode, and each way of ours, the geometric mean of the ratios. */
  void means(List<NetworkResult> results) {
    Map<String, List<Double>> ratios = new LinkedHashMap<>();
    for (NetworkResult result : results) {
      for (NetworkResult.Timing timing : result.timings()) {
        double ratio = result.ratio(timing);
        if (timing.ours() && !Double.isNaN(ratio)) {
          String what = "%s, %s".formatted(result.mode(), timing.way());
          ratios.computeIfAbsent(what, w -> new ArrayList<>()).add(ratio);
        }
      }
    }
    ratios.forEach(
        (what, values) -> {
          double[] each = values.stream().mapToDouble(Double::doubleValue).toArray();
          line("%s: ratio %.2f, geometric mean of %d", what, geometricMean(each), each.length);
        });
  }

  private void line(String format, Object... cells) {
    out.println(String.format(Locale.ROOT, format, cells).stripTrailing());
  }
}
