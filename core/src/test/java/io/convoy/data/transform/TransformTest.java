package io.convoy.data.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.json.Families;
import io.convoy.json.Json;
import io.convoy.tensor.Shape;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class TransformTest {
  private static final long SEED = 42;
  private static final Shape SHAPE = Shape.of(37, 53, 3);
  private static final byte[] IMAGE = TestImages.colour(37, 53).pixels();

  private static byte[] apply(Transform transform, int epoch, long row) {
    return new TransformRun(List.of(transform), SHAPE, SEED).apply(IMAGE, epoch, row);
  }

  @Test
  void thatChangesNothingWhichIsSetSo() {
    for (Transform transform : Transforms.none()) {
      for (int row = 0; row < 20; row++) {
        assertArrayEquals(IMAGE, apply(transform, 0, row), transform::toString);
      }
    }
  }

  @Test
  void everyKindChangesImagesAndDrawsAnewForEach() {
    for (Transform transform : Transforms.all()) {
      Set<String> results = new HashSet<>();
      for (int row = 0; row < 40; row++) {
        results.add(TestImages.crc(apply(transform, 0, row)));
        results.add(TestImages.crc(apply(transform, 1, row)));
      }
      boolean onOrOff =
          transform instanceof Grey
              || transform instanceof Posterize
              || transform instanceof Solarize
              || transform instanceof Equalize
              || transform instanceof AutoContrast;
      assertTrue(onOrOff ? results.size() == 2 : results.size() > 30, transform + " " + results);
    }
  }

  /** A run that has done other images, and other steps, gives what a new one gives. */
  @Test
  void resultsFollowFromSeedEpochAndRowAlone() {
    TransformRun used = new TransformRun(Transforms.all(), SHAPE, SEED);
    for (int row = 0; row < 5; row++) {
      used.apply(IMAGE, 7, row);
    }
    for (int row = 3; row >= 0; row--) {
      TransformRun fresh = new TransformRun(Transforms.all(), SHAPE, SEED);
      assertArrayEquals(fresh.apply(IMAGE, 2, row), used.apply(IMAGE, 2, row));
    }
    byte[] other = new TransformRun(Transforms.all(), SHAPE, SEED + 1).apply(IMAGE, 2, 0);
    assertFalse(Arrays.equals(other, used.apply(IMAGE, 2, 0)));
  }

  /** What step k does depends on its place, not on what stands before it. */
  @Test
  void eachStepHasDrawsOfItsOwn() {
    Transform nothing = new Posterize(8, 1);
    Transform noise = new Noise(20, 1);
    byte[] second = new TransformRun(List.of(nothing, noise), SHAPE, SEED).apply(IMAGE, 0, 0);
    Transform noneToo = new Rotation(0, List.of(0), 1);
    assertArrayEquals(
        second, new TransformRun(List.of(noneToo, noise), SHAPE, SEED).apply(IMAGE, 0, 0).clone());
    assertFalse(Arrays.equals(second, apply(noise, 0, 0)));
  }

  /** Golden: what images become is part of the numerics contract. */
  @Test
  @Tag("golden")
  void theBytesAreFixed() {
    Map<String, String> hashes = new LinkedHashMap<>();
    for (Transform transform : Transforms.all()) {
      byte[] all = new byte[3 * IMAGE.length];
      for (int row = 0; row < 3; row++) {
        System.arraycopy(apply(transform, 1, row), 0, all, row * IMAGE.length, IMAGE.length);
      }
      hashes.merge(Families.name(transform.getClass()), TestImages.crc(all), (a, b) -> a + " " + b);
    }
    assertEquals(
        """
        rotation e1069c97
        zoom 175e3505
        shear 8a1e339e
        translation 2675a286
        affine fb05793b
        brightness 2045358f
        contrast 8f003cbf
        saturation 5d09cfbc
        hue 18b12c47
        colourJitter 9413f2e4
        grey 4ec34ce5
        sharpness b25946b9
        posterize 9737b487
        solarize a2555f20
        equalize 31f7bc02
        autoContrast a965d043
        blur 72adaedf
        noise 907e1758
        saltAndPepper a9f70260
        randomErasing 1204969f 730dbf51 59f3fb9b
        randAugment 356c7b20
        trivialAugment b8d38c0e""",
        hashes.entrySet().stream()
            .map(e -> e.getKey() + " " + e.getValue())
            .collect(Collectors.joining("\n")));
  }

  @Test
  void everyKindSurvivesJson() {
    Set<String> seen = new TreeSet<>();
    for (Transform transform : Transforms.all()) {
      Transform read = Json.read(Json.bytes(transform), Transform.class, "test");
      assertEquals(transform, read);
      seen.add(Families.name(transform.getClass()));
    }
    assertEquals(Families.members(Transform.class).keySet(), seen);
  }

  @Test
  void defaultsAreThoseOfTheField() {
    assertEquals(new Rotation(15, List.of(0), 1), read("{type: rotation, degrees: 15}"));
    assertEquals(new Posterize(4, 0.5), read("{type: posterize, bits: 4}"));
    assertEquals(new Blur(5, 0.1, 2, 1), read("{type: blur, kernel: 5}"));
    assertEquals(new RandAugment(2, 9, List.of(0)), read("{type: randAugment}"));
    assertEquals(new TrivialAugment(List.of(0)), read("{type: trivialAugment}"));
    assertEquals(
        new RandomErasing(0.02, 0.33, 0.3, 3.3, RandomErasing.Value.MEAN, 0.5),
        read("{type: randomErasing}"));
  }

  private static Transform read(String yaml) {
    String json = yaml.replaceAll("([a-zA-Z]+)", "\"$1\"");
    return Json.read(json.getBytes(StandardCharsets.UTF_8), Transform.class, "");
  }

  @Test
  void whatIsOutOfRangeIsRefused() {
    List<Integer> black = List.of(0);
    refused("rotation: degrees must lie in [0, 180]; got 181", () -> new Rotation(181, black, 1));
    refused("rotation: probability must lie in [0, 1]; got 1.1", () -> new Rotation(1, black, 1.1));
    refused(
        "zoom: from must be above 0 and at most to; got from=1.2, to=1.1",
        () -> new Zoom(1.2, 1.1, black, 1));
    refused("shear: y must lie in [0, 80]; got -1", () -> new Shear(0, -1, black, 1));
    refused("brightness: range must be at least 0; got NaN", () -> new Brightness(Double.NaN, 1));
    refused("hue: range must lie in [0, 0.5]; got 0.6", () -> new Hue(0.6, 1));
    refused("posterize: bits must lie in [1, 8]; got 0", () -> new Posterize(0, 1));
    refused("blur: kernel must be odd and lie in [3, 127]; got 4", () -> new Blur(4, 1, 1, 1));
    refused(
        "randomErasing: areaTo must lie in [0, 1]; got 1.5",
        () -> new RandomErasing(0.1, 1.5, 1, 1, RandomErasing.Value.MEAN, 1));
    refused(
        "randAugment: magnitude must lie in [0, 30]; got 31", () -> new RandAugment(2, 31, black));
    refused(
        "trivialAugment: fill has one number for all channels, or red, green and blue, each in [0,"
            + " 255]; got [1, 2]",
        () -> new TrivialAugment(List.of(1, 2)));
  }

  @Test
  void whatDoesNotFitTheImagesIsRefused() {
    Shape grey = Shape.of(9, 7, 1);
    refused(
        "steps[1]: hue changes colours, but the network's input is grey (1 channel): take it away",
        () -> Transform.requireFit(List.of(new Noise(1, 1), new Hue(0.1, 1)), grey, "steps"));
    refused(
        "steps[0]: fill must have one number, or one a channel; it has 3, the network's input has 1"
            + " channels",
        () -> Transform.requireFit(List.of(new Rotation(1, List.of(1, 2, 3), 1)), grey, "steps"));
    refused(
        "steps[0]: half of blur's kernel must be less than the image's height and width; got"
            + " kernel=15 for 9x7",
        () -> Transform.requireFit(List.of(new Blur(15, 1, 1, 1)), grey, "steps"));
    refused(
        "steps: images must have 1 channel (grey) or 3 (red, green, blue); the network's input has"
            + " 2",
        () -> Transform.requireFit(List.of(new Noise(1, 1)), Shape.of(9, 7, 2), "steps"));
    Transform.requireFit(
        List.of(new ColourJitter(1, 1, 0, 0, 1), new RandAugment(2, 9, List.of(0))), grey, "steps");
    Transform.requireFit(Transforms.all(), SHAPE, "steps");
  }

  private static void refused(String message, Executable made) {
    assertEquals(message, assertThrows(ConvoyException.class, made).getMessage());
  }
}
