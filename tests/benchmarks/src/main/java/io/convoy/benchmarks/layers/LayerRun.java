package io.convoy.benchmarks.layers;

import io.convoy.benchmarks.timing.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What one call of the driver measured.
 *
 * @param kind always {@link #KIND}: tells apart the files of the drivers
 * @param machine where
 * @param threads of every contender
 * @param peak operations a second that registers alone reached at best
 * @param versions of the contenders, by name
 * @param command the driver's arguments
 * @param results in the order of measurement
 */
public record LayerRun(
    String kind,
    Machine machine,
    int threads,
    double peak,
    Map<String, String> versions,
    String command,
    List<LayerResult> results) {
  public static final String KIND = "layers";

  public LayerRun {
    versions = Map.copyOf(versions);
    results = List.copyOf(results);
  }

  /** This run and another one of the same machine, threads and versions. */
  public LayerRun with(LayerRun other) {
    List<LayerResult> both = new ArrayList<>(results);
    both.addAll(other.results);
    return new LayerRun(
        kind,
        machine,
        threads,
        Math.max(peak, other.peak),
        versions,
        command + "`, `scripts/bench " + other.command,
        both);
  }
}
