package io.convoy.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaintingTest {
  private static final float[] RAMP = {0, 0.25f, 0.5f, 0.75f, 1, Float.NaN};

  /** Equal steps look equally far apart, and each is lighter than the one before. */
  @Test
  void coloursAreEven() {
    List<double[]> lab = new ArrayList<>();
    for (int i = 0; i <= 32; i++) {
      double number = i / 32.0;
      lab.add(lab(ColourMap.of(number, 0), ColourMap.of(number, 1), ColourMap.of(number, 2)));
    }
    double mean = 0;
    for (int i = 1; i <= 32; i++) {
      mean += distance(lab.get(i), lab.get(i - 1)) / 32;
    }
    for (int i = 1; i <= 32; i++) {
      assertEquals(mean, distance(lab.get(i), lab.get(i - 1)), 0.1 * mean, "step " + i);
      assertTrue(lab.get(i)[0] > lab.get(i - 1)[0] + 1, "lighter at step " + i);
    }
  }

  /** CIELAB of a colour in sRGB, D65. */
  private static double[] lab(double red, double green, double blue) {
    double r = linear(red / 255);
    double g = linear(green / 255);
    double b = linear(blue / 255);
    double x = curve((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
    double y = curve(0.2126729 * r + 0.7151522 * g + 0.0721750 * b);
    double z = curve((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883);
    return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
  }

  private static double linear(double value) {
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }

  private static double curve(double t) {
    double bend = 6 / 29.0;
    return t > bend * bend * bend ? Math.cbrt(t) : t / (3 * bend * bend) + 4 / 29.0;
  }

  private static double distance(double[] a, double[] b) {
    return Math.sqrt(
        Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
  }

  @Test
  void mapsGoFromTheDarkestColourToTheLightest() {
    byte[] dark = {0x04, 0x17, 0x35};
    byte[] middle = {(byte) 0xCB, 0x20, 0x6D};
    byte[] light = {(byte) 0xFE, (byte) 0xF2, (byte) 0xA8};
    RgbImage map = Painting.map(new Heatmap(1, 4, new float[] {-7, 0, 1, 2}));
    assertEquals(1, map.height());
    assertEquals(4, map.width());
    assertArrayEquals(joined(dark, dark, middle, light), map.rgb());
    RgbImage spread = Painting.spread(new Heatmap(3, 1, new float[] {-7, -3, 1}));
    assertArrayEquals(joined(dark, middle, light), spread.rgb());
    float[] zeros = new float[2];
    assertArrayEquals(joined(dark, dark), Painting.map(new Heatmap(2, 1, zeros)).rgb());
    assertArrayEquals(joined(dark, dark), Painting.spread(new Heatmap(2, 1, zeros)).rgb());
    assertArrayEquals(
        joined(dark, dark, dark, dark, dark, dark), Painting.map(new Heatmap(1, 6, RAMP)).rgb());
  }

  private static byte[] joined(byte[]... colours) {
    byte[] all = new byte[3 * colours.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = colours[i / 3][i % 3];
    }
    return all;
  }

  @Test
  void aMapLiesOverItsImage() {
    byte[] grey = {10, 20, 30, 40};
    Shape shape = Shape.of(2, 2, 1);
    assertArrayEquals(
        new byte[] {10, 10, 10, 20, 20, 20, 30, 30, 30, 40, 40, 40},
        Painting.image(grey, shape).rgb());
    Heatmap map = new Heatmap(2, 2, new float[] {0, -1, 2, 1});
    byte[] half = Painting.overlay(grey, shape, map, 0.5).rgb();
    assertArrayEquals(
        new byte[] {
          10,
          10,
          10,
          20,
          20,
          20, // the image alone
          (byte) 142,
          (byte) 136,
          99, // half of 30 and of the lightest colour
          81,
          38,
          57 // three quarters of 40, a quarter of the colour in the middle: up to rounding
        },
        half,
        "red 40 + 0.25 (203 - 40), green 40 + 0.25 (32 - 40), blue 40 + 0.25 (109 - 40)");
    byte[] red = {(byte) 255, 0, 0};
    Heatmap none = new Heatmap(1, 1, new float[1]);
    assertArrayEquals(
        new byte[] {76, 76, 76}, Painting.overlay(red, Shape.of(1, 1, 3), none, 1).rgb());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Painting.overlay(grey, shape, none, 1));
    assertEquals(
        "a map lies over an image of its own size: the map has 1x1 pixels, the image 2x2",
        e.getMessage());
  }

  @Test
  void filtersAreGreyAtZero() {
    float[][] weights = {{0, 2, -2, 1, 0, -1}, {0, 0, 0, 0, 0, 0}};
    Filters colour = new Filters("conv", Shape.of(1, 2, 3), weights);
    assertArrayEquals(
        new byte[] {(byte) 128, (byte) 255, 0, (byte) 191, (byte) 128, 64},
        Painting.filter(colour, 0).get(0).rgb());
    assertEquals((byte) 128, Painting.filter(colour, 1).get(0).rgb()[5]);
    List<RgbImage> planes = Painting.filter(new Filters("conv", Shape.of(3, 1, 2), weights), 0);
    assertEquals(2, planes.size());
    assertArrayEquals(
        new byte[] {
          (byte) 255, (byte) 255, (byte) 255, (byte) 191, (byte) 191, (byte) 191, 64, 64, 64
        },
        planes.get(1).rgb());
  }

  @Test
  void inputsAreSpreadAroundTheirMean() {
    float[] values = {5, 7, 5, 3};
    ExcitingInput input = new ExcitingInput("conv", 0, Shape.of(2, 2, 1), values, 0, 1);
    byte[] rgb = Painting.input(input).rgb();
    assertEquals((byte) 128, rgb[0]);
    assertEquals((byte) 218, rgb[3], "127.5 + 127.5 * 2 / (2 * sqrt(2))");
    assertEquals((byte) 37, rgb[9]);
  }

  @Test
  void mapsAreResizedBetweenTheMiddlesOfPixels() {
    Heatmap map = new Heatmap(1, 2, new float[] {0, 4});
    assertArrayEquals(new float[] {0, 1, 3, 4, 0, 1, 3, 4}, map.resized(2, 4).values());
    assertEquals(map, map.resized(1, 2));
    assertArrayEquals(new float[] {2}, map.resized(1, 1).values());
    assertEquals(4, map.most());
    assertEquals(0, map.least());
  }

  @Test
  void aShareCountsWhatIsAboveZero() {
    Heatmap map = new Heatmap(1, 4, new float[] {3, -5, 1, 0});
    assertEquals(0.75, map.share(new boolean[] {true, true, false, true}));
    assertEquals(0, new Heatmap(1, 2, new float[2]).share(new boolean[] {true, true}));
    assertThrows(IllegalArgumentException.class, () -> new Heatmap(2, 2, new float[3]));
  }
}
