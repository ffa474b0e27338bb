package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.convoy.data.augment.StandardScore;
import io.convoy.format.SafetensorsWriter;
import io.convoy.format.TensorSlice;
import io.convoy.format.onnx.OnnxExport;
import io.convoy.format.onnx.OnnxImport;
import io.convoy.inference.Model;
import io.convoy.network.StateLayout;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.recipe.FineTuning;
import io.convoy.recipe.Preprocessing;
import io.convoy.recipe.Recipe;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that was exported and imported is trained on as if it had never left. */
class ImportedTrainingTest {
  private static final Recipe RECIPE =
      Trainings.standard(Trainings.ADAM)
          .withStandardization(
              new StandardScore(new float[] {0.4f, 0.5f, 0.6f}, new float[] {0.2f, 0.2f, 0.3f}));

  @TempDir Path folder;

  @Test
  void anImportedNetworkTrainsOn() throws IOException {
    float[] trained = Trainings.train(RECIPE, 2).weights();
    StateLayout layout = RECIPE.network().layout();
    Path own = folder.resolve("own.safetensors");
    try (OutputStream out = Files.newOutputStream(own)) {
      List<TensorSlice> tensors =
          layout.entries().stream()
              .map(e -> new TensorSlice(e.name(), e.parameter().shape(), trained, e.offset()))
              .toList();
      String unused = new SafetensorsWriter(tensors, Map.of()).write(out);
    }
    Path exported = folder.resolve("exported.onnx");
    try (OutputStream out = Files.newOutputStream(exported)) {
      Preprocessing preprocessing = Preprocessing.of(RECIPE, List.of("a", "b", "c", "d", "e"));
      OnnxExport.write(
          new Model("m", RECIPE.network(), trained, preprocessing, ConvolutionAlgorithm.AUTO),
          "test",
          out);
    }
    OnnxImport read = OnnxImport.read(Files.readAllBytes(exported), "exported.onnx");
    assertArrayEquals(trained, read.state());
    TrainingState expected = Trainings.train(from(RECIPE, own), 2);
    TrainingState actual =
        Trainings.train(from(RECIPE.toBuilder().network(read.network()).build(), exported), 3);
    assertArrayEquals(expected.weights(), actual.weights());
    assertEquals(expected.arraysSha256(), actual.arraysSha256());
    assertNotEquals(0, trained[0] - actual.weights()[0]);
  }

  private static Recipe from(Recipe recipe, Path weights) {
    return recipe.toBuilder().fineTuning(FineTuning.from(weights.toString())).build();
  }
}
