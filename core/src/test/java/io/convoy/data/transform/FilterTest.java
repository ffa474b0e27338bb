package io.convoy.data.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import io.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

/** Blur, noise, salt and pepper, erasing. */
class FilterTest {
  /** Against the sum over the square of the kernel, in double precision. */
  @Test
  void blurIsTheWeightedMean() {
    for (int kernel : new int[] {3, 5, 9, 13}) {
      for (double sigma : new double[] {0.2, 1, 2.7}) {
        Canvas canvas = TestImages.colour(14, 9);
        byte[] before = canvas.pixels().clone();
        GaussianBlur.apply(canvas, kernel, sigma);
        for (int i = 0; i < before.length; i++) {
          double expected = mean(before, 14, 9, i, kernel, sigma);
          assertEquals(expected, canvas.pixels()[i] & 0xFF, 0.75, kernel + " " + sigma);
        }
      }
    }
  }

  private static double mean(byte[] image, int height, int width, int at, int kernel, double s) {
    int x = at / 3 % width;
    int y = at / 3 / width;
    double sum = 0;
    double weights = 0;
    for (int dy = -kernel / 2; dy <= kernel / 2; dy++) {
      for (int dx = -kernel / 2; dx <= kernel / 2; dx++) {
        double weight = StrictMath.exp(-(dx * dx + dy * dy) / (2 * s * s));
        int row = mirrored(y + dy, height);
        int column = mirrored(x + dx, width);
        sum += weight * (image[3 * (row * width + column) + at % 3] & 0xFF);
        weights += weight;
      }
    }
    return sum / weights;
  }

  private static int mirrored(int place, int length) {
    int folded = Math.floorMod(place, 2 * (length - 1));
    return Math.min(folded, 2 * (length - 1) - folded);
  }

  @Test
  void blurKeepsAPlainImage() {
    for (int value : new int[] {0, 1, 77, 254, 255}) {
      Canvas canvas = TestImages.image(Shape.of(9, 11, 3), value, value, 1);
      byte[] before = canvas.pixels().clone();
      GaussianBlur.apply(canvas, 9, 1.3);
      assertArrayEquals(before, canvas.pixels());
    }
  }

  @Test
  void noiseIsNormal() {
    int count = 3 * 256 * 256;
    double deviation = 20.3;
    NormalDistribution normal = new NormalDistribution(0, deviation);
    Canvas canvas = TestImages.image(Shape.of(256, 256, 3), 128, 128, 1);
    RandomStream stream = new RandomStream(3, Purpose.PIXEL_NOISE);
    NormalTable.add(canvas, deviation, stream);
    int[] counts = new int[256];
    for (byte value : canvas.pixels()) {
      counts[value & 0xFF]++;
    }
    double below = 0;
    for (int value = 0; value < 255; value++) {
      below += counts[value];
      double expected = normal.cumulativeProbability(value - 128 + 0.5);
      assertEquals(expected, below / count, 0.004, "up to " + value);
    }
    assertTrue(counts[128 + 75] + counts[128 - 75] > 0, "the tails are there");
  }

  @Test
  void noiseStaysWithinBytes() {
    for (int value : new int[] {0, 255}) {
      Canvas canvas = TestImages.image(Shape.of(64, 64, 1), value, value, 1);
      NormalTable.add(canvas, 255, new RandomStream(3, Purpose.PIXEL_NOISE));
      long same = count(canvas.pixels(), value);
      assertEquals(2048, same, 200, "half of it is cut");
      assertTrue(count(canvas.pixels(), 255 - value) > 300);
    }
  }

  private static long count(byte[] pixels, int value) {
    long count = 0;
    for (byte pixel : pixels) {
      count += (pixel & 0xFF) == value ? 1 : 0;
    }
    return count;
  }

  @Test
  void saltAndPepperTakesWholePixels() {
    Canvas canvas = TestImages.image(Shape.of(100, 100, 3), 99, 99, 1);
    Draws draws = new Draws(5);
    draws.at(0, 0);
    new SaltAndPepper(0.2, 1).apply(canvas, draws);
    byte[] pixels = canvas.pixels();
    assertEquals(1000 * 3, count(pixels, 0), 300);
    assertEquals(1000 * 3, count(pixels, 255), 300);
    for (int i = 0; i < pixels.length; i += 3) {
      assertTrue(pixels[i] == pixels[i + 1] && pixels[i] == pixels[i + 2]);
    }
    new SaltAndPepper(1, 1).apply(canvas, draws);
    assertEquals(0, count(canvas.pixels(), 99));
  }

  @Test
  void erasingTakesOneRectangleOfTheAreaAndRatioThatAreAsked() {
    RandomErasing erasing = new RandomErasing(0.05, 0.2, 0.5, 2, RandomErasing.Value.BLACK, 1);
    int height = 60;
    int width = 50;
    double smallest = 1;
    double largest = 0;
    for (int row = 0; row < 300; row++) {
      Canvas canvas = TestImages.image(Shape.of(height, width, 3), 200, 200, 1);
      Draws draws = new Draws(5);
      draws.at(0, row);
      erasing.apply(canvas, draws);
      int[] box = box(canvas, 0);
      int erased = (box[2] - box[0]) * (box[3] - box[1]);
      assertEquals(3L * erased, count(canvas.pixels(), 0), "a full rectangle");
      double share = (double) erased / (height * width);
      double ratio = (double) (box[2] - box[0]) / (box[3] - box[1]);
      assertTrue(share > 0.04 && share < 0.22, () -> "share " + share);
      assertTrue(ratio > 0.45 && ratio < 2.2, () -> "ratio " + ratio);
      smallest = Math.min(smallest, share);
      largest = Math.max(largest, share);
    }
    assertTrue(smallest < 0.06 && largest > 0.19, smallest + " to " + largest);
  }

