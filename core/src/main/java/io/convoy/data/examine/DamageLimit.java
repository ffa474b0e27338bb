package io.convoy.data.examine;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.convoy.error.ConvoyException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many images of a set may be damaged: a share of them, or a number. In JSON a share is text,
 * {@code "1%"}.
 *
 * @param number of images, or hundredths of them; at least 0
 * @param percent whether it is a share, of at most 100
 */
public record DamageLimit(BigDecimal number, boolean percent) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A hundredth of the images: what recipes that say nothing have. */
  public static final DamageLimit USUAL = new DamageLimit(BigDecimal.ONE, true);

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
  private static final Pattern SHARE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,9})?) ?%");

  /**
   * Reads a limit as a recipe gives it: {@code "1%"}, {@code "0.05%"} or {@code 20}.
   *
   * @throws ConvoyException of kind USAGE when it is none
   */
  @JsonCreator
  public static DamageLimit of(JsonNode json) {
    if (json.isInt() && json.intValue() >= 0) {
      return new DamageLimit(json.decimalValue(), false);
    }
    Matcher share = SHARE.matcher(json.asText());
    if (json.isTextual() && share.matches()) {
      BigDecimal percent = new BigDecimal(share.group(1));
      if (percent.compareTo(HUNDRED) <= 0) {
        return new DamageLimit(percent, true);
      }
    }
    throw ConvoyException.usage(
        "expected a share of the images from 0%% to 100%%, such as 1%%, or a number of images, such"
            + " as 20; got %s",
        json);
  }

  /**
   * Reads a limit as a command line gives it: {@code 1%} or {@code 20}.
   *
   * @throws ConvoyException of kind USAGE when it is none
   */
  public static DamageLimit of(String text) {
    boolean number = NUMBER.matcher(text).matches();
    return of(number ? IntNode.valueOf(Integer.parseInt(text)) : TextNode.valueOf(text));
  }

  /** Whether so many damaged ones are few enough. */
  public boolean allows(long damaged, long images) {
    BigDecimal found = BigDecimal.valueOf(damaged);
    return percent
        ? found.multiply(HUNDRED).compareTo(number.multiply(BigDecimal.valueOf(images))) <= 0
        : found.compareTo(number) <= 0;
  }

  @JsonValue
  Object toJson() {
    return percent ? toString() : number;
  }

  @Override
  public String toString() {
    return number.toPlainString() + (percent ? "%" : "");
  }
}
