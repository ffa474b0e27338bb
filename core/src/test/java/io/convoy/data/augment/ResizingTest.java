package io.convoy.data.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.image.DecodeScale;
import io.convoy.data.image.View;
import io.convoy.data.raster.Crop;
import io.convoy.error.ConvoyException;
import io.convoy.random.Purpose;
import io.convoy.random.RandomStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Where images are cropped, against torchvision's rules written once more. */
class ResizingTest {
  private static final DecodeScale FULL = DecodeScale.FULL;

  /** Sizes, height x width: from one pixel to photographs, square, tall and wide. */
  private static final int[][] SIZES = {
    {1, 1}, {1, 900}, {900, 1}, {33, 32}, {224, 224}, {480, 640}, {3000, 400}, {4000, 6000}
  };

  private final RandomStream draws = new RandomStream(7, Purpose.FRAMING);

  @Test
  void evaluationCutsOutTheMiddle() {
    assertEquals(
        new View(Crop.whole(480, 640), 256, 341, new Crop(16, 58, 224, 224), FULL),
        new Resizing(224, 224, 256, FULL).evaluation().view(480, 640));
    assertEquals(
        new View(Crop.whole(640, 480), 341, 256, new Crop(58, 16, 224, 224), FULL),
        new Resizing(224, 224, 256, FULL).evaluation().view(640, 480));
    // half of 1 is rounded to 0, half of 3 to 2: to the even number, as Python does
    assertEquals(
        new Crop(0, 2, 64, 64),
        new Resizing(64, 64, 65, FULL).evaluation().view(650, 670).window());
    assertEquals(
        View.cropped(Crop.whole(480, 640), 32, 16, DecodeScale.FIT),
        new Resizing(32, 16, 0, DecodeScale.FIT).evaluation().view(480, 640));
  }

  @Test
  void theUsualProportionIsThatOf256To224() {
    assertEquals(256, Resizing.usualShorter(224));
    assertEquals(73, Resizing.usualShorter(64));
    assertEquals(37, Resizing.usualShorter(32));
    assertEquals(1, Resizing.usualShorter(1));
  }

  @Test
  void aRandomWindowLiesAnywhereInTheResizedImage() {
    Resizing resizing = new Resizing(20, 30, 0, FULL);
    boolean[] tops = new boolean[13];
    boolean[] lefts = new boolean[15];
    for (int sample = 0; sample < 500; sample++) {
      draws.at(3, sample);
      View view = resizing.random(32, draws).view(64, 89);
      int left = below(45 - 30, 21);
      assertEquals(
          new View(Crop.whole(64, 89), 32, 44, new Crop(below(13, 20), left, 20, 30), FULL), view);
      tops[view.window().top()] = true;
      lefts[view.window().left()] = true;
    }
    for (boolean seen : tops) {
      assertTrue(seen);
    }
    for (boolean seen : lefts) {
      assertTrue(seen);
    }
  }

  /** A whole number by the high half of a product, as {@link RandomStream} documents it. */
  private int below(int bound, int position) {
    return (int) (((draws.bits(position) & 0xFFFFFFFFL) * bound) >> 32);
  }

  @Test
  void aResizedCropIsTorchvisions() {
    List<ResizedCrop> all =
        List.of(
            ResizedCrop.STANDARD,
            new ResizedCrop(List.of(0.5, 1.0), List.of(1.0, 1.0)),
            new ResizedCrop(List.of(1.0, 1.0), List.of(3.0, 3.5)),
            new ResizedCrop(List.of(0.9, 1.0), List.of(0.1, 0.2)));
    int fallbacks = 0;
    for (ResizedCrop crop : all) {
      for (int[] size : SIZES) {
        for (int sample = 0; sample < 200; sample++) {
          draws.at(1, sample);
          Expected expected = expected(crop, size[0], size[1]);
          assertEquals(
              View.cropped(expected.crop, 24, 16, FULL),
              new Resizing(24, 16, 0, FULL).random(crop, draws).view(size[0], size[1]),
              () -> crop + " of " + size[0] + "x" + size[1]);
          fallbacks += expected.fallback ? 1 : 0;
        }
      }
    }
    assertTrue(fallbacks > 500 && fallbacks < 5000, "fallbacks: " + fallbacks);
  }

