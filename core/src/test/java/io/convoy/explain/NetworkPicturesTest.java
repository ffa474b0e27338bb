package io.convoy.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.data.ArraySource;
import io.convoy.data.augment.Augmentation;
import io.convoy.data.reader.Glyphs;
import io.convoy.inference.Model;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.optimizer.Sgd;
import io.convoy.recipe.DataOptions;
import io.convoy.recipe.Recipe;
import io.convoy.recipe.RecipeBuilder;
import io.convoy.schedule.Constant;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class NetworkPicturesTest {
  private static final Model MODEL = PlainNetwork.model();
  private static final int IMAGES = 20;

  private static Recipe recipe(Augmentation augmentation) {
    return new RecipeBuilder()
        .name("a test")
        .network(MODEL.network())
        .data(new DataOptions(new Glyphs(), null, null))
        .standardization(MODEL.preprocessing().standardization())
        .batchSize(4)
        .epochs(1)
        .optimizer(new Sgd(0, false, 0, false))
        .schedule(new Constant(0.1, 0))
        .augmentation(augmentation)
        .build();
  }

  private static ArraySource set() {
    byte[][] images =
        IntStream.range(0, IMAGES).mapToObj(PlainNetwork::image).toArray(byte[][]::new);
    int[] labels = IntStream.range(0, IMAGES).map(i -> i / 6).toArray();
    return new ArraySource(
        MODEL.network().inputShape(), List.of("a", "b", "c", "d"), labels, images);
  }

  private static JsonNode pictures(int threads, int... mistakes) {
    try (WorkPool pool = new WorkPool(threads)) {
      return new NetworkPictures(MODEL, set(), KernelProvider.kernels(), pool).of(mistakes);
    }
  }

  private static BufferedImage decoded(JsonNode address) throws IOException {
    String text = address.asText();
    byte[] bytes = Base64.getDecoder().decode(text.substring(text.indexOf(',') + 1));
    return ImageIO.read(new ByteArrayInputStream(bytes));
  }

  /** Small pictures keep every pixel. */
  @Test
  void mistakesAreTheImagesThatWereAskedFor() throws IOException {
    JsonNode found = pictures(2, 17, 3).get("mistakes");
    assertEquals(2, found.size());
    int[] samples = {17, 3};
    for (int i = 0; i < 2; i++) {
      assertEquals(samples[i], found.get(i).get("sample").asInt());
      BufferedImage image = decoded(found.get(i).get("image"));
      byte[] wanted = PlainNetwork.image(samples[i]);
      byte[] bytes = new byte[wanted.length];
      for (int p = 0; p < bytes.length / 3; p++) {
        int rgb = image.getRGB(p % image.getWidth(), p / image.getWidth());
        bytes[3 * p] = (byte) (rgb >> 16);
        bytes[3 * p + 1] = (byte) (rgb >> 8);
        bytes[3 * p + 2] = (byte) rgb;
      }
      assertArrayEquals(wanted, bytes);
    }
  }

  /** The first image of each class, with the class that the network says. */
  @Test
  void mapsAreOfTheFirstImageOfEachClass() throws IOException {
    JsonNode maps = pictures(1).get("maps");
    assertEquals("relu2", maps.get("gradCamLayer").asText());
    assertTrue(maps.get("occlusion").asBoolean());
    int[] first = {0, 6, 12, 18};
    assertEquals(first.length, maps.get("images").size());
    for (int i = 0; i < first.length; i++) {
      JsonNode row = maps.get("images").get(i);
      assertEquals(first[i], row.get("sample").asInt());
      assertEquals(List.of("a", "b", "c", "d").get(i), row.get("label").asText());
      double[] plain = PlainNetwork.inference(MODEL).probabilities(PlainNetwork.image(first[i]));
      double most = IntStream.range(0, plain.length).mapToDouble(c -> plain[c]).max().orElseThrow();
      assertEquals(most, row.get("probability").asDouble(), 1e-4);
      for (String kind : List.of("image", "saliency", "gradCam", "hidden")) {
        assertEquals(PlainNetwork.WIDTH, decoded(row.get(kind)).getWidth(), kind);
      }
    }
  }

  @Test
  void filtersAndFeatureMapsOfEachConvolution() throws IOException {
    JsonNode all = pictures(1);
    assertEquals(6, all.at("/filters/images").size());
    assertEquals(3, decoded(all.at("/filters/images/0")).getHeight());
    assertEquals(List.of("conv1", "conv2"), all.at("/features/layers").findValuesAsText("layer"));
    assertEquals(6, all.at("/features/layers/0/maps").size());
    assertEquals(5, all.at("/features/layers/1/maps").size());
  }

  /** Three of each of four classes, class by class; nothing changes them in this training. */
  @Test
  void trainingImagesAsTheEpochsSeeThem() throws IOException {
    JsonNode images = TrainingPictures.of(recipe(Augmentation.NONE), set()).get("images");
    assertEquals(
        List.of("a", "a", "a", "a", "b", "b", "b", "c", "c", "c", "d", "d"),
        images.findValuesAsText("labels"));
    for (JsonNode image : images) {
      assertEquals(PlainNetwork.WIDTH, decoded(image.get("plain")).getWidth());
      assertEquals(3, image.get("versions").size());
      for (JsonNode version : image.get("versions")) {
        assertEquals(image.get("plain"), version.get("image"));
        assertEquals(image.get("labels"), version.at("/targets/0"));
      }
    }
  }

  @Test
  void augmentedImagesDifferFromEpochToEpoch() {
    Recipe flipped = recipe(new Augmentation(2, true, null, null, List.of(), null, null));
    JsonNode images = TrainingPictures.of(flipped, set()).get("images");
    Set<String> addresses = new HashSet<>();
    images.get(0).get("versions").forEach(version -> addresses.add(version.get("image").asText()));
    assertTrue(addresses.size() > 1);
  }

  @Test
  void anyNumberOfThreadsGivesTheSame() {
    assertEquals(pictures(1, 4).toString(), pictures(3, 4).toString());
    assertFalse(pictures(1, 4).toString().equals(pictures(1, 5).toString()));
  }
}
