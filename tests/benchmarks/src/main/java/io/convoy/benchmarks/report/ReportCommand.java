package io.convoy.benchmarks.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.benchmarks.layers.LayerRun;
import io.convoy.benchmarks.networks.NetworkRun;
import io.convoy.benchmarks.timing.RunFile;
import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code report}: writes what the drivers measured into the documents. */
@Command(
    name = "report",
    description = "Writes measured runs into the documents, between their markers.")
public final class ReportCommand implements Callable<Integer> {
  private static final String RUNS = "runs";

  @Parameters(
      paramLabel = "RUN",
      arity = "1..*",
      description = "Files that --json wrote, of drivers or of this.")
  private List<Path> files;

  @Option(names = "--markdown", required = true, description = "The document with the markers.")
  private Path markdown;

  @Option(names = "--json", required = true, description = "Where all runs go in one file.")
  private Path json;

  @Override
  public Integer call() throws IOException {
    List<JsonNode> all = new ArrayList<>();
    List<LayerRun> layers = new ArrayList<>();
    List<NetworkRun> networks = new ArrayList<>();
    for (Path file : files) {
      JsonNode read = RunFile.read(file);
      for (JsonNode run : read.path(RUNS).isArray() ? read.path(RUNS) : List.of(read)) {
        all.add(run);
        String kind = run.path("kind").asText();
        switch (kind) {
          case LayerRun.KIND -> layers.add(RunFile.convert(run, LayerRun.class));
          case NetworkRun.KIND -> networks.add(RunFile.convert(run, NetworkRun.class));
          default ->
              throw ConvoyException.data(
                  "%s: kind must be %s or %s; got \"%s\"",
                  file, LayerRun.KIND, NetworkRun.KIND, kind);
        }
      }
    }
    String document = Files.readString(markdown, StandardCharsets.UTF_8);
    String replaced = MarkedSection.replace(document, Report.of(layers, networks));
    RunFile.write(json, Map.of(RUNS, all));
    Files.writeString(markdown, replaced, StandardCharsets.UTF_8);
    System.out.println("wrote " + markdown + " and " + json);
    return 0;
  }
}
