package io.convoy.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.data.FileStore;
import io.convoy.error.ConvoyException;
import io.convoy.images.ImageFiles;
import io.convoy.json.Json;
import io.convoy.kernel.WorkPool;
import io.convoy.launcher.explain.ExplainFolder;
import io.convoy.launcher.explain.ExplainWishes;
import io.convoy.launcher.explain.ExplainedSet;
import io.convoy.launcher.explain.Explainer;
import io.convoy.launcher.explain.Explanation;
import io.convoy.launcher.place.Locations;
import io.convoy.launcher.progress.ByteSize;
import io.convoy.launcher.progress.TransferProgress;
import io.convoy.launcher.terminal.Console;
import io.convoy.run.EnsembleFolder;
import io.convoy.run.Models;
import io.convoy.run.StoredModel;
import io.convoy.run.WhichCheckpoint;
import io.convoy.text.TextTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convoy explain}: what a network looks at, as pictures and one page. It takes no Spark. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Shows what a network looks at, as pictures and one page for a browser.",
    description = {
      "",
      "Of each image: what the network sees, its guesses, where it looks (Grad-CAM, occlusion,"
          + " saliency), and what its layers make of it. Of the network: its first filters, and what"
          + " excites some of the last ones. With --set, also the images of a set that excite them"
          + " most, those that lie near each image, and the set in two dimensions.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  convoy explain runs/7 photo.jpg --out seen",
      "  convoy explain runs/7 'photos/*.jpg' --out seen --class cat",
      "  convoy explain hdfs:///runs/7 hdfs:///photos --out hdfs:///seen --count 20",
      "  convoy explain runs/7 photo.jpg --out seen --set data/photos --limit 5000",
      "  convoy explain runs/7 photo.jpg --out seen --layer conv3 --filter conv3:17"
    })
