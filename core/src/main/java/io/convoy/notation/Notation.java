package io.convoy.notation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.error.ConvoyException;
import io.convoy.json.JsonErrors;
import io.convoy.network.Network;
import io.convoy.network.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network that is a chain of layers, in the notation of courses and papers:
 *
 * <pre>
 *   INPUT(32,32,3) => [CONV(64,3x3) => RELU => BN] * 2 => POOL(2) => FC(256) => RELU => FC(10)
 *   INPUT(32,32,3) => [[CONV(W) => RELU] * N => POOL?] * M => [FC(256) => RELU] * K => FC(10)
 * </pre>
 *
 * <p>Names stand for values that are given beside it: how often something is repeated, an argument,
 * and, with their question mark, whether something optional is there. A layer without brackets
 * takes its first argument from a value of its own name. A list gives its values one after the
 * other, as the layers come. {@code CONV} pads {@code same}, has a bias and a kernel of 3x3 unless
 * told; {@code FC} behind an image makes a vector of it. Names of layers may be in any case.
 *
 * @param notation its text
 * @param values by name; each a number, true or false, a size such as {@code "3x3"}, or a list of
 *     those
 */
public record Notation(String notation, Map<String, JsonNode> values) {
  private static final Pattern START =
      Pattern.compile("\\s*INPUT\\s*\\(.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  public Notation {
    values = Map.copyOf(values);
    requireKnown(notation, values);
  }

  /** Without values. */
  public static Notation of(String notation) {
    return new Notation(notation, Map.of());
  }

  @JsonCreator
  static Notation parse(
      @JsonProperty(value = "notation", required = true) String notation,
      @JsonProperty("values") Map<String, JsonNode> values) {
    return new Notation(notation, values == null ? Map.of() : values);
  }

  /** Whether a text is meant as a network in this notation: it has an arrow, or an input. */
  public static boolean isNotation(String text) {
    return text.contains("=>")
        || text.contains("->")
        || text.contains("\u2192")
        || START.matcher(text).matches();
  }

  /**
   * The network, its layers named by type and number.
   *
   * @throws ConvoyException of kind USAGE when the text does not keep to the grammar, or a layer
   *     does not fit: the message names the line and column, and has two lines more, the text and a
   *     caret below the place
   */
  public Network network() {
    NotationText text = new NotationText(notation);
    return new ChainReader(text, new NotationValues(values)).read(NotationParser.parse(text));
  }

  /**
   * A network in this notation; empty unless it is a chain, whose layers each read the one before
   * and whose last is the output. Its layers' names have no part in it.
   */
  public static Optional<String> write(Network network) {
    return branch(network).isPresent() ? Optional.empty() : Optional.of(ChainWriter.write(network));
  }

  /** The first layer that makes a network no chain, if any does. */
  public static Optional<Node> branch(Network network) {
    String before = Network.INPUT;
    for (Node node : network.nodes()) {
      if (!node.inputs().equals(List.of(before))) {
        return Optional.of(node);
      }
      before = node.name();
    }
    String last = before;
    return network.trainingOutputs().stream().filter(n -> !n.name().equals(last)).findFirst();
  }

  private static void requireKnown(String notation, Map<String, JsonNode> values) {
    Set<String> words = new TreeSet<>();
    for (Matcher word = WORD.matcher(notation); word.find(); ) {
      words.add(word.group());
    }
    for (String name : new TreeMap<>(values).keySet()) {
      if (!words.contains(name.endsWith("?") ? name.substring(0, name.length() - 1) : name)) {
        throw JsonErrors.unknownKey("values", name, words);
      }
    }
  }
}
