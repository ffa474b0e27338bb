package io.convoy.operation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.error.ConvoyException;

/**
 * Zero pixels around an image: {@code same}, {@code valid}, or so many pixels on each side. In JSON
 * {@code "same"}, {@code "valid"}, {@code 1} or {@code [1, 3]}.
 *
 * @param mode how the pixels are counted
 * @param pixels for {@link Mode#PIXELS}: rows above and below, columns left and right; at least 0
 */
public record Padding(Mode mode, Extent pixels) {
  /** Output size over input size n, kernel extent k = dilation (kernel - 1) + 1, stride s. */
  public enum Mode {
    /** ⌈n / s⌉; where the total is odd, the odd pixel comes after, as in TensorFlow. */
    SAME,
    /** ⌊(n - k) / s⌋ + 1. */
    VALID,
    /** ⌊(n + 2 p - k) / s⌋ + 1. */
    PIXELS
  }

  public static final Padding SAME = new Padding(Mode.SAME, Extent.square(0));
  public static final Padding VALID = new Padding(Mode.VALID, Extent.square(0));

  public Padding {
    if (pixels.height() < 0 || pixels.width() < 0) {
      throw ConvoyException.usage("padding must be at least 0; got %s", pixels);
    }
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
    return new Padding(Mode.PIXELS, Extent.parse(node));
  }

  @JsonValue
  Object toJson() {
    return switch (mode) {
      case SAME -> "same";
      case VALID -> "valid";
      case PIXELS -> pixels.toJson();
    };
  }

  /** This padding, checked to leave a part of the image in every window of a pooling. */
  public Padding atMostHalf(String layer, Extent kernel) {
    if (pixels.height() * 2L > kernel.height() || pixels.width() * 2L > kernel.width()) {
      throw ConvoyException.usage(
          "%s: padding must be at most half the kernel; got padding %s, kernel %s",
          layer, pixels, kernel);
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
    return mode == Mode.SAME
        ? total(size, window, stride) - total(size, window, stride) / 2
        : before(size, window, stride, vertical);
  }

  private static long total(int size, long window, int stride) {
    long outputs = ((long) size + stride - 1) / stride;
    return Math.max(0, (outputs - 1) * stride + window - size);
  }
}
