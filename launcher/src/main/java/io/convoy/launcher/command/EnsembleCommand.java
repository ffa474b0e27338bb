package io.convoy.launcher.command;

import io.convoy.ensemble.Contender;
import io.convoy.ensemble.MemberSelection;
import io.convoy.ensemble.SelectionTable;
import io.convoy.json.Json;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.launcher.place.DataFolder;
import io.convoy.launcher.place.Locations;
import io.convoy.launcher.progress.Quantity;
import io.convoy.launcher.progress.TransferProgress;
import io.convoy.launcher.recipe.RecipeReader;
import io.convoy.launcher.session.Placement;
import io.convoy.launcher.submit.Application;
import io.convoy.launcher.submit.ImageBytes;
import io.convoy.launcher.terminal.Console;
import io.convoy.memory.DriverMemory;
import io.convoy.memory.ExecutorMemory;
import io.convoy.recipe.Recipe;
import io.convoy.run.EnsembleFolder;
import io.convoy.run.RunFolder;
import io.convoy.selection.EnsembleListener;
import io.convoy.selection.EnsembleRequest;
import io.convoy.selection.EnsembleSelection;
import io.convoy.selection.MemberPool;
import io.convoy.selection.MemberRun;
import io.convoy.selection.SelectionOutcome;
import io.convoy.selection.SelectionReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convoy ensemble}: several checkpoints of one or several runs as one model. */
@Command(
    name = "ensemble",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Makes several checkpoints, of one or several runs, one model.",
    description = {
      "",
      "Each member, averages of their outputs and of their weights are compared on the images that"
          + " all runs hold back (validation in their recipes), or on a set of its own by"
          + " --validation; the test set has no part in it. The"
          + " table says what each reaches and costs. The cheapest that is not worse than the best,"
          + " beyond chance, is written; --take writes another. Runs of several seeds need one"
          + " validation.seed, so that all hold back the same images.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  convoy ensemble runs/7 --select last:3 --out ensembles/7",
      "  convoy ensemble runs/seed-1 runs/seed-2 runs/seed-3 --select best:1 \\",
      "      --take equal --out ensembles/seeds",
      "  convoy ensemble hdfs:///runs/7 --select cycles --out hdfs:///ensembles/7 \\",
      "      --master yarn --executors 4 --threads 8",
      "  convoy ensemble runs/7 --select last:3 --validation photos/val --out ens/7",
      "  convoy evaluate ensembles/7"
    })
