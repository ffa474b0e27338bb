package io.convoy.launcher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import io.convoy.data.augment.StandardScore;
import io.convoy.data.image.DecodeScale;
import io.convoy.inference.Model;
import io.convoy.launcher.recipe.RecipeFile;
import io.convoy.launcher.recipe.RecipeReader;
import io.convoy.layer.Conv2d;
import io.convoy.layer.GlobalAvgPool;
import io.convoy.layer.Linear;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.recipe.Preprocessing;
import io.convoy.recipe.Recipe;
import io.convoy.run.ModelExchange;
import io.convoy.run.Models;
import io.convoy.run.WhichCheckpoint;
import io.convoy.storage.HadoopFiles;
import io.convoy.tensor.Shape;
import io.convoy.trainer.RunStart;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code convoy export} and {@code convoy import}: a model goes out and comes back. */
final class ExchangeCommandsTest {
  private static final List<String> CLASSES = List.of("lead", "brass", "zinc");

  private final Commands commands = new Commands();
  private final Configuration configuration = new Configuration();

  @TempDir Path folder;

  private String place(String name) {
    return folder.resolve(name).toString();
  }

  @BeforeEach
  void keepAModel() {
    ModelExchange.keep(model(CLASSES), place("own"), configuration);
  }

  private static Model model(List<String> classes) {
    Network network =
        Network.input(8, 9, 3)
            .then("conv", Conv2d.of(5, 3))
            .then("relu", new Relu())
            .then("mean", new GlobalAvgPool())
            .then("logits", Linear.of(3))
            .build();
    return new Model(
        "own",
        network,
        network.layout().initialState(5),
        new Preprocessing(
            8,
            9,
            3,
            new Preprocessing.Resize(10, "bilinear", DecodeScale.FULL),
            null,
            new StandardScore(new float[] {0.4f, 0.5f, 0.6f}, new float[] {0.2f, 0.3f, 0.25f}),
            classes),
        ConvolutionAlgorithm.AUTO);
  }

  private String run(String... words) {
    assertEquals(0, commands.run(words), commands::err);
    return commands.out();
  }

  @Test
  void whatGoesOutComesBack() throws IOException {
    BufferedImage image = new BufferedImage(13, 17, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < 13 * 17; i++) {
      image.setRGB(i % 13, i / 13, 0x050a13 * i);
    }
    ImageIO.write(image, "png", folder.resolve("image.png").toFile());
    run("export", place("own"), "--format", "onnx", "--out", place("model.onnx"));
    assertTrue(
        run("import", place("model.onnx"), "--out", place("back"))
            .endsWith("4 layers, 158 parameters, 3 classes" + System.lineSeparator()));
    Model back = Models.load(place("back"), WhichCheckpoint.NEWEST, configuration);
    assertArrayEquals(model(CLASSES).weights(), back.weights());
    assertEquals(model(CLASSES).preprocessing(), back.preprocessing());
    String own = run("predict", place("own"), "--data", place("image.png"));
    String other = run("predict", place("back"), "--data", place("image.png"));
    assertEquals(own.replaceAll("by .*", ""), other.replaceAll("by .*", ""));
  }

  /** The recipe has the network, the weights and what is done to pixels. */
  @Test
  void anImportedNetworkTrainsOn() throws IOException {
    run("export", place("own"), "--format", "onnx", "--out", place("model.onnx"));
    String file = place("on.yaml");
    run("import", place("model.onnx"), "--out", place("back"), "--recipe", file);
    Recipe recipe =
        RecipeReader.recipe(
            RecipeReader.tree(RecipeFile.find(file, Optional.empty())), file, List.of());
    Model back = Models.load(place("back"), WhichCheckpoint.NEWEST, configuration);
    assertEquals(back.network(), recipe.network());
    assertEquals(back.preprocessing().standardization(), recipe.standardization());
    assertArrayEquals(
        back.weights(), RunStart.of(recipe, new HadoopFiles(configuration)).weights());
  }

