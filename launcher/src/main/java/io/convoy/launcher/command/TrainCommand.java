package io.convoy.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.data.DataSet;
import io.convoy.data.LocalNames;
import io.convoy.error.ConvoyException;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.launcher.place.DataFolder;
import io.convoy.launcher.place.Locations;
import io.convoy.launcher.place.RunName;
import io.convoy.launcher.progress.Progress;
import io.convoy.launcher.recipe.RecipeFile;
import io.convoy.launcher.recipe.RecipeReader;
import io.convoy.launcher.recipe.SetOption;
import io.convoy.launcher.session.Placement;
import io.convoy.launcher.session.ShardAdvice;
import io.convoy.launcher.submit.Application;
import io.convoy.launcher.submit.ImageBytes;
import io.convoy.launcher.terminal.Console;
import io.convoy.memory.DriverMemory;
import io.convoy.memory.ExecutorMemory;
import io.convoy.recipe.Recipe;
import io.convoy.report.RunReport;
import io.convoy.run.RunFolder;
import io.convoy.storage.HadoopFiles;
import io.convoy.trainer.SparkTrainer;
import io.convoy.trainer.TrainingJob;
import io.convoy.trainer.TrainingOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convoy train}: from a recipe to a trained network in a run's folder. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Trains a network as a recipe says.",
    footer = {
      "",
      "Examples:",
      "  convoy train",
      "  convoy train fashion-mnist --data DIR --out runs/fashion",
      "  convoy train my-recipe.yaml --executors 2 --set optimizer.momentum=0.8",
      "  convoy train --out hdfs:///runs/7 --resume",
      "  convoy train my-recipe.yaml --master spark://host:7077 --executors 8",
      "  convoy train fashion-mnist --data hdfs:///fm --out hdfs:///r --master yarn"
    })