  private record Expected(Crop crop, boolean fallback) {}

  /**
   * {@code RandomResizedCrop.get_params}, line by line; what it draws is drawn at positions 0 to
   * 21.
   */
  private Expected expected(ResizedCrop crop, int height, int width) {
    double area = (double) height * width;
    double[] logRatio = {StrictMath.log(crop.ratio().get(0)), StrictMath.log(crop.ratio().get(1))};
    int position = 0;
    for (int i = 0; i < 10; i++) {
      double target = area * uniform(crop.scale().get(0), crop.scale().get(1), position++);
      double aspect = StrictMath.exp(uniform(logRatio[0], logRatio[1], position++));
      int w = round(Math.sqrt(target * aspect));
      int h = round(Math.sqrt(target / aspect));
      if (0 < w && w <= width && 0 < h && h <= height) {
        return new Expected(
            new Crop(below(height - h + 1, 20), below(width - w + 1, 21), h, w), false);
      }
    }
    double inRatio = (double) width / height;
    double min = Math.min(crop.ratio().get(0), crop.ratio().get(1));
    double max = Math.max(crop.ratio().get(0), crop.ratio().get(1));
    int w = width;
    int h = height;
    if (inRatio < min) {
      h = Math.max(1, round(w / min)); // torchvision fails on none
    } else if (inRatio > max) {
      w = Math.max(1, round(h * max));
    }
    return new Expected(
        new Crop(Math.floorDiv(height - h, 2), Math.floorDiv(width - w, 2), h, w), true);
  }

  private double uniform(double least, double most, int position) {
    return least + (most - least) * ((draws.bits(position) >>> 8) / 16777216.0);
  }

  /** Python's. */
  private static int round(double value) {
    return new BigDecimal(value).setScale(0, RoundingMode.HALF_EVEN).intValueExact();
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertEquals(
        "data.resizeShorter must be at least data.size, since that is cut out of the resized image;"
            + " got 63 for 32x64 (height x width)",
        message(() -> new Resizing(32, 64, 63, FULL)));
    assertEquals(
        "data.size must be at least 1 pixel each way; got 0x4",
        message(() -> new Resizing(0, 4, 4, FULL)));
    assertEquals(
        "augmentation.resizedCrop.scale is two numbers above 0, the least and the most (at most 1,"
            + " the whole image); got [0.5, 1.5]",
        message(() -> new ResizedCrop(List.of(0.5, 1.5), null)));
    assertEquals(
        "augmentation.resizedCrop.ratio is two numbers above 0, the least and the most; got [2.0,"
            + " 1.0]",
        message(() -> new ResizedCrop(null, List.of(2.0, 1.0))));
    message(() -> new ResizedCrop(List.of(0.5), null));
    message(() -> new ResizedCrop(List.of(Double.NaN, 1.0), null));
    message(() -> new ResizedCrop(List.of(0.0, 1.0), null));
    assertEquals(
        "an image of 90000000x1 pixels is too long and narrow to have its shorter side resized to"
            + " 256: take it out of the set, or stretch images (data.stretch)",
        message(() -> new Resizing(224, 224, 256, FULL).evaluation().view(1, 90_000_000)));
  }

  @Test
  void thereIsOneWayToCrop() {
    assertEquals(
        "augmentation has one way to crop: cropPadding, resizedCrop or resizeShorter; got two of"
            + " them",
        message(() -> new Augmentation(4, true).withResizedCrop(ResizedCrop.STANDARD)));
    Augmentation resized = new Augmentation(0, true).withResizedCrop(ResizedCrop.STANDARD);
    assertEquals(
        "augmentation.resizedCrop goes with data.size: say in data which size images are brought to",
        message(() -> resized.requireFits(null)));
    Augmentation shorter = new Augmentation(0, true).withResizeShorter(30);
    assertEquals(
        "augmentation.resizeShorter must be at least data.size, since that is cut out of the"
            + " resized image; got 30 for 32x32 (height x width)",
        message(() -> shorter.requireFits(new Resizing(32, 32, 40, FULL))));
    message(() -> shorter.requireFits(null));
    message(() -> new Augmentation(0, true).withResizeShorter(0));
  }

  private static String message(Executable refused) {
    return assertThrows(ConvoyException.class, refused).getMessage();
  }
}
