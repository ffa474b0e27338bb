package io.convoy.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.convoy.execution.Execution;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.launcher.recipe.RecipeFile;
import io.convoy.launcher.recipe.RecipeReader;
import io.convoy.operation.PassCapacity;
import io.convoy.recipe.Recipe;
import io.convoy.run.DriverIdentity;
import io.convoy.run.RunDescription;
import io.convoy.run.RunFolder;
import io.convoy.run.Versions;
import io.convoy.zoo.Architecture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SummaryCommandTest {
  @TempDir Path folder;

  @Test
  void aTableOfTheLayers() {
    Invocation summary = Invocation.of("summary", "fashion-mnist", "--threads", "2");
    assertEquals(0, summary.exitCode(), summary::err);
    List<String> lines = summary.lines();
    assertEquals(
        "layer      type         output    field  parameters  multiply-adds  activations",
        lines.get(0));
    assertEquals(
        "conv1      conv2d       28x28x32    3x3         288        225,792     12.3 MiB",
        lines.get(3));
    assertEquals(
        "bn1        batchNorm2d  28x28x32    3x3          64              -            -",
        lines.get(4));
    assertEquals(
        "18 layers                                   141,418     14,688,000     65.1 MiB",
        lines.get(22));
    assertEquals(
        "field        a pixel of 'pool3' depends on 26x26 pixels of the image (28x28); the next one,"
            + " on those 8 further",
        lines.get(24));
    assertTrue(lines.get(25).startsWith("batch        128 images in 8 shards of at most 16;"));
    assertTrue(lines.get(26).startsWith("a step       "), lines.get(26));
    assertEquals(
        "state        1.08 MiB: weights 555 KiB (576 of them moving averages), optimizer 555 KiB"
            + " (momentum)",
        lines.get(27));
    assertTrue(lines.get(28).endsWith(" with 2 threads, beside the images"), lines.get(28));
  }

  @Test
  void noSessionIsStarted() {
    assertEquals(0, Invocation.of("summary", "quickstart").exitCode());
    assertNull(SparkEnv.get());
  }

  /** The figures are those of an execution that is really built. */
  @Test
  void jsonTellsWhatIsReallyTaken() throws Exception {
    Invocation summary = Invocation.of("summary", "quickstart", "--json", "--threads", "3");
    JsonNode json = JsonMapper.builder().build().readTree(summary.out());
    RecipeFile file = RecipeFile.find("quickstart", Optional.empty());
    Recipe recipe = RecipeReader.recipe(RecipeReader.tree(file), file.place(), List.of());
    try (WorkPool pool = new WorkPool(3)) {
      PassCapacity capacity = new PassCapacity(64, 4, 16, 64);
      Execution built =
          Execution.training(
              recipe.network(), capacity, recipe.conv(), KernelProvider.kernels(), pool);
      assertEquals(built.bytes(), json.at("/step/bufferBytes").longValue());
      assertEquals(built.output().bytes(), json.at("/layers/13/activationBytes").longValue());
    }
    assertEquals(16, json.at("/step/shardSamples").intValue());
    assertEquals(4, json.at("/step/passShards").intValue());
    assertEquals(29_178, json.at("/parameters").longValue());
    assertEquals(224, json.at("/movingAverages").longValue());
    assertEquals(4 * (29_178 + 224), json.at("/state/weightBytes").longValue());
    assertEquals(
        json.at("/step/bytes").longValue() + json.at("/state/bytes").longValue(),
        json.at("/peakBytes").longValue());
    assertEquals("[28,28,16]", json.at("/layers/0/output").toString());
    assertFalse(json.at("/multiplyAdds").isMissingNode());
  }

  @Test
  void aNetworkOfTheZoo() throws Exception {
    Invocation summary = Invocation.of("summary", "resnet-50", "--json", "--threads", "2");
    assertEquals(0, summary.exitCode(), summary::err);
    JsonNode json = JsonMapper.builder().build().readTree(summary.out());
    assertEquals("resnet-50", json.get("recipe").textValue());
    assertEquals("[224,224,3]", json.get("input").toString());
    assertEquals(25_557_032, json.get("parameters").longValue());
    assertEquals(4, json.at("/step/shardSamples").intValue());
    Invocation smaller =
        Invocation.of(
            "summary", "resnet-50", "--set", "network.classes=10", "--set", "batchSize=5");
    assertTrue(smaller.out().contains("5 images in 8 shards of at most"), smaller.out());
    assertTrue(smaller.out().contains("23,528,522"), smaller.out());
  }

  /** There is no file to name, and the network names itself. */
  @Test
  void aNetworkOfTheZooNamesItsPlaceOnce() {
    assertEquals(
        "convoy: network: vgg11: input must have at least 32x32 pixels; got 3x3x3",
        Invocation.of("summary", "vgg-11", "--set", "network.input=[3, 3, 3]").err());
    for (String name : Architecture.names()) {
      assertEquals(
          "convoy: network: " + name + ": classes must be at least 1; got 0",
          Invocation.of("summary", name, "--set", "network.classes=0").err());
    }
    assertEquals(
        "convoy: batchSize must be at least 1; got 0",
        Invocation.of("summary", "vgg-11", "--set", "batchSize=0").err());
  }

  /** Its column, its line, and that of what is seldom meant; in JSON as well. */
  @Test
  void aNetworkInNotation() throws Exception {
    String notation = "INPUT(28,28,1) => [CONV(8,3x3) => RELU => POOL(2)] * N => FC(10)";
    Invocation summary = Invocation.of("summary", notation, "--set", "network.values.N=3");
    assertEquals(0, summary.exitCode(), summary::err);
    assertTrue(
        summary
            .lines()
            .contains(
                "field        a pixel of 'maxPool2d_3' depends on 22x22 pixels of the image"
                    + " (28x28); the next one, on those 8 further"),
        summary::out);
    assertTrue(summary.out().contains("conv2d_2     conv2d     14x14x8    8x8 "), summary::out);
    String stride =
        "layer 'maxPool2d_3': the stride does not fit, (W - F + 2P) / S + 1 = (7 - 2 + 0) / 2 + 1 ="
            + " 3.500; 1 of 7 rows and 1 of 7 columns are never seen: use padding, or an input of"
            + " another size";
    assertTrue(summary.lines().contains("warning: " + stride), summary::out);
    JsonNode json =
        JsonMapper.builder()
            .build()
            .readTree(
                Invocation.of("summary", notation, "--set", "network.values.N=3", "--json").out());
    assertEquals("[22,22]", json.at("/layers/8/receptiveField").toString());
    assertEquals("[28,28]", json.at("/layers/10/receptiveField").toString());
    assertEquals(2, json.get("warnings").size());
    assertEquals(stride, json.at("/warnings/0").textValue());
  }

  @Test
  void aNetworkIsPrintedInNotation() {
    assertEquals(
        "INPUT(28,28,1) => CONV(32,5x5) => RELU => POOL(2) => CONV(64,5x5) => RELU => POOL(2) =>"
            + " FC(1024) => RELU => FC(10)",
        Invocation.of("summary", "lenet", "--notation").out().strip());
    assertEquals(
        "convoy: --notation: the network is no chain of layers, each of which reads the one before"
            + " it and the last of which is the output; see 'layer1.0.downsample.0'",
        Invocation.of("summary", "resnet50", "--notation").err());
  }

  /** Totals are those of inference, but for parameters, which the state has all of. */
  @Test
  void auxiliaryHeadsAreToldApart() throws Exception {
    String[] arguments = {
      "summary", "googlenet", "--set", "network.auxiliaryHeads=true", "--threads", "1"
    };
    Invocation summary = Invocation.of(arguments);
    assertEquals(0, summary.exitCode(), summary::err);
    assertTrue(
        summary
            .lines()
            .contains(
                "training     has the auxiliary outputs 'aux1.fc2' (weight 0.3), 'aux2.fc2' (weight"
                    + " 0.3); 18 layers, 6,379,984 of the parameters and 8,372,224 multiply-adds"
                    + " beside those above are for them alone, and no part of inference"),
        summary::out);
    String total = summary.lines().stream().filter(l -> l.contains(" layers   ")).findFirst().get();
    assertTrue(total.contains("13,004,888"), total);
    JsonMapper mapper = JsonMapper.builder().build();
    JsonNode plain = mapper.readTree(Invocation.of("summary", "googlenet", "--json").out());
    String forward = String.format(Locale.ROOT, "%,d", plain.get("multiplyAdds").longValue());
    assertTrue(total.contains(forward), total);
    assertFalse(plain.has("auxiliary"));
    String[] asJson = Arrays.copyOf(arguments, arguments.length + 1);
    asJson[arguments.length] = "--json";
    JsonNode json = mapper.readTree(Invocation.of(asJson).out());
    assertEquals(
        "{\"outputs\":{\"aux1.fc2\":0.3,\"aux2.fc2\":0.3},\"parameters\":6379984,"
            + "\"multiplyAdds\":8372224}",
        json.get("auxiliary").toString());
    assertEquals(plain.get("multiplyAdds"), json.get("multiplyAdds"));
  }

  /** Each layer reads the one before it; but not the last alone comes out. */
  @Test
  void aChainWithAnAuxiliaryOutputIsNone() throws Exception {
    Path recipe = folder.resolve("sided.yaml");
    Files.writeString(
        recipe,
        """
        data: {format: idx}
        network:
          input: [8]
          layers:
            - {name: side, type: linear, outFeatures: 3}
            - {name: logits, type: linear, outFeatures: 3}
          auxiliary: {side: 0.3}
        batchSize: 16
        epochs: 2
        optimizer: {type: sgd}
        schedule: {type: constant, rate: 0.1}
        """);
    assertEquals(
        "convoy: --notation: the network is no chain of layers, each of which reads the one before"
            + " it and the last of which is the output; see 'side'",
        Invocation.of("summary", recipe.toString(), "--notation").err());
  }

  @Test
  void aMistakeInANotationIsPointedAt() {
    Invocation summary = Invocation.of("summary", "INPUT(28,28,1) => CONV(8,3x3 => RELU");
    assertEquals(2, summary.exitCode());
    assertEquals(
        """
        convoy: network: column 30: expected ')', ','; got '=>'
          INPUT(28,28,1) => CONV(8,3x3 => RELU
                                       ^""",
        summary.err());
  }

  @Test
  void setChangesTheRecipe() {
    Invocation summary =
        Invocation.of(
            "summary", "quickstart", "--set", "batchSize=256", "--set", "optimizer={type: adam}");
    assertTrue(summary.out().contains("256 images in 4 shards of at most 64"), summary.out());
    assertTrue(summary.out().contains("(exp_avg, exp_avg_sq)"), summary.out());
  }

  @Test
  void aRunIsReadFromItsFolder() {
    RecipeFile file = RecipeFile.find("quickstart", Optional.empty());
    String run = folder.resolve("run").toUri().toString();
    RunFolder.create(
        run,
        new Configuration(),
        new RunDescription(
            RecipeReader.tree(file), 1, "00", new Versions("0", 1, "17", "4", "none", "here")),
        DriverIdentity.here("test"));
    Invocation ofRun = Invocation.of("summary", run, "--threads", "2");
    assertEquals(0, ofRun.exitCode(), ofRun::err);
    assertEquals(Invocation.of("summary", "quickstart", "--threads", "2").out(), ofRun.out());
  }

  @Test
  void neitherRecipeNorRun() {
    Path missing = folder.resolve("nothing");
    Invocation summary = Invocation.of("summary", missing.toString());
    assertEquals(2, summary.exitCode());
    assertEquals(
        "convoy: %s is neither a recipe's file nor a run's folder: look for a mistyped path"
            .formatted(missing),
        summary.err());
    assertEquals(
        "convoy: there is no recipe 'quickstrat', did you mean 'quickstart'? give the path of a file, or one of %s"
            .formatted(
                String.join(", ", RecipeFile.BUNDLED)
                    + ", or a network of the zoo, one of "
                    + String.join(", ", Architecture.names())),
        Invocation.of("summary", "quickstrat").err());
    assertTrue(
        Invocation.of("summary", folder.toString()).err().contains("holds no run"),
        "an empty folder is no run");
  }
}
