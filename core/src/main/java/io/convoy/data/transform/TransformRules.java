package io.convoy.data.transform;

import io.convoy.error.ConvoyException;
import io.convoy.tensor.Shape;
import java.util.List;

/** The rules that transforms share. */
final class TransformRules {
  /** What comes in from outside the image, where nothing else is said: black. */
  static final List<Integer> BLACK = List.of(0);

  private TransformRules() {}

  static void probability(String type, double value) {
    within(type, "probability", value, 0, 1);
  }

  static void within(String type, String key, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw ConvoyException.usage(
          "%s: %s must lie in [%s, %s]; got %s",
          type, key, plain(least), plain(most), plain(value));
    }
  }

  static void notNegative(String type, String key, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw ConvoyException.usage("%s: %s must be at least 0; got %s", type, key, plain(value));
    }
  }

  /** Two ends of a range, both above 0, in their order. */
  static void range(String type, String from, double low, String to, double high) {
    if (!(low > 0 && low <= high && high < Double.POSITIVE_INFINITY)) {
      throw ConvoyException.usage(
          "%s: %s must be above 0 and at most %s; got %s=%s, %s=%s",
          type, from, to, from, plain(low), to, plain(high));
    }
  }

  /** A colour, as it is kept; black where none is given. */
  static List<Integer> fill(String type, List<Integer> fill) {
    if (fill == null) {
      return BLACK;
    }
    boolean valid =
        (fill.size() == 1 || fill.size() == 3)
            && fill.stream().allMatch(value -> value >= 0 && value <= 255);
    if (!valid) {
      throw ConvoyException.usage(
          "%s: fill has one number for all channels, or red, green and blue, each in [0, 255]; got"
              + " %s",
          type, fill);
    }
    return List.copyOf(fill);
  }

  static void requireFill(List<Integer> fill, Shape shape, String place) {
    if (fill.size() != 1 && fill.size() != shape.channels()) {
      throw ConvoyException.usage(
          "%s: fill must have one number, or one a channel; it has %d, the network's input has %d"
              + " channels",
          place, fill.size(), shape.channels());
    }
  }

  static void requireColour(String type, Shape shape, String place) {
    if (shape.channels() == 1) {
      throw ConvoyException.usage(
          "%s: %s changes colours, but the network's input is grey (1 channel): take it away",
          place, type);
    }
  }

  private static String plain(double number) {
    return number == (long) number ? Long.toString((long) number) : Double.toString(number);
  }
}
