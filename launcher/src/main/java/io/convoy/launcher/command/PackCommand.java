package io.convoy.launcher.command;

import io.convoy.data.examine.DamageLimit;
import io.convoy.data.examine.DamageRule;
import io.convoy.data.examine.Damaged;
import io.convoy.error.ConvoyException;
import io.convoy.launcher.place.Locations;
import io.convoy.launcher.progress.ByteSize;
import io.convoy.launcher.progress.TransferProgress;
import io.convoy.launcher.session.Placement;
import io.convoy.launcher.submit.Application;
import io.convoy.launcher.submit.ShellWord;
import io.convoy.launcher.terminal.Console;
import io.convoy.memory.DriverMemory;
import io.convoy.memory.ExecutorMemory;
import io.convoy.pack.job.ImagePack;
import io.convoy.pack.job.PackListener;
import io.convoy.pack.job.PackOptions;
import io.convoy.pack.job.PackSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.network.util.JavaUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convoy pack}: from images as people have them to a packed set. */
@Command(
    name = "pack",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Packs images into a few large files, in a random order.",
    description = {
      "",
      "A source is a folder of class folders, or one with train and test in it; a tar file of class"
          + " folders, or a folder of such; a CSV, JSON-lines or Parquet table of paths or bytes and"
          + " labels. Every image is decoded once, to see that it can be. All is written beside OUT"
          + " and gets that name at the end; after an interruption the same command goes on.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  convoy pack photos packs/photos",
      "  convoy pack hdfs:///cifar10/tars hdfs:///cifar10/pack --executors 4",
      "  convoy pack images.csv packs/images --label species --damaged skip",
      "  convoy train my-recipe.yaml --set data.format=pack --data packs/photos"
    })
