package io.convoy.benchmarks.report;

import io.convoy.benchmarks.layers.LayerRun;
import io.convoy.benchmarks.layers.Summary;
import io.convoy.benchmarks.networks.NetworkResult;
import io.convoy.benchmarks.networks.NetworkRun;
import io.convoy.benchmarks.timing.Machine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Runs as tables of Markdown. */
final class Report {
  private final StringBuilder text = new StringBuilder();

  private Report() {}

  /** The tables of all runs, the layers' before those of networks. */
  static String of(List<LayerRun> layers, List<NetworkRun> networks) {
    Report report = new Report();
    report.line("## Layers and networks beside other libraries");
    report.line("");
    report.line(
        "Every figure is a median; rounds of all contenders interleaved in one process. Ratio: the"
            + " time of the fastest peer over Convoy's, above 1 Convoy is faster. Every result, with"
            + " quartiles and errors: [benchmarks.json](benchmarks.json).");
    report.bars(Bars.of(layers, networks));
    merge(layers).forEach(report::layers);
    networks.forEach(report::networks);
    return report.text.toString();
  }

  /** Runs on one machine with as many threads are one: parts of a plan differ in their batches. */
  private static List<LayerRun> merge(List<LayerRun> runs) {
    Map<List<Object>, LayerRun> merged = new LinkedHashMap<>();
    for (LayerRun run : runs) {
      merged.merge(List.of(run.machine(), run.threads(), run.versions()), run, LayerRun::with);
    }
    return List.copyOf(merged.values());
  }

  private void bars(List<Bars.Bar> bars) {
    line("");
    line("### Bars");
    line("");
    line(
        "Reached: the geometric mean over the points. Worst: the least point, of peak memory the"
            + " largest.");
    line("");
    line("| what | bar | threads | reached | worst | at | points | |");
    line("|---|---|---|---|---|---|---|---|");
    for (Bars.Bar bar : bars) {
      row(
          "| %s | %s %.2f | %d | %.2f | %.2f | %s | %d | %s |",
          bar.what(),
          bar.most() ? "≤" : "≥",
          bar.bar(),
          bar.threads(),
          bar.reached(),
          bar.worst(),
          bar.at(),
          bar.points(),
          bar.met() ? "met" : "missed");
    }
  }

  private void layers(LayerRun run) {
    head("Single layers", run.machine(), run.threads(), run.versions(), run.command());
    line(
        format(
            "Registers alone reached %.1f GFLOP/s at best. Weights stay the same: nobody's time holds"
                + " their packing or reorders.",
            run.peak() / 1e9));
    line("");
    line("| group | set | problems | ratio, geometric mean | least ratio | at | share of peak |");
    line("|---|---|---|---|---|---|---|");
    for (Summary summary : Summary.of(run.results())) {
      row(
          "| %s | %s | %d | %.2f | %.2f | %s | %.0f %% |",
          summary.group(),
          summary.set(),
          summary.points(),
          summary.mean(),
          summary.least(),
          summary.leastAt(),
          100 * summary.share());
    }
  }

  private void networks(NetworkRun run) {
    head("Whole networks", run.machine(), run.threads(), run.versions(), run.command());
    line("| network | mode | batch | contender | images/s (quartiles) | ratio | peak memory, MB |");
    line("|---|---|---|---|---|---|---|");
    for (NetworkResult result : run.results()) {
      for (NetworkResult.Timing timing : result.timings()) {
        double ratio = result.ratio(timing);
        row(
            "| %s | %s | %d | %s, %s | %.1f (%.1f to %.1f) | %s | %s |",
            result.network(),
            result.mode(),
            result.batch(),
            timing.contender(),
            timing.way(),
            result.speed(timing),
            result.batch() / timing.seconds().upperQuartile(),
            result.batch() / timing.seconds().lowerQuartile(),
            timing.ours() && !Double.isNaN(ratio) ? format("%.2f", ratio) : "",
            timing.peakBytes() == 0 ? "" : format("%.0f", timing.peakBytes() / 1e6));
      }
    }
  }

  private void head(
      String what, Machine machine, int threads, Map<String, String> versions, String command) {
    line("");
    line(format("### %s, %s, %d threads", what, machine.java(), threads));
    line("");
    line(
        format(
            "%s, %d processors, %s. %s. `scripts/bench %s`",
            machine.processor(),
            machine.processors(),
            machine.system(),
            String.join(
                "; ",
                new TreeMap<>(versions)
                    .entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList()),
            command));
    line("");
  }

  private void row(String pattern, Object... cells) {
    line(format(pattern, cells));
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private static String format(String pattern, Object... cells) {
    return String.format(Locale.ROOT, pattern, cells);
  }
}
