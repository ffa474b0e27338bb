package io.convoy.launcher.command;

import io.convoy.inference.Model;
import io.convoy.json.Json;
import io.convoy.launcher.place.Locations;
import io.convoy.launcher.terminal.Console;
import io.convoy.run.ExportFormat;
import io.convoy.run.ModelExchange;
import io.convoy.run.Models;
import io.convoy.run.WhichCheckpoint;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
          + " that torchvision has are named as there. fineTuning.weights takes such a file.",
      "",
      "onnx: the network for inference, input [batch, channels, height, width], standardised, output"
          + " logits. Its metadata name the classes and say what is done to an image.",
      "",
      "Where the recipe averages weights, the averages are written.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  convoy export runs/7 --out resnet50.safetensors",
      "  convoy export runs/7 --format onnx --out seven.onnx",
      "  convoy export runs/7 --checkpoint best --out hdfs:///models/7.safetensors"
    })
public final class ExportCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = {"The folder of a run or a checkpoint, on any Hadoop", "file system."})
  private String run;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = {"The file, on any Hadoop file system; one that is", "there is replaced."})
  private String out;

  @Option(
      names = "--format",
      defaultValue = "safetensors",
      paramLabel = "FORMAT",
      description = "safetensors (the default) or onnx.")
  private String format;

  @Option(
      names = "--checkpoint",
      defaultValue = "newest",
      paramLabel = "WHICH",
      description = "newest (the default), best, or step:1200.")
  private String checkpoint;

  @Mixin private final JsonOption json = new JsonOption();

  private final Console console;

  public ExportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ExportFormat chosen = ExportFormat.of(format);
    Locations locations = new Locations(new SparkConf());
    Model model = Models.load(run, WhichCheckpoint.of(checkpoint), locations.configuration());
    String file =
        ModelExchange.write(model, chosen, locations.absolute(out), locations.configuration());
    json.print(
        console,
        Json.object()
            .put("file", file)
            .put("model", model.name())
            .put("format", chosen.text())
            .put("layers", model.network().nodes().size())
            .put("parameters", model.network().layout().trainedParameters())
            .put("classes", model.classes().size()),
        () ->
            console
                .out()
                .println("%s holds %s, as %s".formatted(file, model.name(), chosen.text())));
    return 0;
  }
}