  /** Height and width are free in the file. */
  @Test
  void theSizeOfImagesIsGiven() throws IOException {
    ModelExchange.keep(model(List.of()), place("nameless"), configuration);
    run("export", place("nameless"), "--format", "onnx", "--out", place("fixed.onnx"));
    ModelProto.Builder file =
        ModelProto.parseFrom(Files.readAllBytes(folder.resolve("fixed.onnx"))).toBuilder();
    TensorShapeProto.Builder shape =
        file.getGraphBuilder()
            .getInputBuilder(0)
            .getTypeBuilder()
            .getTensorTypeBuilder()
            .getShapeBuilder();
    shape.getDimBuilder(2).setDimParam("height");
    shape.getDimBuilder(3).setDimParam("width");
    Path free = folder.resolve("free.onnx");
    Files.write(free, file.build().toByteArray());
    run("import", free.toString(), "--out", place("written")); // Convoy wrote how large
    Files.write(free, file.clearMetadataProps().build().toByteArray());
    List<String> words =
        List.of("import", free.toString(), "--mean", "0,0,0", "--deviation", "1,1,1", "--out");
    commands.fails(
        Commands.USAGE,
        Stream.concat(words.stream(), Stream.of(place("x"))).toList(),
        "free.onnx: input 'input': the size of a sample must be known; got height, a free one: give"
            + " --input HEIGHT,WIDTH,CHANNELS");
    Stream<String> given = Stream.of(place("given"), "--input", "11,14,3");
    run(Stream.concat(words.stream(), given).toArray(String[]::new));
    Model read = Models.load(place("given"), WhichCheckpoint.NEWEST, configuration);
    assertEquals(Shape.of(11, 14, 3), read.network().inputShape());
    commands.fails(
        Commands.USAGE,
        Stream.concat(words.stream(), Stream.of(place("y"), "--input", "11,14")).toList(),
        "--input must be height, width and channels, such as 224,224,3; got [11, 14]");
    commands.fails(
        Commands.USAGE,
        List.of("import", place("fixed.onnx"), "--out", place("z"), "--input", "11,14,3"),
        "fixed.onnx is for inputs of 8x9x3 alone; got 11x14x3, by --input: leave it away");
  }

  @Test
  void oneModelGivesTheSameBytes() throws IOException {
    run("export", place("own"), "--format", "onnx", "--out", place("a/model.onnx"));
    run("export", place("own"), "--format", "onnx", "--out", place("b/model.onnx"));
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("a/model.onnx")),
        Files.readAllBytes(folder.resolve("b/model.onnx")));
  }

  @Test
  void optionsSayWhatAFileDoesNot() throws IOException {
    run("export", place("own"), "--format", "onnx", "--out", place("model.onnx"));
    Path names = Files.writeString(folder.resolve("names.txt"), "a\nb\nc\n");
    run(
        "import",
        place("model.onnx"),
        "--out",
        place("back"),
        "--classes",
        names.toString(),
        "--mean",
        "0.1,0.2,0.3",
        "--deviation",
        "1,1,0.5",
        "--resize-shorter",
        "12");
    Preprocessing read =
        Models.load(place("back"), WhichCheckpoint.NEWEST, configuration).preprocessing();
    assertEquals(List.of("a", "b", "c"), read.classes());
    assertEquals(12, read.resize().resizeShorter());
    assertEquals(
        new StandardScore(new float[] {0.1f, 0.2f, 0.3f}, new float[] {1, 1, 0.5f}),
        read.standardization());
  }

  @Test
  void mistakesAreTold() throws IOException {
    commands.fails(
        Commands.USAGE,
        List.of("export", place("own"), "--format", "png", "--out", place("x")),
        "--format is safetensors or onnx; got 'png'");
    commands.fails(
        Commands.USAGE,
        List.of("export", place("own"), "--format", "onnx", "--out", place("own")),
        "own is a folder: name a file");
    run("export", place("own"), "--format", "onnx", "--out", place("model.onnx"));
    commands.fails(
        Commands.USAGE,
        List.of("import", place("model.onnx"), "--out", place("own")),
        "a checkpoint's folder must be new or empty; ",
        "name another, or remove it");
    commands.fails(
        Commands.USAGE,
        List.of("import", place("model.onnx"), "--out", place("x"), "--mean", "0,0,0"),
        "does not say how pixels are standardised: give --mean and --deviation");
    Path text = Files.writeString(folder.resolve("text.onnx"), "no ONNX");
    commands.fails(
        Commands.DATA,
        List.of("import", text.toString(), "--out", place("x")),
        "text.onnx is no ONNX file, or a damaged one: ");
  }
}
