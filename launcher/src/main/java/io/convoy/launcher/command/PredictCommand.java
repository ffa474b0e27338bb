package io.convoy.launcher.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.data.examine.DamageLimit;
import io.convoy.error.ConvoyException;
import io.convoy.inference.Classifier;
import io.convoy.inference.TestTime;
import io.convoy.json.Json;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.launcher.place.Locations;
import io.convoy.launcher.progress.Quantity;
import io.convoy.launcher.progress.TransferProgress;
import io.convoy.launcher.session.Placement;
import io.convoy.launcher.submit.Application;
import io.convoy.launcher.terminal.Console;
import io.convoy.memory.DriverMemory;
import io.convoy.memory.ExecutorMemory;
import io.convoy.predict.BatchPrediction;
import io.convoy.predict.PredictListener;
import io.convoy.predict.PredictOptions;
import io.convoy.predict.PredictSummary;
import io.convoy.predict.RowFormat;
import io.convoy.run.Classifiers;
import io.convoy.run.WhichCheckpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convoy predict}: labels stored images in batch, or one image on the terminal. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Labels stored images by a trained network, or an ensemble of them.",
    description = {
      "",
      "The images are a file, a folder of any depth or a glob of these; tar files; a table (CSV, TSV,"
          + " JSON lines, Parquet) of paths, or of images in Parquet; or a packed set. Each gives one"
          + " row: path, label, probability, top and error; images that cannot be read have an error"
          + " in place of a label. The rows are there as a whole or not at all. Without --out, one"
          + " image is looked at, and the answer printed.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  convoy predict runs/quickstart-1 --data photo.jpg",
      "  convoy predict runs/7 --data 'photos/*.jpg' --out labels --format csv",
      "  convoy predict hdfs:///runs/7 --data hdfs:///photos --out hdfs:///labels \\",
      "      --checkpoint best --master yarn --executors 4 --threads 8",
      "  convoy predict runs/7/checkpoints/step-000001200 --data packs/photos \\",
      "      --out labels --embedding mean --resume",
      "  convoy predict ensembles/7 --data photos --out labels --tta flip"
    })
