package io.convoy.benchmarks.layers;

import io.convoy.benchmarks.timing.Machine;
import io.convoy.benchmarks.timing.Options;
import io.convoy.benchmarks.timing.Peers;
import io.convoy.benchmarks.timing.ProgressLine;
import io.convoy.benchmarks.timing.RunFile;
import io.convoy.error.ConvoyException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code layers}: checks and times single layers. */
@Command(
    name = "layers",
    description = "Checks and times single layers, beside the peers on the class path.")
public final class LayersCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "SET",
      arity = "0..*",
      description =
          "Networks, dense (their dense layers at the batches of whole networks), or files with a"
              + " problem a line; by default all networks.")
  private List<String> sets = ProblemSets.NETWORKS;

  @Option(
      names = "--batch",
      split = ",",
      paramLabel = "N",
      description = "Samples, such as 1,8,32; by default what each line says.")
  private List<Integer> batches = List.of();

  @Option(
      names = "--directions",
      split = ",",
      paramLabel = "D",
      description = "Of forward, data, weights; by default all.")
  private Set<Direction> directions = EnumSet.allOf(Direction.class);

  @Option(
      names = "--only",
      paramLabel = "REGEX",
      description = "Only layers whose name holds this.")
  private Pattern only = Pattern.compile("");

  @Option(
      names = "--distinct",
      description = "Each shape once over all sets: where the first of them has it.")
  private boolean distinct;

  @Option(
      names = "--most",
      paramLabel = "GFLOP",
      description = "Leave out layers that take more operations than that.")
  private double most = Double.POSITIVE_INFINITY;

  @Option(names = "--no-check", description = "Do not compare bits with the scalar kernels.")
  private boolean unchecked;

  @Mixin private Options options = new Options();

  @Override
  public Integer call() {
    List<Problem> problems = problems();
    List<Contender> contenders = contenders();
    Map<String, String> versions = new LinkedHashMap<>();
    contenders.forEach(contender -> versions.put(contender.name(), contender.version()));
    List<LayerResult> results = new ArrayList<>();
    LayerTable table = new LayerTable(System.out);
    versions.forEach((name, version) -> System.out.println(name + ": " + version));
    try (ScalarReference scalar = unchecked ? null : new ScalarReference(options.threads());
        LayerBenchmark benchmark =
            new LayerBenchmark(contenders, options.threads(), options.budget(), scalar);
        ProgressLine progress = new ProgressLine(problems.size())) {
      table.head(benchmark.settlePeak(), options.threads());
      for (Problem problem : problems) {
        progress.next("%s, batch %s".formatted(problem.name(), problem.batch()));
        benchmark.run(
            problem,
            directions,
            result -> {
              progress.clear();
              table.row(result);
              results.add(result);
            });
        RunFile.write(options.json(), run(benchmark.peak(), versions, results));
      }
      contenders.forEach(Contender::close);
      table.summaries(Summary.of(results), benchmark.peak(), options.threads());
    }
    return results.stream().anyMatch(result -> result.fault().isPresent()) ? 1 : 0;
  }

  private LayerRun run(double peak, Map<String, String> versions, List<LayerResult> results) {
    return new LayerRun(
        LayerRun.KIND,
        Machine.here(),
        options.threads(),
        peak,
        versions,
        options.command(),
        results);
  }

  private List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    for (String set : sets) {
      for (Problem problem : ProblemSets.load(set)) {
        if (!only.matcher(problem.name()).find()) {
          continue;
        }
        if (batches.isEmpty()) {
          problems.add(problem);
        }
        batches.forEach(batch -> problems.add(problem.withBatch(batch)));
      }
    }
    problems.removeIf(problem -> problem.operations() > 1e9 * most);
    if (distinct) {
      Set<List<Object>> seen = new HashSet<>();
      problems.removeIf(problem -> !seen.add(List.of(problem.shape(), problem.batch())));
    }
    if (problems.isEmpty()) {
      throw ConvoyException.usage(
          "no layer of %s is called like \"%s\" and takes at most %s GFLOP", sets, only, most);
    }
    return problems;
  }

  private List<Contender> contenders() {
    List<Contender> contenders = new ArrayList<>();
    contenders.add(new ConvoyContender());
    contenders.addAll(
        Peers.load(Contender.class, Contender::name, options.peers(), options.threads()));
    return contenders;
  }
}
