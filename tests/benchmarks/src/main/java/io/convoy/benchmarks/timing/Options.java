package io.convoy.benchmarks.timing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all drivers can be told. */
public final class Options {
  /** Names the homes of other JDKs. */
  public static final String JDKS = "--jdks";

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

  /** The arguments of the command line, without where on this machine results go or JDKs lie. */
  public String command() {
    return told(command.root().commandLine().getParseResult().originalArgs());
  }

  static String told(List<String> arguments) {
    List<String> told = new ArrayList<>(arguments);
    int place = told.indexOf(JSON);
    if (place >= 0) {
      told.subList(place, place + 2).clear();
    }
    int jdks = told.indexOf(JDKS) + 1;
    if (jdks > 0) {
      told.set(jdks, told.get(jdks).replaceAll("[^,]*/", ""));
    }
    return String.join(" ", told);
  }
}
