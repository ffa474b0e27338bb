package io.convoy.pretrained;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.format.SafetensorsReader;
import io.convoy.inference.Model;
import io.convoy.network.Network;
import io.convoy.network.StateLayout;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.recipe.FineTuning.Head;
import io.convoy.recipe.Preprocessing;
import io.convoy.recipe.Recipe;
import io.convoy.zoo.Architecture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The zoo's networks take torchvision's state dictionaries, each tensor at its place. */
class TorchvisionTest {
  /** The counts are those of {@code len(model.state_dict())}. */
  @ParameterizedTest
  @CsvSource({
    "resnet18, 122",
    "resnet34, 218",
    "resnet50, 320",
    "resnet101, 626",
    "resnext50_32x4d, 320",
    "wide_resnet50_2, 320",
    "vgg11, 22",
    "vgg16, 32",
    "vgg16_bn, 97",
    "alexnet, 16",
    "densenet121, 727",
    "densenet161, 967",
    "mobilenet_v2, 314",
    "efficientnet_b0, 360",
    "squeezenet1_1, 52",
    "shufflenet_v2_x1_0, 338",
    "googlenet, 344",
  })
  void everyTensorIsLoadedAndNoneIsFresh(String name, int count) {
    Map<String, List<Long>> dictionary = StateDictionary.of(name);
    assertEquals(count, dictionary.size());
    Network network = Architecture.named(name).network();
    TensorMatch match = new TensorMatch(network, Head.KEEP, name);
    Set<StateLayout.Entry> taken = new HashSet<>();
    dictionary.forEach(
        (tensor, shape) -> {
          Optional<StateLayout.Entry> target = match.target(tensor, shape);
          assertEquals(tensor.endsWith("num_batches_tracked"), target.isEmpty(), tensor);
          target.ifPresent(entry -> assertEquals(tensor, entry.name()));
          target.ifPresent(taken::add);
        });
    assertEquals(network.layout().entries().size(), taken.size());
    StartReport report = match.report("0", List.of());
    assertEquals(List.of(), report.fresh());
    assertEquals(List.of(), report.skipped());
  }

  /** The published files of DenseNet are of a time before its layers had their names. */
  @Test
  void denseNetsOldNamesAreKnown() {
    Network network = Architecture.named("densenet121").network();
    TensorMatch match = new TensorMatch(network, Head.KEEP, "old");
    StateDictionary.of("densenet121")
        .forEach(
            (tensor, shape) -> {
              String old =
                  tensor.replaceFirst(
                      "(denselayer\\d+)\\.(norm|conv)([12])\\.", "module.$1.$2.$3.");
              old = old.replace("features.", "module.features.").replace(".module.", ".");
              var unused = match.target(old, shape);
            });
    StartReport report = match.report("0", List.of());
    assertEquals(List.of(), report.fresh());
    assertEquals(List.of(), report.skipped());
    assertTrue(report.notes().get(0).startsWith("'module.' taken off"), report.notes()::toString);
  }

  /** {@code load_state_dict} is strict but for the counters, which it makes itself. */
  @ParameterizedTest
  @ValueSource(strings = {"resnet18", "efficientnet_b0", "mobilenet_v2"})
  void anExportHasTheNamesAndShapesOfTorchvision(String name) throws IOException {
    Network network = Architecture.named(name).network();
    Recipe recipe = Pretrainings.recipe(network);
    Model model =
        new Model(
            name,
            network,
            network.layout().initialState(1),
            Preprocessing.of(recipe, List.of()),
            ConvolutionAlgorithm.AUTO);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SafetensorsExport export = new SafetensorsExport(model);
    export.write(out);
    assertEquals(export.length(), out.size());
    Map<String, List<Long>> written = new LinkedHashMap<>();
    SafetensorsReader.open(new ByteArrayInputStream(out.toByteArray()), out.size(), name)
        .header()
        .tensors()
        .forEach(tensor -> written.put(tensor.name(), tensor.shape()));
    Map<String, List<Long>> expected = StateDictionary.of(name);
    expected.keySet().removeIf(tensor -> tensor.endsWith("num_batches_tracked"));
    assertEquals(expected, written);
  }
}
