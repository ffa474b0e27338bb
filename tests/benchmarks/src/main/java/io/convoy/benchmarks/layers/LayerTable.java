package io.convoy.benchmarks.layers;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** The results on a terminal: a line each as they come, at the end the groups. */
final class LayerTable {
  private static final String HEAD =
      "%-36s %3s %-7s %10s %4s %8s %5s  %-9s %10s %4s %6s  %10s  %8s  %s";
  private static final String ROW =
      "%-36s %3d %-7s %10.3f %3.0f%% %8.1f %4.0f%%  %-9s %10s %4s %6s  %10s  %8.1e  %s";
  private static final int WIDTH = 140;

  private final PrintStream out;

  LayerTable(PrintStream out) {
    this.out = out;
  }

  /**
   * @param peak operations a second
   */
  void head(double peak, int threads) {
    peak(peak, threads);
    line(
        HEAD,
        "layer",
        "mb",
        "pass",
        "ms",
        "±",
        "GFLOP/s",
        "peak",
        "peer",
        "ms",
        "±",
        "ratio",
        "packing ms",
        "error",
        "bits");
    out.println("-".repeat(WIDTH));
  }

  void row(LayerResult result) {
    LayerResult.Timing ours = result.ours();
    line(
        ROW,
        result.name(),
        result.batch(),
        result.direction(),
        1e3 * ours.seconds().median(),
        ours.seconds().percent(),
        result.speed() / 1e9,
        100 * result.speed() / result.peak(),
        result.bestPeer().map(LayerResult.Timing::contender).orElse("-"),
        result.bestPeer().map(p -> format("%.3f", 1e3 * p.seconds().median())).orElse("-"),
        result.bestPeer().map(p -> format("%.0f%%", p.seconds().percent())).orElse(""),
        result.comparable() ? format("%.2f", result.ratio()) : "-",
        result.packing() == null ? "-" : format("%.3f", 1e3 * result.packing().median()),
        ours.error(),
        bits(result.sameBits()));
    result.fault().ifPresent(fault -> out.println("    WRONG: " + fault));
  }

  private static String bits(Boolean same) {
    if (same == null) {
      return "-";
    }
    return same ? "same" : "DIFFER";
  }

  private void peak(double peak, int threads) {
    line(
        "peak: %.1f GFLOP/s at best, multiply-adds on registers alone, threads: %d",
        peak / 1e9, threads);
  }

  void summaries(List<Summary> summaries, double peak, int threads) {
    out.println();
    peak(peak, threads);
    if (summaries.isEmpty()) {
      return;
    }
    line(
        "%-36s %-12s %6s %6s %5s %6s  %s", "group", "set", "points", "mean", "peak", "least", "at");
    out.println("-".repeat(WIDTH));
    for (Summary summary : summaries) {
      line(
          "%-36s %-12s %6d %6.2f %4.0f%% %6.2f  %s",
          summary.set().equals(Summary.ALL) ? summary.group() : "",
          summary.set(),
          summary.points(),
          summary.mean(),
          100 * summary.share(),
          summary.least(),
          summary.leastAt());
    }
    out.println();
    out.println("mean: geometric, of the fastest peer's time over ours; above 1 Convoy is faster");
    out.println(
        "nobody's ms holds packing or reorders: weights stay the same, each has its layout");
  }

  private void line(String format, Object... cells) {
    out.println(format(format, cells).stripTrailing());
  }

  private static String format(String format, Object... cells) {
    return String.format(Locale.ROOT, format, cells);
  }
}
