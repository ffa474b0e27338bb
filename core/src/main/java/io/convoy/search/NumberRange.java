package io.convoy.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import io.convoy.error.ConvoyException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;

/**
 * Numbers from {@code low} to {@code high}. On a logarithmic scale as many are drawn from 0.001 to
 * 0.01 as from 0.01 to 0.1: so learning rates and weight decay are searched (Bengio 2012, section
 * 3.3.1). Real numbers are rounded to three digits that count.
 *
 * @param key as a dotted path
 * @param low end, below {@code high}; above 0 where the scale is logarithmic
 * @param high end
 * @param log whether the scale is logarithmic
 * @param whole whether only whole numbers are drawn, both ends included
 */
public record NumberRange(String key, double low, double high, boolean log, boolean whole)
    implements SearchRange {
  private static final String NUMBER = "([+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)";
  private static final Pattern FORM =
      Pattern.compile("(?:(log|linear):)?" + NUMBER + "\\.\\." + NUMBER);
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+");
  private static final MathContext DIGITS = new MathContext(3, RoundingMode.HALF_EVEN);

  /** How far beyond an end a second search would go, of the range's width; the farthest first. */
  private static final double[] BEYOND = {0.5, 0.25, 0.1};

  /** A range that spans so many times its lower end has a logarithmic scale. */
  private static final double DECADE = 10;

  public NumberRange {
    if (!Double.isFinite(low) || !Double.isFinite(high) || !(low < high)) {
      throw ConvoyException.usage(
          "a range goes from a number to a larger one; got %s to %s", low, high);
    }
    if (log && low <= 0) {
      throw ConvoyException.usage(
          "a logarithmic scale has ends above 0; got %s to %s: raise the lower end, or take linear:",
          low, high);
    }
    if (whole && Math.max(Math.abs(low), Math.abs(high)) > Integer.MAX_VALUE / 2) {
      throw ConvoyException.usage(
          "whole numbers must lie within a billion; got %s to %s", low, high);
    }
  }

  /** Whether a text is meant to be such a range. */
  public static boolean isMeant(String text) {
    return text.contains("..");
  }

  /**
   * Reads {@code LOW..HIGH}, {@code log:LOW..HIGH} or {@code linear:LOW..HIGH}. Without a word for
   * it the scale is logarithmic where HIGH is ten times LOW or more. Ends that are written as whole
   * numbers stand for these alone: {@code 0.0..1.0} has all between.
   *
   * @throws ConvoyException of kind USAGE when it is none; the message does not name the key
   */
  public static NumberRange parse(String key, String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw ConvoyException.usage(
          "a range is LOW..HIGH, such as 1e-3..1e-1, with log: or linear: before it where its scale"
              + " is not to follow from its ends; got '%s'",
          text);
    }
    double low = Double.parseDouble(form.group(2));
    double high = Double.parseDouble(form.group(3));
    boolean spans = low > 0 && high / low >= DECADE * (1 - 1e-9);
    boolean log = form.group(1) == null ? spans : form.group(1).equals("log");
    boolean whole =
        WHOLE.matcher(form.group(2)).matches() && WHOLE.matcher(form.group(3)).matches();
    return new NumberRange(key, low, high, log, whole);
  }

  @Override
  public String text() {
    return "%s:%s..%s".formatted(log ? "log" : "linear", number(low), number(high));
  }

  @Override
  public JsonNode draw(double uniform) {
    double top = whole ? high + 1 : high;
    double value =
        log
            ? StrictMath.exp(
                StrictMath.log(low) + uniform * (StrictMath.log(top) - StrictMath.log(low)))
            : low + uniform * (top - low);
    double drawn = whole ? StrictMath.floor(value) : rounded(value);
    return number(Math.max(low, Math.min(high, drawn)));
  }

  private static double rounded(double value) {
    return new BigDecimal(value).round(DIGITS).doubleValue();
  }

  private JsonNode number(double value) {
    return whole ? IntNode.valueOf((int) value) : DoubleNode.valueOf(value);
  }

  @Override
  public List<JsonNode> ends() {
    return List.of(number(low), number(high));
  }

  @Override
  public OptionalDouble position(JsonNode value) {
    if (!value.isNumber() || (log && value.doubleValue() <= 0)) {
      return value.isNumber()
          ? OptionalDouble.of(Double.NEGATIVE_INFINITY)
          : OptionalDouble.empty();
    }
    return OptionalDouble.of((scaled(value.doubleValue()) - scaled(low)) / width());
  }

  private double scaled(double value) {
    return log ? StrictMath.log(value) : value;
  }

  private double width() {
    return scaled(high) - scaled(low);
  }

  /** As wide a range with the end in its middle; less far where the recipe takes less. */
  @Override
  public Optional<String> beyond(boolean upper, Predicate<JsonNode> takes) {
    JsonNode middle = at(0.5);
    return DoubleStream.of(BEYOND)
        .mapToObj(share -> at(upper ? 1 + share : -share))
        .filter(end -> upper ? end.doubleValue() > high : end.doubleValue() < low)
        .filter(takes)
        .findFirst()
        .map(
            end ->
                "--range %s=%s:%s..%s"
                    .formatted(
                        key, log ? "log" : "linear", upper ? middle : end, upper ? end : middle));
  }

  /** The number at a place of the scale, which may lie outside the range; two digits count. */
  private JsonNode at(double position) {
    double scaled = scaled(low) + position * width();
    double value = log ? StrictMath.exp(scaled) : scaled;
    MathContext two = new MathContext(2, RoundingMode.HALF_EVEN);
    return number(whole ? StrictMath.rint(value) : new BigDecimal(value).round(two).doubleValue());
  }
}