  /** Top, left, bottom, right of the pixels of a value. */
  private static int[] box(Canvas canvas, int value) {
    int[] box = {canvas.height(), canvas.width(), 0, 0};
    for (int h = 0; h < canvas.height(); h++) {
      for (int w = 0; w < canvas.width(); w++) {
        if ((canvas.pixels()[3 * (h * canvas.width() + w)] & 0xFF) == value) {
          box[0] = Math.min(box[0], h);
          box[1] = Math.min(box[1], w);
          box[2] = Math.max(box[2], h + 1);
          box[3] = Math.max(box[3], w + 1);
        }
      }
    }
    return box;
  }

  @Test
  void erasingTakesTheMeanOrNoise() {
    Draws draws = new Draws(5);
    draws.at(0, 1);
    Canvas canvas = TestImages.colour(40, 40);
    byte[] before = canvas.pixels().clone();
    new RandomErasing(0.5, 0.5, 1, 1, RandomErasing.Value.MEAN, 1).apply(canvas, draws);
    for (int c = 0; c < 3; c++) {
      long sum = 0;
      int inside = -1;
      for (int i = c; i < before.length; i += 3) {
        sum += before[i] & 0xFF;
        inside = before[i] == canvas.pixels()[i] ? inside : canvas.pixels()[i] & 0xFF;
      }
      assertEquals(Math.round(sum / 1600.0), inside);
    }
    canvas.take(before);
    new RandomErasing(0.5, 0.5, 1, 1, RandomErasing.Value.NOISE, 1).apply(canvas, draws);
    int[] changes = new int[256];
    for (int i = 0; i < before.length; i++) {
      changes[canvas.pixels()[i] & 0xFF] += before[i] == canvas.pixels()[i] ? 0 : 1;
    }
    assertTrue(Arrays.stream(changes).min().getAsInt() > 0, "every value comes up");
  }

  /** Each operation of the policies is drawn, with its strength, as their paper's table has it. */
  @Test
  void randAugmentDoesWhatTheDrawnOperationDoes() {
    List<Integer> fill = List.of(0);
    int[] seen = new int[14];
    RandomStream stream = new RandomStream(8, Purpose.AUGMENTATION);
    for (int row = 0; row < 200; row++) {
      stream.at(2, row);
      int operation = stream.below(14, 64);
      double sign = stream.below(2, 65) == 0 ? 1 : -1;
      seen[operation]++;
      Canvas expected = TestImages.colour(33, 66);
      plainly(operation, sign, expected, fill);
      Canvas given = TestImages.colour(33, 66);
      Draws draws = new Draws(8);
      draws.at(2, row);
      new RandAugment(1, 15, fill).apply(given, draws);
      assertArrayEquals(expected.pixels(), given.pixels(), "operation " + operation);
    }
    assertTrue(Arrays.stream(seen).min().getAsInt() > 3, Arrays.toString(seen));
  }

  /** At strength 15 of 30: half of each range. */
  private static void plainly(int operation, double sign, Canvas image, List<Integer> fill) {
    switch (operation) {
      case 0 -> {}
      case 1 -> Warp.affine(image, 0, 1, sign * 0.15, 0, 0, 0, fill);
      case 2 -> Warp.affine(image, 0, 1, 0, sign * 0.15, 0, 0, fill);
      case 3 -> Warp.affine(image, 0, 1, 0, 0, sign * 14, 0, fill); // 150 / 331 * 66 / 2 = 14.95
      case 4 -> Warp.affine(image, 0, 1, 0, 0, 0, sign * 7, fill); // 150 / 331 * 33 / 2 = 7.48
      case 5 -> Warp.rotate(image, sign * 15, fill);
      case 6 -> Blending.brightness(image, 1 + sign * 0.45);
      case 7 -> Blending.saturation(image, 1 + sign * 0.45);
      case 8 -> Blending.contrast(image, 1 + sign * 0.45);
      case 9 -> Blending.sharpness(image, 1 + sign * 0.45);
      case 10 -> Tones.posterize(image, 6);
      case 11 -> Tones.solarize(image, 127.5);
      case 12 -> Tones.autoContrast(image);
      default -> Tones.equalize(image);
    }
  }

  @Test
  void trivialAugmentDrawsTheStrengthToo() {
    RandomStream stream = new RandomStream(8, Purpose.AUGMENTATION);
    boolean[] strengths = new boolean[31];
    int posterized = 0;
    for (int row = 0; row < 600; row++) {
      stream.at(0, row);
      int strength = stream.below(31, 64);
      strengths[strength] = true;
      if (stream.below(14, 65) != 10) {
        continue;
      }
      posterized++;
      Canvas given = TestImages.colour(12, 12);
      Draws draws = new Draws(8);
      draws.at(0, row);
      new TrivialAugment(List.of(0)).apply(given, draws);
      Canvas expected = TestImages.colour(12, 12);
      Tones.posterize(expected, 8 - (strength + 2) / 5); // 8 - round(strength / 5)
      assertArrayEquals(expected.pixels(), given.pixels(), "strength " + strength);
    }
    assertTrue(posterized > 20);
    for (boolean drawn : strengths) {
      assertTrue(drawn);
    }
  }
}