public final class PackCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "SOURCE",
      description = "Folder, tar file or table, on any Hadoop file system.")
  private String source;

  @Parameters(
      index = "1",
      paramLabel = "OUT",
      description = "The packed set's folder; it must not exist yet.")
  private String out;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      defaultValue = "0",
      description = "Seed of the random order; by default 0.")
  private long seed;

  @Option(
      names = "--group-bytes",
      paramLabel = "SIZE",
      defaultValue = "16m",
      description = {
        "The most bytes of a row group, which is read in one",
        "go, such as 8m or 32m; by default 16m."
      })
  private String groupBytes;

  @Option(
      names = "--classes",
      paramLabel = "NAMES",
      split = ",",
      description = {
        "The classes, in the order of their labels; others",
        "are left out. By default those of the source, by",
        "their names."
      })
  private List<String> classes = List.of();

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "The column of labels in a table.")
  private String label;

  @Option(
      names = "--label-delimiter",
      paramLabel = "TEXT",
      description = {
        "What stands between the labels of an image in a",
        "table, such as \";\": images may then have several, or",
        "none. Columns of lists need none."
      })
  private String labelDelimiter;

  @Option(
      names = "--damaged",
      paramLabel = "WHAT",
      defaultValue = "refuse",
      description = {
        "What becomes of images that cannot be read: refuse",
        "stops, skip leaves them out. rejected.parquet names",
        "them either way."
      })
  private Damaged damaged;

  @Option(
      names = "--max-damaged",
      paramLabel = "LIMIT",
      defaultValue = "1%",
      description = {
        "The most that skip leaves out of a set: a share of",
        "its images such as 0.5%%, or a number; by default",
        "1%%."
      })
  private String maxDamaged;

  @Option(
      names = "--resize-shorter",
      paramLabel = "PIXELS",
      description = {
        "Resizes larger images so that their shorter side has",
        "so many pixels, and encodes them as JPEG again."
      })
  private int resizeShorter;

  @Option(
      names = "--quality",
      paramLabel = "1..100",
      description = {
        "Quality of resized images, as libjpeg counts it; by",
        "default that of each image's own file."
      })
  private int quality;

  @Mixin private final JsonOption json = new JsonOption();

  @Mixin private final ClusterOptions cluster;

  private final Console console;

  public PackCommand(Console console, ClusterOptions cluster) {
    this.console = console;
    this.cluster = cluster;
  }

  @Override
  public Integer call() {
    PackOptions options =
        new PackOptions(
            seed,
            bytes(groupBytes),
            classes,
            new DamageRule(damaged, limit(maxDamaged)),
            resizeShorter,
            quality,
            labelDelimiter);
    Placement placement = cluster.placement();
    Locations locations = new Locations(cluster.given());
    if (cluster.submits()) {
      return submit(options, placement, locations);
    }
    String from = locations.absolute(source);
    String to = locations.absolute(out);
    try (JavaSparkContext spark = cluster.startTasks(placement, "convoy pack " + source);
        TransferProgress progress = console.transfers()) {
      cluster.advise("interrupted; the same command goes on from there", progress::close);
      PackSummary summary = ImagePack.pack(spark, from, to, label, options, listener(progress));
      progress.close();
      json.print(console, summary, () -> print(summary));
    }
    return 0;
  }

  private static PackListener listener(TransferProgress progress) {
    return new PackListener() {
      @Override
      public void begin(String what, long bytes) {
        if (bytes == 0) {
          progress.say(what);
        } else {
          progress.start(what, 0, bytes);
        }
      }

      @Override
      public void at(long bytes) {
        progress.at(bytes);
      }

      @Override
      public void say(String line) {
        progress.say(line);
      }
    };
  }

  private void print(PackSummary summary) {
    for (PackSummary.PackedCount set : summary.sets()) {
      console
          .out()
          .println(
              "%simages %s, classes %s, files %s, row groups %s, %s%s"
                  .formatted(
                      set.name().isEmpty() ? "" : set.name() + ": ",
                      set.images(),
                      set.classes(),
                      set.files(),
                      set.groups(),
                      ByteSize.of(set.bytes()),
                      set.rejected() == 0 ? "" : "; cannot be read: " + set.rejected()));
    }
    console
        .out()
        .println(
            "Next: scripts/convoy train RECIPE --set data.format=pack --data "
                + ShellWord.quote(out));
  }

  /** Hands itself over to spark-submit: a task a core. */
  private int submit(PackOptions options, Placement placement, Locations locations) {
    Submission submission = cluster.submission();
    submission.requireReachable("SOURCE", source, locations);
    submission.requireReachable("OUT", out, locations);
    List<String> arguments = new ArrayList<>(List.of("pack", source, out));
    arguments.addAll(List.of("--seed", Long.toString(seed), "--group-bytes", groupBytes));
    if (!classes.isEmpty()) {
      arguments.addAll(List.of("--classes", String.join(",", classes)));
    }
    if (label != null) {
      arguments.addAll(List.of("--label", label));
    }
    if (labelDelimiter != null) {
      arguments.addAll(List.of("--label-delimiter", labelDelimiter));
    }
    if (resizeShorter != 0) {
      arguments.addAll(List.of("--resize-shorter", Integer.toString(resizeShorter)));
    }
    if (quality != 0) {
      arguments.addAll(List.of("--quality", Integer.toString(quality)));
    }
    arguments.addAll(json.words());
    String what = damaged.name().toLowerCase(Locale.ROOT);
    arguments.addAll(List.of("--damaged", what, "--max-damaged", maxDamaged));
    Placement tasks =
        new Placement(
            placement.kind(),
            placement.master(),
            Math.multiplyExact(placement.executors(), placement.threads()),
            1);
    return submission.run(
        new Application(
            "convoy pack " + source,
            Submission.jar(),
            Submission.placed(arguments, tasks),
            Optional.empty(),
            ExecutorMemory.packing(options.groupBytes()),
            DriverMemory.packing()),
        tasks);
  }

  private static long bytes(String text) {
    try {
      return JavaUtils.byteStringAsBytes(text);
    } catch (NumberFormatException e) {
      throw new ConvoyException(
          ConvoyException.Kind.USAGE,
          "--group-bytes wants a size such as 8m or 16777216; got '%s'".formatted(text),
          e);
    }
  }

  private static DamageLimit limit(String text) {
    try {
      return DamageLimit.of(text);
    } catch (ConvoyException e) {
      throw new ConvoyException(e.kind(), "--max-damaged: " + e.getMessage(), e);
    }
  }
}
