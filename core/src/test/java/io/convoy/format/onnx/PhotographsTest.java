package io.convoy.format.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.RealData;
import io.convoy.data.augment.StandardScore;
import io.convoy.data.augment.Standardization;
import io.convoy.data.augment.UnitRange;
import io.convoy.data.image.DecodeScale;
import io.convoy.inference.EncodedImage;
import io.convoy.inference.Model;
import io.convoy.inference.Predictor;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.layer.Flatten;
import io.convoy.layer.Relu;
import io.convoy.network.Network;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.recipe.Preprocessing;
import io.convoy.tensor.Shape;
import io.convoy.zoo.Architecture;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Convoy says of photographs, ONNX Runtime says of them by the exported file. */
@Tag("data")
class PhotographsTest {
  private static final int PHOTOGRAPHS = 3;
  private static final double TOLERANCE = 1e-4;
  private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
  private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("io.convoy.format.onnx.OnnxExportTest#small")
  void smallNetworks(String name) throws IOException {
    compare(Architecture.named(name).network());
  }

  @ParameterizedTest
  @MethodSource("io.convoy.format.onnx.OnnxExportTest#light")
  @Tag("slow")
  void largeNetworks(String name) throws IOException {
    Networks.requireVectors();
    compare(Architecture.named(name).network());
  }

  private void compare(Network network) throws IOException {
    Shape input = network.inputShape();
    int channels = input.channels();
    float[] mean = Arrays.copyOf(MEAN, channels);
    float[] deviation = Arrays.copyOf(DEVIATION, channels);
    Model model = model(network, Networks.state(network), new StandardScore(mean, deviation));
    Path file = folder.resolve("model.onnx");
    try (OutputStream out = Files.newOutputStream(file)) {
      OnnxExport.write(model, "test", out);
    }
    Network seen = Network.input(input.toArray()).then(new Relu()).then(new Flatten()).build();
    Model eye = model(seen, new float[0], new UnitRange());
    for (EncodedImage photograph : photographs()) {
      float[] pixels = logits(eye, photograph); // of 0 to 1, as CHW
      int plane = pixels.length / channels;
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (float) (((double) pixels[i] - mean[i / plane]) / deviation[i / plane]);
      }
      float[] expected =
          Runtime.outputs(file, pixels, 1, channels, input.height(), input.width()).get(0);
      float[] actual = logits(model, photograph);
      assertEquals(expected.length, actual.length);
      double largest = 0;
      for (float value : expected) {
        largest = Math.max(largest, Math.abs(value));
      }
      assertTrue(largest > 0);
      for (int i = 0; i < expected.length; i++) {
        assertEquals(expected[i], actual[i], TOLERANCE * largest, "logit " + i);
      }
    }
  }

  private static Model model(Network network, float[] state, Standardization standardization) {
    Shape input = network.inputShape();
    Preprocessing preprocessing =
        new Preprocessing(
            input.height(),
            input.width(),
            input.channels(),
            new Preprocessing.Resize(null, "bilinear", DecodeScale.FULL),
            null,
            standardization,
            List.of());
    return new Model("it", network, state, preprocessing, ConvolutionAlgorithm.AUTO);
  }

  private static float[] logits(Model model, EncodedImage photograph) {
    try (WorkPool pool = new WorkPool(2);
        Predictor predictor = new Predictor(model, KernelProvider.kernels(), pool)) {
      return predictor.predict(photograph).logits();
    }
  }

  private static List<EncodedImage> photographs() throws IOException {
    try (Stream<Path> files = Files.walk(RealData.folder("raccoon"))) {
      return files
          .filter(path -> path.toString().endsWith(".jpg"))
          .sorted()
          .limit(PHOTOGRAPHS)
          .map(PhotographsTest::photograph)
          .toList();
    }
  }

  private static EncodedImage photograph(Path path) {
    try {
      return EncodedImage.of(path.toString(), Files.readAllBytes(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