public final class PredictCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "The folder of a run, a checkpoint or an ensemble.")
  private String model;

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
      names = "--data",
      paramLabel = "PLACE",
      required = true,
      description = "The images, on any Hadoop file system.")
  private String data;

  @Option(
      names = "--column",
      paramLabel = "COLUMN",
      description = "The column of paths in a table.")
  private String column;

  @Option(
      names = "--out",
      paramLabel = "PLACE",
      description = "The folder of the rows; it must not exist yet.")
  private String out;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "parquet",
      description = "parquet (the default), jsonl or csv.")
  private RowFormat format;

  @Option(
      names = "--top",
      paramLabel = "K",
      defaultValue = "5",
      description = "How many classes are named; by default 5.")
  private Integer top;

  @Option(names = "--logits", description = "Adds the column logits.")
  private boolean logits;

  @Option(names = "--probabilities", description = "Adds the column probabilities, of all classes.")
  private boolean probabilities;

  @Option(
      names = "--embedding",
      paramLabel = "LAYER",
      description = "Adds the column embedding, the output of a layer.")
  private String embedding;

  @Option(
      names = "--tta",
      paramLabel = "HOW",
      defaultValue = "none",
      description = {
        "Augmentation at test time: none (the default); flip,",
        "the mean of the probabilities of an image and of its",
        "mirror image; fiveCrops, of its corners and middle;",
        "tenCrops, of these and their mirror images. So many",
        "times the time."
      })
  private String testTime;

  @Option(
      names = "--max-failures",
      paramLabel = "LIMIT",
      defaultValue = "1%",
      description = {
        "The most images that may be of no use before the",
        "job ends: a share such as 0.5%%, or a number; by",
        "default 1%%."
      })
  private String maxFailures;

  @Option(names = "--resume", description = "Goes on with what a job before has left, if it has.")
  private boolean resume;

  @Mixin private final JsonOption json = new JsonOption();

  @Mixin private final ClusterOptions cluster;

  private final Console console;

  public PredictCommand(Console console, ClusterOptions cluster) {
    this.console = console;
    this.cluster = cluster;
  }

  @Override
  public Integer call() {
    PredictOptions options =
        new PredictOptions(
            format,
            top,
            logits,
            probabilities,
            embedding,
            limit(maxFailures),
            TestTime.of(testTime));
    WhichCheckpoint which = WhichCheckpoint.of(checkpoint);
    Placement placement = cluster.placement();
    Locations locations = new Locations(cluster.given());
    Classifier known = Classifiers.load(model, which, locations.configuration());
    options.requireOf(known);
    if (out == null) {
      return new OneImage(console, locations, json).print(known, options.testTime(), data, top);
    }
    if (cluster.submits()) {
      return submit(known, placement, locations);
    }
    String from = locations.absolute(data);
    String to = locations.absolute(out);
    long start = System.nanoTime();
    try (JavaSparkContext spark = cluster.startTasks(placement, "convoy predict " + data);
        TransferProgress progress = console.transfers()) {
      cluster.advise("interrupted; the same command with --resume goes on", progress::close);
      Shown shown = new Shown(progress);
      PredictSummary summary =
          new BatchPrediction(spark, known, options, shown).run(from, column, to, resume);
      progress.close();
      double seconds = (System.nanoTime() - start) / 1e9;
      double speed = (summary.images() - shown.before) / seconds;
      json.print(console, object(known, summary, speed), () -> print(known, summary, speed));
    }
    return 0;
  }

  /** Shows how many images are done, or where nobody knows how many there are, parts. */
  private static final class Shown implements PredictListener {
    private final TransferProgress progress;
    private boolean counted;
    private long before;

    Shown(TransferProgress progress) {
      this.progress = progress;
    }

    @Override
    public void begin(long images, int parts, long done, int partsDone) {
      before = done;
      counted = images >= 0;
      if (counted) {
        progress.start("predicting", done, images, Quantity.IMAGES);
      } else {
        progress.start("predicting", partsDone, parts, Quantity.PARTS);
      }
    }

    @Override
    public void at(long images, int parts) {
      progress.at(counted ? images : parts);
    }

    @Override
    public void say(String line) {
      progress.say(line);
    }
  }

  private static ObjectNode object(Classifier known, PredictSummary summary, double speed) {
    return Json.object()
        .put("out", summary.out())
        .put("images", summary.images())
        .put("failed", summary.failed())
        .put("files", summary.parts())
        .put("imagesPerSecond", speed)
        .put("model", known.name());
  }

  private void print(Classifier known, PredictSummary summary, double speed) {
    console
        .out()
        .println(
            String.format(
                Locale.ROOT,
                "%s: %d images%s, in %d %s; %.0f images/s%nby %s",
                summary.out(),
                summary.images(),
                summary.failed() == 0 ? "" : ", %s of no use".formatted(summary.failed()),
                summary.parts(),
                summary.parts() == 1 ? "file" : "files",
                speed,
                known.name()));
  }

  /** Hands itself over to spark-submit: a task a core, and a model an executor. */
  private int submit(Classifier known, Placement placement, Locations locations) {
    Submission submission = cluster.submission();
    submission.requireReachable("MODEL", model, locations);
    submission.requireReachable("--data", data, locations);
    submission.requireReachable("--out", out, locations);
    return submission.run(
        new Application(
            "convoy predict " + data,
            Submission.jar(),
            Submission.placed(arguments(), placement),
            Optional.empty(),
            ExecutorMemory.prediction(known, TestTime.of(testTime), KernelProvider.kernels()),
            DriverMemory.prediction(known),
            true),
        placement);
  }

  private List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of("predict", model));
    arguments.addAll(List.of("--checkpoint", checkpoint, "--data", data, "--out", out));
    arguments.addAll(List.of("--format", format.ending(), "--top", Integer.toString(top)));
    arguments.addAll(List.of("--max-failures", maxFailures));
    if (column != null) {
      arguments.addAll(List.of("--column", column));
    }
    if (embedding != null) {
      arguments.addAll(List.of("--embedding", embedding));
    }
    if (!testTime.equals(TestTime.NONE.text())) {
      arguments.addAll(List.of("--tta", testTime));
    }
    if (logits) {
      arguments.add("--logits");
    }
    if (probabilities) {
      arguments.add("--probabilities");
    }
    if (resume) {
      arguments.add("--resume");
    }
    arguments.addAll(json.words());
    return arguments;
  }

  private static DamageLimit limit(String text) {
    try {
      return DamageLimit.of(text);
    } catch (ConvoyException e) {
      throw new ConvoyException(e.kind(), "--max-failures: " + e.getMessage(), e);
    }
  }
}
