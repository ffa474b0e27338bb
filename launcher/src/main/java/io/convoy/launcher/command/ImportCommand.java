package io.convoy.launcher.command;

import io.convoy.data.StoredFile;
import io.convoy.data.augment.StandardScore;
import io.convoy.data.image.DecodeScale;
import io.convoy.error.ConvoyException;
import io.convoy.format.onnx.OnnxImport;
import io.convoy.inference.Model;
import io.convoy.json.Json;
import io.convoy.launcher.place.Locations;
import io.convoy.launcher.terminal.Console;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.recipe.Preprocessing;
import io.convoy.run.ModelExchange;
import io.convoy.tensor.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convoy import}: a network that another tool wrote, as a checkpoint of Convoy's. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Makes a network of an ONNX file a checkpoint, to predict and evaluate by.",
    description = {
      "",
      "The file's operators become Convoy's layers; what Convoy does not have is listed. A softmax at"
          + " the end is left away, since Convoy's networks give logits. A file that Convoy exported"
          + " says what is done to images and what the classes are called; for another, the options"
          + " do.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  convoy import seven.onnx --out models/seven",
      "  convoy import resnet50.onnx --out models/resnet50 --classes imagenet.txt \\",
      "      --mean 0.485,0.456,0.406 --deviation 0.229,0.224,0.225 \\",
      "      --resize-shorter 256",
      "  convoy predict models/seven --data photo.jpg",
      "  convoy import seven.onnx --out models/seven --recipe seven.yaml"
    })
public final class ImportCommand implements Callable<Integer> {
  private static final String BILINEAR = "bilinear";

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "The ONNX file, on any Hadoop file system.")
  private String file;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The checkpoint's folder; it must be new or empty.")
  private String out;

  @Option(
      names = "--input",
      paramLabel = "H,W,C",
      split = ",",
      description = {
        "The size of the images, for a file that leaves it",
        "free: height, width, channels."
      })
  private List<Integer> input;

  @Option(
      names = "--mean",
      paramLabel = "M,M,M",
      split = ",",
      description = {
        "What is taken from each channel of a pixel in",
        "[0, 1]; 0 for each channel where nothing is."
      })
  private List<Float> mean;

  @Option(
      names = "--deviation",
      paramLabel = "D,D,D",
      split = ",",
      description = {
        "What each channel is then divided by; 1 for each",
        "channel where it is not."
      })
  private List<Float> deviation;

  @Option(
      names = "--resize-shorter",
      paramLabel = "N",
      description = {
        "An image's shorter side is resized to this, and the",
        "middle cut out; by default all of it is stretched to",
        "the network's input."
      })
  private Integer shorter;

  @Option(
      names = "--classes",
      paramLabel = "FILE",
      description = "The names of the classes, one a line, in the outputs' order.")
  private String classes;

  @Option(
      names = "--recipe",
      paramLabel = "FILE",
      description = {
        "Also writes a recipe, by which the network trains",
        "on from its weights: a file on this machine."
      })
  private Path recipe;

  @Mixin private final JsonOption json = new JsonOption();

  private final Console console;

  public ImportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Locations locations = new Locations(new SparkConf());
    OnnxImport read = OnnxImport.read(StoredFile.read(locations.files(), file), file, size());
    List<String> names = names(read, locations);
    Model model =
        new Model(
            file,
            read.network(),
            read.state(),
            preprocessing(read, names),
            ConvolutionAlgorithm.AUTO);
    ModelExchange.keep(model, out, locations.configuration());
    if (recipe != null) {
      writeRecipe(model, locations.absolute(out));
    }
    int layers = read.network().nodes().size();
    long parameters = read.network().layout().trainedParameters();
    json.print(
        console,
        Json.object()
            .put("out", out)
            .put("file", file)
            .put("layers", layers)
            .put("parameters", parameters)
            .put("classes", model.classes().size()),
        () ->
            console
                .out()
                .println(
                    "%s holds the network of %s: %s layers, %s parameters, %s classes"
                        .formatted(out, file, layers, parameters, model.classes().size())));
    return 0;
  }

  private void writeRecipe(Model model, String place) {
    try {
      Files.writeString(recipe, ImportedRecipe.text(model, place));
    } catch (IOException e) {
      throw new ConvoyException(
          ConvoyException.Kind.RESOURCE, "%s cannot be written: %s".formatted(recipe, e), e);
    }
  }

  private Optional<Shape> size() {
    if (input == null) {
      return Optional.empty();
    }
    if (input.size() != 3) {
      throw ConvoyException.usage(
          "--input must be height, width and channels, such as 224,224,3; got %s", input);
    }
    return Optional.of(Shape.of(input.get(0), input.get(1), input.get(2)));
  }

  private List<String> names(OnnxImport read, Locations locations) {
    if (classes == null) {
      return read.classes();
    }
    byte[] bytes = StoredFile.read(locations.files(), classes);
    return new String(bytes, StandardCharsets.UTF_8).lines().filter(l -> !l.isBlank()).toList();
  }

  private Preprocessing preprocessing(OnnxImport read, List<String> names) {
    boolean given = mean != null || deviation != null || shorter != null;
    if (read.preprocessing().isPresent() && !given) {
      return read.preprocessing().get().withClasses(names);
    }
    Shape input = read.network().inputShape();
    if (!input.isImage()) {
      throw ConvoyException.usage(
          "%s: Convoy's networks label images; this one takes vectors of %d",
          file, input.elements());
    }
    if (mean == null || deviation == null) {
      throw ConvoyException.usage(
          "%s does not say how pixels are standardised: give --mean and --deviation, such as those"
              + " of torchvision, --mean 0.485,0.456,0.406 --deviation 0.229,0.224,0.225",
          file);
    }
    return new Preprocessing(
        input.height(),
        input.width(),
        input.channels(),
        new Preprocessing.Resize(shorter, BILINEAR, DecodeScale.FULL),
        null,
        new StandardScore(floats(mean), floats(deviation)),
        names);
  }

  private static float[] floats(List<Float> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i);
    }
    return floats;
  }
}
