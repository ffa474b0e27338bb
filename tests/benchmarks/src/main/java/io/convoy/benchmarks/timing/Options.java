package io.convoy.benchmarks.timing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all drivers can be told. */
public final class Options {
  private static final String JSON = "--json";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of every contender; by default the processors.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Of all rounds of a comparison; by default ${DEFAULT-VALUE}.")
  private double seconds = 3;

  @Option(
      names = "--warm-up",
      paramLabel = "S",
      description = "Seconds before the first round, for each contender; ${DEFAULT-VALUE}.")
  private double warmUp = 1;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "The least number of rounds; by default ${DEFAULT-VALUE}.")
  private int rounds = 7;

  @Option(
      names = "--peers",
      split = ",",
      paramLabel = "NAME",
      description = "Only these peers, or none; by default all on the class path.")
  private List<String> peers;

  @Option(names = JSON, paramLabel = "FILE", description = "Writes what was measured there.")
  private Path json;

  public int threads() {
    return threads;
  }

  /** How long a comparison may take. */
  public Budget budget() {
    return new Budget(warmUp, seconds, rounds);
  }

  /** The names of the wanted peers; null for all. */
  public List<String> peers() {
    return peers;
  }

  /** Where the results go; null for nowhere. */
  public Path json() {
    return json;
  }

  /** The arguments of the command line, without where the results go. */
  public String command() {
    List<String> told =
        new ArrayList<>(command.root().commandLine().getParseResult().originalArgs());
    int place = told.indexOf(JSON);
    if (place >= 0) {
      told.subList(place, place + 2).clear();
    }
    return String.join(" ", told);
  }
}
