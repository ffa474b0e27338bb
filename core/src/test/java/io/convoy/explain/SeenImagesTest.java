package io.convoy.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.ArraySource;
import io.convoy.error.ConvoyException;
import io.convoy.inference.EncodedImage;
import io.convoy.inference.Model;
import io.convoy.inference.Predictor;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeenImagesTest {
  private static final Model MODEL = PlainNetwork.model();

  /** A PNG that has the network's size is seen as it is, and as prediction sees it. */
  @Test
  void aFileIsSeenAsByPrediction() {
    byte[] image = PlainNetwork.image(5);
    byte[] png = Thumbnail.png(Painting.image(image, MODEL.network().inputShape()));
    byte[] seen = SeenImages.of(MODEL, png, "five.png");
    assertArrayEquals(image, seen);
    try (WorkPool pool = new WorkPool(2);
        Predictor predictor = new Predictor(MODEL, KernelProvider.kernels(), pool)) {
      double[] predicted = predictor.predict(EncodedImage.of("five.png", png)).probabilities();
      double[] plain = PlainNetwork.inference(MODEL).probabilities(seen);
      assertArrayEquals(plain, predicted, 1e-5);
    }
  }

  @Test
  void anotherSizeOrNoImageIsAnError() {
    byte[] small = Thumbnail.png(new RgbImage(2, 3, new byte[18]));
    String size =
        assertThrows(ConvoyException.class, () -> SeenImages.of(MODEL, small, "small.png"))
            .getMessage();
    assertTrue(size.contains("small.png") && size.contains("2x3x3"), size);
    ConvoyException none =
        assertThrows(ConvoyException.class, () -> SeenImages.of(MODEL, new byte[9], "none.png"));
    assertEquals(ConvoyException.Kind.DATA, none.kind());
  }

  @Test
  void rowsOfASetComeInTheOrderThatIsAskedFor() {
    byte[][] images = IntStream.range(0, 6).mapToObj(PlainNetwork::image).toArray(byte[][]::new);
    ArraySource set = ArraySource.of(MODEL.network().inputShape(), images);
    List<byte[]> seen = SeenImages.of(MODEL, set, new int[] {4, 1, 5});
    assertArrayEquals(images[4], seen.get(0));
    assertArrayEquals(images[1], seen.get(1));
    assertArrayEquals(images[5], seen.get(2));
    assertTrue(SeenImages.of(MODEL, set, new int[0]).isEmpty());
  }

  /** By sums of a plain computation; the layers are the convolutions. */
  @Test
  void theStrongestChannelsAndUsualLayers() {
    assertEquals(List.of("conv1", "conv2"), FeatureMaps.usualLayers(MODEL, 8));
    assertEquals(List.of("conv1"), FeatureMaps.usualLayers(MODEL, 1));
    byte[] image = PlainNetwork.image(2);
    try (WorkPool pool = new WorkPool(1)) {
      FeatureMaps maps =
          FeatureMaps.of(MODEL, List.of("relu1"), image, KernelProvider.kernels(), pool).get(0);
      double[] output =
          PlainNetwork.inference(MODEL).upTo("relu1", PlainNetwork.standardized(image));
      double[] sums = new double[6];
      for (int i = 0; i < output.length; i++) {
        sums[i % 6] += output[i];
      }
      List<Integer> wanted =
          IntStream.range(0, 6)
              .boxed()
              .sorted(Comparator.comparingDouble(channel -> -sums[channel]))
              .toList();
      assertEquals(wanted.subList(0, 4), maps.strongest(4));
      assertEquals(wanted, maps.strongest(100));
    }
  }
}