public final class TrainCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RECIPE",
      completionCandidates = RecipeNames.class,
      description = {
        "A recipe's file, or one of Convoy's own by name:",
        "quickstart (taken where none is named),",
        "mnist, fashion-mnist, fashion-mnist-100k,",
        "fashion-mnist-500k, cifar10, resnet20-cifar10.",
        "With --resume, by default the run's own recipe."
      })
  private String recipeName;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The images' folder, on any Hadoop file system.")
  private String data;

  @Option(
      names = "--out",
      paramLabel = "RUN",
      description = {
        "The run's folder, new or empty, on any Hadoop file",
        "system. By default runs/<recipe>-<n>, the first n",
        "that is free."
      })
  private String out;

  @Option(names = "--resume", description = "Goes on with --out from its newest checkpoint.")
  private boolean resume;

  @Option(
      names = "--set",
      paramLabel = "key=value",
      description = {
        "Changes a key of the recipe, such as",
        "network.layers.2.rate=0.5 or optimizer.momentum=0.8.",
        "Can be given several times."
      })
  private List<String> set = new ArrayList<>();

  @Mixin private final JsonOption json = new JsonOption();

  @Mixin private final ClusterOptions cluster;

  private final Console console;

  public TrainCommand(Console console, ClusterOptions cluster) {
    this.console = console;
    this.cluster = cluster;
  }

  @Override
  public Integer call() {
    if (resume && out == null) {
      throw ConvoyException.usage("--resume needs --out RUN: the folder of the run to go on with");
    }
    Placement placement = cluster.placement();
    Locations locations = new Locations(cluster.given());
    Source source = source(locations);
    List<SetOption> overrides = set.stream().map(SetOption::parse).toList();
    Recipe read = RecipeReader.recipe(source.tree(), source.place(), overrides);
    if (cluster.submits()) {
      requirePlaces(read, locations);
    }
    String run = out == null ? RunName.firstFree(locations.files(), source.nameOf(read)) : out;
    DataFolder folder = DataFolder.of(read, data, run, locations);
    if (cluster.submits()) {
      return submit(withData(source, folder), run, placement, locations);
    }
    if (!resume && !cluster.mayStartAgain()) {
      RunFolder.requireFree(run, locations.configuration());
    }
    TrainingJob job = job(withData(source, folder), run, placement, locations.files());
    ShardAdvice.on(read.shards(), placement.executors()).ifPresent(console::tell);
    folder.drawIfMissing(console);
    train(job, placement);
    return 0;
  }

  /**
   * Where the recipe comes from.
   *
   * @param tree its keys, before {@code --set}
   * @param place what errors name
   * @param stem what the run is called where the recipe has no name
   */
  private record Source(ObjectNode tree, String place, String stem) {
    String nameOf(Recipe recipe) {
      return recipe.name().isBlank() ? stem : recipe.name();
    }
  }

  private Source source(Locations locations) {
    if (resume && recipeName == null) {
      RunFolder run = RunFolder.openToResume(out, locations.configuration());
      JsonNode recipe = run.description().recipe();
      String place = run.location() + "/run.json";
      return new Source(RecipeReader.mapping(recipe, place), place, "");
    }
    RecipeFile file =
        RecipeFile.find(recipeName == null ? RecipeFile.DEFAULT : recipeName, RecipeOptions.home());
    return new Source(RecipeReader.tree(file), file.place(), file.stem());
  }

  /** The recipe with the folder of its images, so that {@code run.json} says where they were. */
  private static Recipe withData(Source source, DataFolder folder) {
    ((ObjectNode) source.tree().get("data")).put("path", folder.location());
    return RecipeReader.recipe(source.tree(), source.place(), List.of());
  }

  private TrainingJob job(Recipe recipe, String run, Placement placement, HadoopFiles files) {
    String folder = recipe.data().path();
    int channels = recipe.network().inputShape().channels();
    return new TrainingJob(
        recipe,
        recipe.data().training(files, folder, channels),
        test(recipe, files, folder, channels),
        run,
        resume,
        placement.executors(),
        placement.threads());
  }

  /** The test set; null where validation stands for it. */
  private static DataSet test(Recipe recipe, HadoopFiles files, String folder, int channels) {
    Optional<DataSet> test = recipe.data().test(files, folder, channels);
    if (test.isEmpty() && recipe.validation() == null) {
      throw ConvoyException.usage(
          "%s has no test set, and the recipe holds no images back: nothing would tell how good the"
              + " network is: hold some back by validation: {share: 0.1} in the recipe (or --set"
              + " validation.share=0.1), or add a test set: %s",
          folder, recipe.data().format().expected());
    }
    return test.orElse(null);
  }

  /** Where the driver is on another machine, both folders have to mean the same there. */
  private void requirePlaces(Recipe recipe, Locations locations) {
    Submission submission = cluster.submission();
    submission.requireReachable("--out", out, locations);
    submission.requireReachable("--data", data == null ? recipe.data().path() : data, locations);
    if (recipe.fineTuning() != null && recipe.fineTuning().weights() != null) {
      submission.requireReachable("fineTuning.weights", recipe.fineTuning().weights(), locations);
    }
  }

  /** Hands itself over to spark-submit. */
  private int submit(Recipe recipe, String run, Placement placement, Locations locations) {
    // for its rules on numbers: the data are opened where the driver runs
    TrainingJob rules =
        new TrainingJob(
            recipe, null, null, run, resume, placement.executors(), placement.threads());
    ShardAdvice.on(recipe.shards(), rules.executors()).ifPresent(console::tell);
    Submission submission = cluster.submission();
    Optional<Path> file =
        Optional.ofNullable(recipeName).map(LocalNames::path).filter(Files::isRegularFile);
    List<String> arguments = new ArrayList<>(List.of("train"));
    if (recipeName != null) {
      arguments.add(file.map(submission::nameThere).orElse(recipeName));
    }
    if (data != null) {
      arguments.addAll(List.of("--data", data));
    }
    arguments.addAll(List.of("--out", run));
    if (resume) {
      arguments.add("--resume");
    }
    arguments.addAll(json.words());
    set.forEach(change -> arguments.addAll(List.of("--set", change)));
    int executors = placement.executors();
    long bytes = ImageBytes.of(recipe, recipe.data().path(), locations.files());
    int streams = (recipe.shards() + executors - 1) / executors;
    long windows = ImageBytes.windows(recipe, recipe.data().path(), locations.files(), streams);
    Application application =
        new Application(
            "convoy train " + recipe.name(),
            Submission.jar(),
            Submission.placed(arguments, placement),
            file.filter(path -> submission.carriesFiles()).map(Path::toAbsolutePath),
            ExecutorMemory.training(
                recipe.forImagesOf(Optional.empty()), // of any size, as long as nobody looked
                KernelProvider.kernels(),
                placement.threads(),
                executors,
                bytes + windows),
            DriverMemory.of(recipe, executors).withImages(bytes));
    return submission.run(application, placement, run, resume, locations);
  }

  private void train(TrainingJob job, Placement placement) {
    String name = "convoy train " + job.recipe().name();
    try (JavaSparkContext spark = cluster.start(placement, name);
        Progress progress = console.progress()) {
      cluster.advise(NextCommands.afterInterruption(job, placement), progress::close);
      TrainingOutcome outcome = new SparkTrainer(spark).train(job, progress);
      progress.close();
      String report = job.run() + "/" + RunReport.FILE;
      Optional<String> page =
          new Locations(spark.getConf()).exists(report) ? Optional.of(report) : Optional.empty();
      json.print(
          console, Summary.json(job, outcome, page), () -> print(job, outcome, page, placement));
    }
  }

  private void print(
      TrainingJob job, TrainingOutcome outcome, Optional<String> report, Placement placement) {
    Summary.of(job, outcome).forEach(console.out()::println);
    report.ifPresent(page -> console.out().println(Summary.line("report", "%s", page)));
    console.out().println();
    new NextCommands(recipeName, data, set).after(job, placement).forEach(console.out()::println);
  }
}
