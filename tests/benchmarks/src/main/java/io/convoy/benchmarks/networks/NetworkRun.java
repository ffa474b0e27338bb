package io.convoy.benchmarks.networks;

import io.convoy.benchmarks.timing.Machine;
import java.util.List;
import java.util.Map;

/**
 * What one call of the driver measured.
 *
 * @param kind always {@link #KIND}: tells apart the files of the drivers
 * @param machine where
 * @param threads of every contender
 * @param versions of the contenders, by name
 * @param command the driver's arguments
 * @param results in the order of measurement
 */
public record NetworkRun(
    String kind,
    Machine machine,
    int threads,
    Map<String, String> versions,
    String command,
    List<NetworkResult> results) {
  public static final String KIND = "networks";

  public NetworkRun {
    versions = Map.copyOf(versions);
    results = List.copyOf(results);
  }
}
