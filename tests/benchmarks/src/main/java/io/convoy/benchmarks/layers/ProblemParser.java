package io.convoy.benchmarks.layers;

import io.convoy.error.ConvoyException;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads problems, one a line, in the manner of oneDNN's benchdnn:
 *
 * <pre>
 *   conv g1 mb8 ic64 ih56 iw56 oc64 oh56 ow56 kh3 kw3 sh1 sw1 ph1 pw1 dh0 dw0 x3 n"resnet50 layer1.0.conv2"
 *   dense mb8 in4096 out4096 n"vgg16 fc7"
 *   # a comment
 * </pre>
 *
 * <p>What is left out: g, sh, sw, mb and x are 1; ph and dh are 0; iw, kw, sw, pw, dw and ow are as
 * along the height; oh and ow follow from the rest, and are checked where they are given. dh and dw
 * count the pixels between taps, 0 for none. x is how often the network has the shape.
 */
final class ProblemParser {
  private static final Pattern TOKEN = Pattern.compile("([a-z]+)(\\d{1,9})");
  private static final Pattern NAME = Pattern.compile("\\s+n\"([^\"]*)\"\\s*$");
  private static final Set<String> CONVOLUTION =
      Set.of(
          "g", "mb", "x", "ic", "oc", "ih", "iw", "oh", "ow", "kh", "kw", "sh", "sw", "ph", "pw",
          "dh", "dw");
  private static final Set<String> DENSE = Set.of("mb", "x", "in", "out");

  private ProblemParser() {}

  /**
   * All problems of a text.
   *
   * @param file what messages call the text
   */
  static List<Problem> parseAll(BufferedReader text, String file) throws IOException {
    List<Problem> problems = new ArrayList<>();
    String line = text.readLine();
    for (int number = 1; line != null; number++, line = text.readLine()) {
      parse(line, file + " line " + number).ifPresent(problems::add);
    }
    return problems;
  }

  /**
   * One line; nothing for an empty line or a comment.
   *
   * @param place where the line stands, for messages
   * @throws ConvoyException that names the place and the rule
   */
  static Optional<Problem> parse(String line, String place) {
    String text = line.strip();
    if (text.isEmpty() || text.startsWith("#")) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse(text));
    } catch (ConvoyException e) {
      throw new ConvoyException(e.kind(), place + ": " + e.getMessage() + "; line: " + text, e);
    }
  }

  private static Problem parse(String text) {
    Matcher name = NAME.matcher(text);
    boolean named = name.find();
    String[] words = (named ? text.substring(0, name.start()) : text).split("\\s+");
    Map<String, Integer> values;
    LayerShape shape;
    switch (words[0]) {
      case "conv" -> {
        values = values(words, CONVOLUTION);
        shape = convolution(values);
      }
      case "dense" -> {
        values = values(words, DENSE);
        shape = new DenseShape(required(values, "in"), required(values, "out"));
      }
      default ->
          throw ConvoyException.usage("a problem starts with conv or dense; got \"%s\"", words[0]);
    }
    int batch = atLeastOne(values, "mb");
    int count = atLeastOne(values, "x");
    return new Problem(named ? name.group(1) : words[0], batch, count, shape);
  }

  private static Map<String, Integer> values(String[] words, Set<String> known) {
    Map<String, Integer> values = new LinkedHashMap<>();
    for (int i = 1; i < words.length; i++) {
      Matcher token = TOKEN.matcher(words[i]);
      if (!token.matches() || !known.contains(token.group(1))) {
        throw ConvoyException.usage(
            "after %s come values such as mb8, of %s; got \"%s\"",
            words[0], known.stream().sorted().toList(), words[i]);
      }
      if (values.put(token.group(1), Integer.valueOf(token.group(2))) != null) {
        throw ConvoyException.usage("%s must be given once", token.group(1));
      }
    }
    return values;
  }

  private static ConvolutionShape convolution(Map<String, Integer> values) {
    ConvolutionShape.Axis height =
        new ConvolutionShape.Axis(
            required(values, "ih"),
            required(values, "kh"),
            values.getOrDefault("sh", 1),
            values.getOrDefault("ph", 0),
            values.getOrDefault("dh", 0));
    ConvolutionShape.Axis width =
        new ConvolutionShape.Axis(
            values.getOrDefault("iw", height.input()),
            values.getOrDefault("kw", height.kernel()),
            values.getOrDefault("sw", height.stride()),
            values.getOrDefault("pw", height.padding()),
            values.getOrDefault("dw", height.dilation()));
    requireOutput("oh", values.getOrDefault("oh", height.output()), height);
    requireOutput("ow", values.getOrDefault("ow", width.output()), width);
    return new ConvolutionShape(
        values.getOrDefault("g", 1), required(values, "ic"), required(values, "oc"), height, width);
  }

  private static void requireOutput(String key, int given, ConvolutionShape.Axis axis) {
    if (given != axis.output()) {
      throw ConvoyException.usage(
          "%s must be what follows from the rest, %d; got %d", key, axis.output(), given);
    }
  }

  private static int required(Map<String, Integer> values, String key) {
    Integer value = values.get(key);
    if (value == null) {
      throw ConvoyException.usage("%s is missing", key);
    }
    return value;
  }

  private static int atLeastOne(Map<String, Integer> values, String key) {
    int value = values.getOrDefault(key, 1);
    if (value < 1) {
      throw ConvoyException.usage("%s must be at least 1; got %d", key, value);
    }
    return value;
  }
}
