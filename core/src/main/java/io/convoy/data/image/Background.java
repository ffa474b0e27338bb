package io.convoy.data.image;

import io.convoy.error.ConvoyException;
import java.io.Serializable;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The colour that is seen where an image is transparent. Recipes call it {@code white}, {@code
 * black} or {@code #RRGGBB} in hexadecimal.
 *
 * @param rgb {@code 0xRRGGBB}
 */
public record Background(int rgb) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What recipes that say nothing have. */
  public static final Background WHITE = new Background(0xFFFFFF);

  public static final Background BLACK = new Background(0);

  private static final Pattern HEXADECIMAL = Pattern.compile("#[0-9a-fA-F]{6}");

  public Background {
    if (rgb < 0 || rgb > 0xFFFFFF) {
      throw new IllegalArgumentException("0xRRGGBB; got " + rgb);
    }
  }

  /**
   * Reads a colour as a recipe gives it.
   *
   * @throws ConvoyException of kind USAGE when it is none
   */
  public static Background of(String text) {
    if (text.equals("white")) {
      return WHITE;
    }
    if (text.equals("black")) {
      return BLACK;
    }
    if (HEXADECIMAL.matcher(text).matches()) {
      return new Background(HexFormat.fromHexDigits(text, 1, 7));
    }
    throw ConvoyException.usage(
        "data.background must be white, black or \"#RRGGBB\" in hexadecimal; got '%s'", text);
  }

  /** What recipes call it. */
  @Override
  public String toString() {
    return switch (rgb) {
      case 0xFFFFFF -> "white";
      case 0 -> "black";
      default -> "#" + HexFormat.of().withUpperCase().toHexDigits(rgb, 6);
    };
  }
}
