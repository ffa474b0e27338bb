package io.convoy.benchmarks.networks;

import io.convoy.benchmarks.timing.Machine;
import io.convoy.benchmarks.timing.Options;
import io.convoy.benchmarks.timing.Peers;
import io.convoy.benchmarks.timing.ProgressLine;
import io.convoy.benchmarks.timing.RunFile;
import io.convoy.error.ConvoyException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code networks}: times whole networks. */
@Command(
    name = "networks",
    description = "Times training steps and inference of whole networks, beside the peers.")
public final class NetworksCommand implements Callable<Integer> {
  /** Logits that differ by more than this share come from another network. */
  private static final double ERROR_LIMIT = 1e-4;

  @Parameters(
      paramLabel = "NETWORK",
      arity = "0..*",
      description = "By their names in the zoo; by default all that are compared.")
  private List<String> networks = NetworkProblem.COMPARED;

  @Option(
      names = "--batch",
      split = ",",
      paramLabel = "N",
      description = "Samples of a step, one or more; by default what is usual for each network.")
  private List<Integer> batches = List.of(NetworkProblem.USUAL_BATCH);

  @Option(names = "--modes", split = ",", description = "Of training, inference; by default both.")
  private Set<Mode> modes = EnumSet.allOf(Mode.class);

  @Option(
      names = "--memory",
      description = "Also run each contender in a process of its own and tell its peak memory.")
  private boolean memory;

  @Option(
      names = Options.JDKS,
      split = ",",
      paramLabel = "HOME",
      description =
          "Other JDKs that Convoy computes on, too, in the same rounds: each, and this one once"
              + " more, in a process of its own.")
  private List<Path> jdks = List.of();

  @Option(
      names = "--executor",
      description =
          "Also time an executor's step in training, with an exchange of one rank: the ratio is its"
              + " time over Convoy's on one machine.")
  private boolean executor;

  @Mixin private Options options = new Options();

  @Override
  public Integer call() {
    List<NetworkContender> contenders = new ArrayList<>();
    contenders.add(new ConvoyNetworks(jdks.stream().map(Jdk::at).toList()));
    if (executor) {
      if (memory) {
        throw ConvoyException.usage("--executor is timed alone: leave out --memory");
      }
      contenders.add(new ExecutorNetworks());
    }
    contenders.addAll(
        Peers.load(
            NetworkContender.class, NetworkContender::name, options.peers(), options.threads()));
    Map<String, String> versions = new LinkedHashMap<>();
    contenders.forEach(contender -> versions.put(contender.name(), contender.version()));
    NetworkBenchmark benchmark =
        new NetworkBenchmark(contenders, options.threads(), options.budget(), memory);
    List<NetworkProblem> problems = problems();
    List<NetworkResult> results = new ArrayList<>();
    NetworkTable table = new NetworkTable(System.out);
    versions.forEach((name, version) -> System.out.println(name + ": " + version));
    table.head();
    try (ProgressLine progress = new ProgressLine(problems.size() * modes.size())) {
      for (NetworkProblem problem : problems) {
        for (Mode mode : modes) {
          progress.next("%s, %s, batch %s".formatted(problem.name(), mode, problem.batch()));
          NetworkResult result = benchmark.run(problem, mode);
          progress.clear();
          table.rows(result);
          results.add(result);
          RunFile.write(options.json(), run(versions, results));
        }
      }
    }
    table.means(results);
    return results.stream().anyMatch(NetworksCommand::wrong) ? 1 : 0;
  }

  private List<NetworkProblem> problems() {
    return networks.stream()
        .flatMap(name -> batches.stream().map(batch -> NetworkProblem.named(name, batch)))
        .toList();
  }

  private static boolean wrong(NetworkResult result) {
    return result.error() != null && !(result.error() <= ERROR_LIMIT);
  }

  private NetworkRun run(Map<String, String> versions, List<NetworkResult> results) {
    return new NetworkRun(
        NetworkRun.KIND, Machine.here(), options.threads(), versions, options.command(), results);
  }
}
