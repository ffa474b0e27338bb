package io.convoy.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.network.LayerFigures;
import io.convoy.network.Network;
import io.convoy.network.NetworkWarnings;
import io.convoy.recipe.Recipe;
import io.convoy.run.FigureFile;
import io.convoy.run.MetricsReader;
import io.convoy.run.RunDescription;
import io.convoy.run.RunFolder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** What a report says of a run, as JSON: from the files of the run's folder alone. */
public final class RunReport {
  /** Of the JSON: its keys may be added to, but never mean something else. */
  static final int FORMAT = 1;

  /** The page in a run's folder. */
  public static final String FILE = "report.html";

  private RunReport() {}

  /**
   * Writes the page of a run as it stands now into its folder, in place of what was there.
   *
   * @throws ConvoyException of kind RESOURCE when files cannot be read, or the page not be written
   */
  public static void write(RunFolder run, Configuration configuration) {
    write(run, new Path(run.location(), FILE), configuration);
  }

  /** The same of a run of which nothing is read again that was read before. */
  public static void write(FollowedRun run, Configuration configuration) {
    run.refresh(0);
    run.error()
        .ifPresent(
            error -> {
              throw ConvoyException.resource("%s", error);
            });
    write(run.report(), new Path(run.location(), FILE), configuration);
  }

  /** The same into any file, on any Hadoop file system. */
  public static void write(RunFolder run, Path page, Configuration configuration) {
    write(of(run, configuration), page, configuration);
  }

  private static void write(ObjectNode report, Path page, Configuration configuration) {
    byte[] bytes = ReportPage.of(report).getBytes(StandardCharsets.UTF_8);
    FigureFile.write(page, bytes, configuration);
  }

  /**
   * The report of a run as its folder stands now.
   *
   * @throws ConvoyException of kind RESOURCE when it cannot be reached
   */
  public static ObjectNode of(RunFolder run, Configuration configuration) {
    RunCurves curves = new RunCurves();
    RunFaults faults = RunFaults.of(run.description().recipe());
    MetricsReader metrics = run.metricsReader();
    metrics.read(
        line -> {
          curves.add(line);
          faults.add(line);
        });
    ObjectNode report = of(run, curves.json(), metrics.broken(), configuration);
    report.set("findings", faults.json(run.readResult(JsonNode.class)));
    return report;
  }

  /**
   * Likewise, where the metrics were read already; without findings.
   *
   * @param training as {@link RunCurves#json} gives it
   * @param broken lines of the metrics that could not be read
   */
  static ObjectNode of(
      RunFolder run, ObjectNode training, long broken, Configuration configuration) {
    RunDescription description = run.description();
    ObjectNode report = Json.object();
    report.put("format", FORMAT);
    report.put("name", description.recipe().path("name").asText(""));
    report.put("location", run.location());
    report.put("brokenLines", broken);
    report.set("training", training);
    report.set("result", run.readResult(JsonNode.class).orElse(null));
    report.set("evaluation", run.readFigures(RunFolder.EVALUATION).orElse(null));
    report.set("validation", run.readFigures(RunFolder.VALIDATION).orElse(null));
    report.set("pictures", run.readFigures(RunFolder.PICTURES).orElse(null));
    report.set("layerTimes", run.readFigures(RunFolder.LAYERS).orElse(null));
    report.set("network", network(description.recipe()));
    report.set("recipe", description.recipe());
    report.put("seed", description.seed());
    report.put("dataFingerprint", description.dataFingerprint());
    report.set("versions", Json.tree(description.versions()));
    report.set("start", description.start() == null ? null : Json.tree(description.start()));
    report.set("before", before(run, configuration).orElse(null));
    return report;
  }

  /** Layers and what they cost; null of a recipe that this release does not know any more. */
  private static ObjectNode network(JsonNode recipe) {
    Network network;
    try {
      network = Json.value(recipe, Recipe.class, "recipe").network();
    } catch (ConvoyException e) {
      return null;
    }
    ObjectNode object = Json.object();
    object.put("input", network.inputShape().toString());
    ArrayNode layers = object.putArray("layers");
    LayerFigures.of(network).forEach(layer -> layers.add(layer(network, layer)));
    NetworkWarnings.of(network).forEach(object.putArray("warnings")::add);
    return object;
  }

  private static ObjectNode layer(Network network, LayerFigures layer) {
    ObjectNode row = Json.object();
    row.put("name", layer.name()).put("type", layer.type());
    row.put("output", layer.shape().toString());
    row.put("parameters", layer.parameters()).put("multiplyAdds", layer.multiplyAdds());
    row.put("elements", layer.shape().elements());
    ArrayNode inputs = row.putArray("inputs");
    network.nodes().stream()
        .filter(node -> node.name().equals(layer.name()))
        .forEach(node -> node.inputs().forEach(inputs::add));
    return row;
  }

  /** The run before it, and in which keys of the recipe it differs. */
  private static Optional<ObjectNode> before(RunFolder run, Configuration configuration) {
    return EarlierRun.of(run, configuration)
        .map(
            earlier -> {
              ObjectNode object = Json.object().put("location", earlier.location());
              object.set("result", earlier.readResult(JsonNode.class).orElse(null));
              object.set(
                  "differences",
                  RecipeDifferences.of(earlier.description().recipe(), run.description().recipe()));
              return object;
            });
  }
}