public final class ExplainCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "The folder of a run or of a checkpoint.")
  private String model;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "IMAGE",
      description = {
        "Image files, folders of any depth, or globs of",
        "these, on any Hadoop file system."
      })
  private List<String> places;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = {
        "The folder of index.html, its PNGs and explain.json:",
        "empty, not there yet, or that of another explanation,",
        "which is replaced."
      })
  private String out;

  @Option(
      names = "--checkpoint",
      paramLabel = "WHICH",
      defaultValue = "newest",
      description = {
        "Which of the run's checkpoints: newest (the",
        "default), best, or that of a step, as step:1200."
      })
  private String checkpoint;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "8",
      description = "Images at the most, evenly over all; by default 8.")
  private Integer count;

  @Option(
      names = "--class",
      paramLabel = "CLASS",
      description = {
        "The class whose evidence is shown, by its name or",
        "number; by default the likeliest of each image."
      })
  private String label;

  @Option(
      names = "--layer",
      paramLabel = "LAYER",
      description = {
        "The layer of Grad-CAM, feature maps and filters; by",
        "default the last one with pixels, and maps of up to",
        "eight convolutions."
      })
  private String layer;

  @Option(
      names = "--maps",
      paramLabel = "N",
      defaultValue = "16",
      description = "Feature maps of a layer at the most; by default 16.")
  private Integer maps;

  @Option(
      names = "--filters",
      paramLabel = "N",
      defaultValue = "4",
      description = {
        "Filters that are excited: those of the layer that",
        "answer the first image most; by default 4."
      })
  private Integer filters;

  @Option(
      names = "--filter",
      paramLabel = "LAYER:N",
      description = "A filter that is excited instead; any number of them.")
  private List<String> named = List.of();

  @Option(
      names = "--ascent-steps",
      paramLabel = "N",
      defaultValue = "100",
      description = "Steps in which an input comes to excite it; by default 100.")
  private Integer ascentSteps;

  @Option(
      names = "--occlusion-size",
      paramLabel = "PIXELS",
      description = {
        "Side of the squares that are hidden; by default a",
        "quarter of the input's shorter side."
      })
  private Integer square;

  @Option(
      names = "--occlusion-stride",
      paramLabel = "PIXELS",
      description = "From one square to the next; by default a third of it.")
  private Integer stride;

  @Option(
      names = "--set",
      paramLabel = "DIR",
      description = {
        "A set of labelled images to look through, stored as",
        "those of evaluate: its test set, or all of it."
      })
  private String set;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Images of the set, evenly over it; by default 1000.")
  private Integer limit;

  @Option(
      names = "--neighbours",
      paramLabel = "K",
      defaultValue = "6",
      description = "Nearest images of the set; by default 6.")
  private Integer neighbours;

  @Option(
      names = "--embedding",
      paramLabel = "LAYER",
      description = {
        "The layer by whose output images are near; by",
        "default the one before the classifier."
      })
  private String embedding;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Kernel threads; by default this machine's processors.")
  private Integer threads;

  @Mixin private final JsonOption json = new JsonOption();

  private final Console console;

  public ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ExplainWishes wishes =
        new ExplainWishes(
            layer, label, maps, filters, named, ascentSteps, square, stride, neighbours, embedding);
    ExplainWishes.requireAtLeast(1, "--count", count);
    ExplainWishes.requireAtLeast(1, "--limit", limit);
    int working = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    ExplainWishes.requireAtLeast(1, "--threads", working);
    Locations locations = new Locations(new SparkConf());
    ExplainFolder folder = ExplainFolder.of(out, locations);
    StoredModel stored = load(locations);
    List<FileStore.Entry> entries = entries(locations);
    Explanation explanation;
    try (WorkPool pool = new WorkPool(working);
        TransferProgress progress = console.transfers();
        ExplainedSet opened =
            set == null ? null : ExplainedSet.open(set, stored, limit, locations)) {
      if (opened != null) {
        opened.shown().leftOut().forEach(progress::say);
      }
      explanation =
          new Explainer(stored.model(), wishes, progress, pool)
              .explain(locations.files(), entries, opened);
    }
    folder.write(explanation.figures(), explanation.files(), explanation.page());
    json.print(console, object(explanation, folder), () -> print(explanation, folder));
    requireAllRead(explanation.figures());
    return 0;
  }

  private StoredModel load(Locations locations) {
    if (EnsembleFolder.isEnsemble(model, locations.configuration())) {
      throw ConvoyException.usage(
          "%s is an ensemble, and explain looks into one network: name one of its members, such as"
              + " %s/members/00000",
          model, model);
    }
    return Models.find(model, WhichCheckpoint.of(checkpoint), locations.configuration());
  }

  /** Each file once; of many some, evenly over all, so that of many folders each has its turn. */
  private List<FileStore.Entry> entries(Locations locations) {
    Map<String, FileStore.Entry> found = new LinkedHashMap<>();
    for (String place : places) {
      ImageFiles.Found here = new ImageFiles(locations.files()).at(place);
      here.notes().forEach(console::tell);
      here.images().forEach(entry -> found.putIfAbsent(entry.path(), entry));
    }
    List<FileStore.Entry> all = List.copyOf(found.values());
    if (all.size() <= count) {
      return all;
    }
    console.tell("%s of %s images are explained; --count takes more".formatted(count, all.size()));
    long size = all.size();
    return IntStream.range(0, count).mapToObj(i -> all.get((int) (i * size / count))).toList();
  }

  private static ObjectNode object(Explanation explanation, ExplainFolder folder) {
    ObjectNode object = Json.object().put("out", folder.location());
    object.setAll(explanation.figures());
    object.set("seconds", Json.tree(explanation.seconds()));
    return object;
  }

  private void print(Explanation explanation, ExplainFolder folder) {
    boolean near = explanation.figures().has("set");
    TextTable table =
        new TextTable(">image", "<file", "<guess", ">probability", near ? "<nearest" : "<");
    for (JsonNode image : explanation.figures().get("images")) {
      JsonNode guess = image.at("/guesses/0");
      table.row(
          image.get("number").asInt(),
          image.get("place").asText().replaceFirst(".*/", ""),
          guess.get("label").asText(),
          String.format(Locale.ROOT, "%.2f %%", 100 * guess.get("probability").asDouble()),
          nearest(image.at("/neighbours/0/labels")));
    }
    table.lines().forEach(console.out()::println);
    console.out().println();
    console
        .out()
        .println(
            "page     %s/%s (%s), beside it %s files"
                .formatted(
                    folder.location(),
                    ExplainFolder.PAGE,
                    ByteSize.of(explanation.page().length),
                    explanation.files().size() + 1));
    console
        .out()
        .println(
            "seconds  "
                + explanation.seconds().entrySet().stream()
                    .map(e -> String.format(Locale.ROOT, "%s %.1f", e.getKey(), e.getValue()))
                    .collect(Collectors.joining(", ")));
    console.out().println("by       " + explanation.figures().get("model").asText());
  }

  private static String nearest(JsonNode labels) {
    return labels.isEmpty() ? "" : labels.get(0).asText();
  }

  private static void requireAllRead(JsonNode figures) {
    JsonNode failed = figures.get("failed");
    if (!failed.isEmpty()) {
      throw ConvoyException.data(
          "%s of %s images cannot be read, and the others are explained: %s",
          failed.size(),
          failed.size() + figures.get("images").size(),
          failed.at("/0/error").asText());
    }
  }
}
