package io.convoy.explain;

import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Paints maps, images, filters and inputs. Which byte a number becomes follows from the numbers
 * alone; NaN is painted as what is least.
 */
public final class Painting {
  private static final int COLOURS = 3;

  /** Where a number lies from 0 to 1. */
  @FunctionalInterface
  private interface Scale {
    double of(float value);
  }

  private Painting() {}

  /** A map whose zero means nothing: from 0, what is below included, to its largest value. */
  public static RgbImage map(Heatmap map) {
    return coloured(map, fromZero(map));
  }

  /** A map of whatever range: from its smallest to its largest value. */
  public static RgbImage spread(Heatmap map) {
    float least = map.least();
    double range = (double) map.most() - least;
    return coloured(map, value -> range > 0 ? (value - least) / range : 0);
  }

  private static Scale fromZero(Heatmap map) {
    float most = map.most();
    return value -> most > 0 ? value / (double) most : 0;
  }

  private static RgbImage coloured(Heatmap map, Scale scale) {
    byte[] rgb = new byte[map.values().length * COLOURS];
    for (int i = 0; i < rgb.length; i++) {
      double number = scale.of(map.values()[i / COLOURS]);
      rgb[i] = rounded(ColourMap.of(number, i % COLOURS));
    }
    return new RgbImage(map.height(), map.width(), rgb);
  }

  /**
   * An image.
   *
   * @param image bytes in the order row, column, channel
   * @param shape of the image, of 1 channel (grey) or 3 (RGB)
   */
  public static RgbImage image(byte[] image, Shape shape) {
    byte[] rgb = new byte[shape.height() * shape.width() * COLOURS];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = image[i / COLOURS * shape.channels() + i % COLOURS % shape.channels()];
    }
    return new RgbImage(shape.height(), shape.width(), rgb);
  }

  /**
   * A {@linkplain #map map} over its image: where it is 0 the image alone shows, made grey, where
   * it is largest {@code opacity} of the map's colour.
   *
   * @param image bytes in the order row, column, channel
   * @param shape of the image, that of the map, of 1 or 3 channels
   * @param opacity in [0, 1]
   */
  public static RgbImage overlay(byte[] image, Shape shape, Heatmap map, double opacity) {
    if (map.height() != shape.height() || map.width() != shape.width()) {
      throw new IllegalArgumentException(
          "a map lies over an image of its own size: the map has %sx%s pixels, the image %sx%s"
              .formatted(map.height(), map.width(), shape.height(), shape.width()));
    }
    Scale scale = fromZero(map);
    byte[] rgb = image(image, shape).rgb();
    for (int pixel = 0; pixel < map.values().length; pixel++) {
      double number = Math.max(0, scale.of(map.values()[pixel]));
      double share = Double.isNaN(number) ? 0 : opacity * number;
      double grey = luma(rgb, pixel * COLOURS);
      for (int c = 0; c < COLOURS; c++) {
        double mixed = grey + share * (ColourMap.of(number, c) - grey);
        rgb[pixel * COLOURS + c] = rounded(mixed);
      }
    }
    return new RgbImage(map.height(), map.width(), rgb);
  }

  /** ITU-R BT.601. */
  private static double luma(byte[] rgb, int at) {
    return 0.299 * (rgb[at] & 0xFF) + 0.587 * (rgb[at + 1] & 0xFF) + 0.114 * (rgb[at + 2] & 0xFF);
  }

  /**
   * A filter: zero is grey, the largest weight of it, by size, black or white. One in colour where
   * it has three channels, else one for each channel.
   *
   * @param number of the filter, from 0
   */
  public static List<RgbImage> filter(Filters filters, int number) {
    Shape shape = filters.shape();
    float[] weights = filters.weights()[number];
    float largest = 0;
    for (float weight : weights) {
      largest = Math.max(largest, Math.abs(weight));
    }
    byte[] bytes = new byte[weights.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = rounded(127.5 + (largest > 0 ? 127.5 * weights[i] / largest : 0));
    }
    if (shape.channels() == COLOURS) {
      return List.of(image(bytes, shape));
    }
    List<RgbImage> pictures = new ArrayList<>();
    Shape one = Shape.of(shape.height(), shape.width(), 1);
    for (int c = 0; c < shape.channels(); c++) {
      byte[] plane = new byte[one.elements()];
      for (int pixel = 0; pixel < plane.length; pixel++) {
        plane[pixel] = bytes[pixel * shape.channels() + c];
      }
      pictures.add(image(plane, one));
    }
    return pictures;
  }

  /**
   * An input that excites a filter, of 1 or 3 channels: its mean is grey, two standard deviations
   * beside it black and white.
   */
  public static RgbImage input(ExcitingInput input) {
    float[] values = input.values();
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    double mean = sum / values.length;
    double squares = 0;
    for (float value : values) {
      squares += (value - mean) * (value - mean);
    }
    double deviation = Math.sqrt(squares / values.length);
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      double beside = deviation > 0 ? (values[i] - mean) / (2 * deviation) : 0;
      bytes[i] = rounded(127.5 + 127.5 * beside);
    }
    return image(bytes, input.shape());
  }

  private static byte rounded(double value) {
    return (byte) (int) Math.max(0, Math.min(255, Math.floor(value + 0.5)));
  }
}