public final class EnsembleCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = "The runs' folders, on any Hadoop file system.")
  private List<String> runs;

  @Option(
      names = "--select",
      paramLabel = "WHICH",
      required = true,
      description = {
        "Which checkpoints of each run become members:",
        "last:N, best:N by validation, cycles (the ends of",
        "cycles of the learning rate), greedy (all;",
        "Caruana's selection chooses) or soup (all; a",
        "greedy soup of weights is made too)."
      })
  private String select;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The ensemble's folder; it must be new or empty.")
  private String out;

  @Option(
      names = "--take",
      paramLabel = "NAME",
      description = {
        "What is written, by its name in the table: equal,",
        "weighted, selected, weights, soup or member:N; by",
        "default what is recommended."
      })
  private String take;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The images' folder; by default that of the first run.")
  private String data;

  @Option(
      names = "--validation",
      paramLabel = "DIR",
      description = {
        "A set of labelled images of its own that decides,",
        "instead of what all runs hold back: class folders, a",
        "packed set or a table; neither the training set nor",
        "the test set."
      })
  private String validation;

  @Mixin private final JsonOption json = new JsonOption();

  @Mixin private final ClusterOptions cluster;

  private final Console console;

  public EnsembleCommand(Console console, ClusterOptions cluster) {
    this.console = console;
    this.cluster = cluster;
  }

  @Override
  public Integer call() {
    MemberSelection selection = MemberSelection.of(select);
    if (take != null) {
      Contender.requireKey(take);
    }
    Placement placement = cluster.placement();
    Locations locations = new Locations(cluster.given());
    MemberPool pool =
        MemberPool.of(
            runs.stream().map(run -> run(run, locations)).toList(), selection, validation == null);
    EnsembleFolder.requireFree(out, locations.configuration());
    DataFolder images = DataFolder.of(recipe(pool), data, runs.get(0), locations);
    if (cluster.submits()) {
      return submit(pool, images.location(), placement, locations);
    }
    images.drawIfMissing(console);
    String name = "convoy ensemble " + String.join(" ", runs);
    try (JavaSparkContext spark = cluster.start(placement, name);
        TransferProgress progress = console.transfers()) {
      SelectionOutcome outcome =
          new EnsembleSelection(spark, pool, new Shown(progress))
              .run(
                  new EnsembleRequest(
                      images.location(),
                      validation == null ? null : locations.absolute(validation),
                      take,
                      locations.absolute(out)),
                  placement.executors(),
                  placement.threads());
      progress.close();
      print(outcome);
    }
    return 0;
  }

  private static MemberRun run(String name, Locations locations) {
    RunFolder folder = RunFolder.open(name, locations.configuration());
    String place = folder.location() + "/run.json";
    Recipe recipe =
        RecipeReader.recipe(
            RecipeReader.mapping(folder.description().recipe(), place), place, List.of());
    return new MemberRun(name, folder, recipe);
  }

  private static Recipe recipe(MemberPool pool) {
    return pool.runs().get(0).recipe();
  }

  /** Shows how many networks have been run over the images. */
  private record Shown(TransferProgress progress) implements EnsembleListener {
    @Override
    public void begin(int networks, int images) {
      progress.start("networks over %s images".formatted(images), 0, networks, Quantity.NETWORKS);
    }

    @Override
    public void at(int networks) {
      progress.at(networks);
    }

    @Override
    public void say(String line) {
      progress.say(line);
    }
  }

  private void print(SelectionOutcome outcome) {
    SelectionReport report = outcome.report();
    if (json.given()) {
      console.out().println(Json.text(report));
      return;
    }
    console.out().println("members, chosen on %s:".formatted(deciding(report)));
    for (SelectionReport.MemberLine member : report.members()) {
      console
          .out()
          .println("  %s  %s, step %s".formatted(member.member(), member.run(), member.step()));
    }
    console.out().println();
    SelectionTable.lines(outcome.contenders()).forEach(console.out()::println);
    console.out().println();
    console.out().println(report.recommendation().text());
    console
        .out()
        .println(
            "%s holds %s; --take NAME takes another of the table".formatted(out, report.taken()));
  }

  private static String deciding(SelectionReport report) {
    SelectionReport.DecidedBy by = report.decidedBy();
    return by.validation() == null
        ? "%s held-back images".formatted(report.images())
        : "the %s images of %s (SHA-256 %s)"
            .formatted(report.images(), by.validation(), by.sha256());
  }

  /** Hands itself over to spark-submit. */
  private int submit(MemberPool pool, String images, Placement placement, Locations locations) {
    Submission submission = cluster.submission();
    runs.forEach(run -> submission.requireReachable("RUN", run, locations));
    submission.requireReachable("--out", out, locations);
    submission.requireReachable("--data", images, locations);
    List<String> arguments = new ArrayList<>(List.of("ensemble"));
    arguments.addAll(runs);
    arguments.addAll(List.of("--select", select, "--out", out));
    if (take != null) {
      arguments.addAll(List.of("--take", take));
    }
    if (data != null) {
      arguments.addAll(List.of("--data", data));
    }
    if (validation != null) {
      submission.requireReachable("--validation", validation, locations);
      arguments.addAll(List.of("--validation", validation));
    }
    arguments.addAll(json.words());
    Recipe recipe = recipe(pool);
    long bytes = ImageBytes.of(recipe, images, locations.files());
    long windows = ImageBytes.windows(recipe, images, locations.files(), 1);
    return submission.run(
        new Application(
            "convoy ensemble " + recipe.name(),
            Submission.jar(),
            Submission.placed(arguments, placement),
            Optional.empty(),
            ExecutorMemory.ensemble(
                recipe,
                KernelProvider.kernels(),
                placement.threads(),
                placement.executors(),
                bytes + windows),
            DriverMemory.ensemble(
                    recipe, pool.members().size(), pool.deciding(validation, locations.files()))
                .withImages(bytes)),
        placement);
  }
}
