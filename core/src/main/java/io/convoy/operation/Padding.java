package io.convoy.operation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.error.ConvoyException;
import java.util.List;

/**
 * Zero pixels around an image: {@code same}, {@code valid}, or so many pixels on each side. In JSON
 * {@code "same"}, {@code "valid"}, {@code 1}, {@code [1, 3]} (rows, columns), or, where opposite
 * sides differ, {@code [[0, 1], [2, 3]]} (above and below, left and right).
 *
 * @param mode how the pixels are counted
 * @param pixels for {@link Mode#PIXELS}: rows above, columns left; at least 0
 * @param after likewise: rows below, columns right
 */
public record Padding(Mode mode, Extent pixels, Extent after) {
  /** Output size over input size n, kernel extent k = dilation (kernel - 1) + 1, stride s. */
  public enum Mode {
    /** ⌈n / s⌉; where the total is odd, the odd pixel comes after, as in TensorFlow. */
    SAME,
    /** ⌊(n - k) / s⌋ + 1. */
    VALID,
    /** ⌊(n + p - k) / s⌋ + 1, with p zero pixels on both sides together. */
    PIXELS
  }

  public static final Padding SAME = new Padding(Mode.SAME, Extent.square(0));
  public static final Padding VALID = new Padding(Mode.VALID, Extent.square(0));

  public Padding {
    requireNotNegative(pixels);
    requireNotNegative(after);
  }

  private static void requireNotNegative(Extent pixels) {
    if (pixels.height() < 0 || pixels.width() < 0) {
      throw ConvoyException.usage("padding must be at least 0; got %s", pixels);
    }
  }

  /** The same on opposite sides. */
  public Padding(Mode mode, Extent pixels) {
    this(mode, pixels, pixels);
  }

  public static Padding of(int pixels) {
    return new Padding(Mode.PIXELS, Extent.square(pixels));
  }

  @JsonCreator
  static Padding parse(JsonNode node) {
    if (node.isTextual()) {
      return switch (node.textValue()) {
        case "same" -> SAME;
        case "valid" -> VALID;
        default ->
            throw ConvoyException.usage(
                "padding must be same, valid, a number of pixels or [height, width]; got %s", node);
      };
    }
    if (node.size() == 2 && node.path(0).isArray()) {
      Extent rows = Extent.parse(node.get(0));
      Extent columns = Extent.parse(node.get(1));
      return new Padding(
          Mode.PIXELS,
          new Extent(rows.height(), columns.height()),
          new Extent(rows.width(), columns.width()));
    }
    return new Padding(Mode.PIXELS, Extent.parse(node));
  }

  @JsonValue
  Object toJson() {
    return switch (mode) {
      case SAME -> "same";
      case VALID -> "valid";
      case PIXELS ->
          pixels.equals(after)
              ? pixels.toJson()
              : List.of(
                  List.of(pixels.height(), after.height()), List.of(pixels.width(), after.width()));
    };
  }

  /** This padding, checked to leave a part of the image in every window of a pooling. */
  public Padding lessThan(Extent kernel, String layer) {
    if (Math.max(pixels.height(), after.height()) >= kernel.height()
        || Math.max(pixels.width(), after.width()) >= kernel.width()) {
      throw ConvoyException.usage(
          "%s: padding must be less than the kernel; got padding %s, kernel %s",
          layer, toJson(), kernel);
    }
    return this;
  }

  /** Zero pixels before the first one of an axis of {@code size} pixels. */
  long before(int size, long window, int stride, boolean vertical) {
    return switch (mode) {
      case SAME -> total(size, window, stride) / 2;
      case VALID -> 0;
      case PIXELS -> vertical ? pixels.height() : pixels.width();
    };
  }

  /** Zero pixels after the last one. */
  long after(int size, long window, int stride, boolean vertical) {
    return switch (mode) {
      case SAME -> total(size, window, stride) - total(size, window, stride) / 2;
      case VALID -> 0;
      case PIXELS -> vertical ? after.height() : after.width();
    };
  }

  private static long total(int size, long window, int stride) {
    long outputs = ((long) size + stride - 1) / stride;
    return Math.max(0, (outputs - 1) * stride + window - size);
  }
}
