package io.convoy.benchmarks.peers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.convoy.json.Json;
import io.convoy.layer.Layer;
import io.convoy.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A layer, and what it is in PyTorch.
 *
 * @param layer as a recipe has it
 * @param shapes of a sample of each input, in several cases
 * @param expression in TorchScript, of the inputs x, y and z, the layer's parameters by their
 *     names, and {@code passed}: ones, and zeros where the layer's output is 0
 */
record LayerCase(Layer layer, List<List<Shape>> shapes, String expression) {
  static final List<String> INPUTS = List.of("x", "y", "z");
  static final String OUTPUT = "output";
  static final String PASSED = "passed";

  private static final JsonMapper LENIENT =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .build();

  /** The cases in {@code layers.txt}. */
  static List<LayerCase> all() {
    try (InputStream text = LayerCase.class.getResourceAsStream("layers.txt")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(LayerCase::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of a line such as {@code 'concat' | 9x7x3 + 9x7x5, 13 + 6 | torch.cat([x, y], 1)}. */
  private static LayerCase parse(String line) {
    String[] parts = line.split("\\|");
    try {
      return new LayerCase(
          Json.value(LENIENT.readTree("{type: " + parts[0] + "}"), Layer.class, line),
          Arrays.stream(parts[1].split(",")).map(LayerCase::inputs).toList(),
          parts[2].strip());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(line, e);
    }
  }

  private static List<Shape> inputs(String text) {
    return Arrays.stream(text.split("\\+")).map(String::strip).map(LayerCase::shape).toList();
  }

  private static Shape shape(String text) {
    return Shape.of(Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray());
  }

  /** How the results name the gradient of an input or a parameter. */
  static String gradientOf(String name) {
    return "gradient of " + name;
  }

  /** Whether a batch norm is to use its moving averages in training. */
  boolean frozen() {
    return expression.contains("running_mean");
  }

  /** Whether the layer draws at random: what it passes on shows where its inputs are not 0. */
  boolean drawn() {
    return expression.contains(PASSED);
  }

  @Override
  public String toString() {
    return layer + ": " + expression;
  }
}
