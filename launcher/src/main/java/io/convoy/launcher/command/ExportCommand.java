package io.convoy.launcher.command;

import io.convoy.error.ConvoyException;
import io.convoy.inference.Model;
import io.convoy.pretrained.SafetensorsExport;
import io.convoy.run.Models;
import io.convoy.run.WhichCheckpoint;
import io.convoy.storage.StoreFolder;
import io.convoy.storage.WholeFiles;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convoy export}: a trained network as a file for other tools. No session is started. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Writes a trained network as a file for other tools.",
    description = {
      "",
      "safetensors: the weights by name, in float32, kernels as [out, in, height, width]. Networks"
          + " that torchvision has are named as there. Where the recipe averages weights, these are"
          + " written. fineTuning.weights takes such a file.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  convoy export runs/7 --out resnet50.safetensors",
      "  convoy export runs/7 --checkpoint best --out hdfs:///models/7.safetensors"
    })
public final class ExportCommand implements Callable<Integer> {
  /** What can be written. */
  enum Format {
    /** The weights. */
    SAFETENSORS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "The folder of a run or a checkpoint, on any Hadoop file system.")
  private String run;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The file, on any Hadoop file system; one that is there is replaced.")
  private String out;

  @Option(
      names = "--format",
      defaultValue = "safetensors",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; by default safetensors.")
  private Format format;

  @Option(
      names = "--checkpoint",
      defaultValue = "newest",
      paramLabel = "WHICH",
      description = "newest (the default), best, or step:1200.")
  private String checkpoint;

  private final Console console;

  public ExportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Locations locations = new Locations(new SparkConf());
    Model model = Models.load(run, WhichCheckpoint.of(checkpoint), locations.configuration());
    Path file = new Path(locations.absolute(out));
    if (file.getParent() == null) {
      throw ConvoyException.usage("--out %s is a folder: name a file", out);
    }
    long bytes =
        switch (format) {
          case SAFETENSORS -> write(new SafetensorsExport(model), file, locations);
        };
    console
        .out()
        .printf(Locale.ROOT, "%s: %s as %s, %,d bytes%n", file, model.name(), format, bytes);
    return 0;
  }

  private static long write(SafetensorsExport export, Path file, Locations locations) {
    StoreFolder folder = StoreFolder.at(file.getParent().toString(), locations.configuration());
    try {
      new WholeFiles(folder, 0).replace(file, export::write);
    } catch (IOException e) {
      throw folder.unwritable(
          "write", file, e, "make room or give access there, or choose another --out");
    }
    return export.length();
  }
}
