package io.convoy.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.convoy.error.ConvoyException;
import io.convoy.format.SafetensorsHeader.Tensor;
import io.convoy.json.Json;
import io.convoy.json.JsonErrors;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads a header that nobody vouches for. Every rule of the format is checked before a header is
 * given out: names unique, types known, shapes that agree with their bytes, offsets that cover the
 * data section without hole or overlap.
 */
final class SafetensorsParser {
  /** Extents of a tensor at the most: what other tools write has no more than a few. */
  private static final int MAX_RANK = 64;

  private static final String SHAPE = "shape";
  private static final String OFFSETS = "data_offsets";

  private final String file;
  private final long dataLength;
  private final List<Tensor> tensors = new ArrayList<>();
  private final Map<String, String> metadata = new TreeMap<>();

  private SafetensorsParser(String file, long dataLength) {
    this.file = file;
    this.dataLength = dataLength;
  }

  /**
   * Parses the header's JSON.
   *
   * @param dataLength bytes after the header
   * @param file the file's name, for messages
   */
  static SafetensorsHeader parse(byte[] json, long dataLength, String file) {
    if (json.length == 0 || json[0] != '{') {
      throw ConvoyException.data("%s: a safetensors header starts with '{'; it does not", file);
    }
    SafetensorsParser parser = new SafetensorsParser(file, dataLength);
    try (JsonParser tokens = Json.tokens().createParser(json)) {
      parser.readObject(tokens);
    } catch (JsonProcessingException e) {
      throw new ConvoyException(
          ConvoyException.Kind.DATA,
          JsonErrors.explain(e, file + ": the safetensors header").getMessage(),
          e);
    } catch (CharConversionException e) { // its first bytes look like UTF-32
      throw new ConvoyException(
          ConvoyException.Kind.DATA,
          file + ": the safetensors header: this is not JSON: its text is not in UTF-8",
          e);
    } catch (IOException e) {
      throw new IllegalStateException("cannot happen: the header is read from memory", e);
    }
    return parser.finish();
  }

  private void readObject(JsonParser tokens) throws IOException {
    tokens.nextToken();
    while (tokens.nextToken() == JsonToken.FIELD_NAME) {
      String name = tokens.currentName();
      tokens.nextToken();
      if (name.equals(SafetensorsHeader.METADATA)) {
        readMetadata(tokens);
      } else {
        tensors.add(tensor(name, tokens));
      }
    }
    if (tokens.nextToken() != null) {
      throw ConvoyException.data(
          "%s: only spaces may follow the JSON of a safetensors header; found more", file);
    }
  }

  private void readMetadata(JsonParser tokens) throws IOException {
    boolean strings = tokens.isExpectedStartObjectToken();
    while (strings && tokens.nextToken() == JsonToken.FIELD_NAME) {
      String key = tokens.currentName();
      strings = tokens.nextToken() == JsonToken.VALUE_STRING;
      metadata.put(key, tokens.getText());
    }
    if (!strings) {
      throw ConvoyException.data("%s: __metadata__ must map strings to strings", file);
    }
  }

  private Tensor tensor(String name, JsonParser tokens) throws IOException {
    String place = "%s: tensor %s".formatted(file, abbreviated(name));
    String type = "missing";
    Optional<List<Long>> shape = Optional.empty();
    Optional<List<Long>> offsets = Optional.empty();
    if (!tokens.isExpectedStartObjectToken()) {
      throw ConvoyException.data("%s must be an object of dtype, shape and data_offsets", place);
    }
    while (tokens.nextToken() == JsonToken.FIELD_NAME) {
      String field = tokens.currentName();
      tokens.nextToken();
      switch (field) {
        case "dtype" -> type = tokens.getText();
        case SHAPE -> shape = Optional.of(wholeNumbers(place, field, MAX_RANK, tokens));
        case OFFSETS -> offsets = Optional.of(wholeNumbers(place, field, 2, tokens));
        default -> {}
      }
      tokens.skipChildren();
    }
    return tensor(
        name,
        elementType(type, place),
        place,
        shape.orElseThrow(() -> noNumbers(place, SHAPE, "nothing")),
        offsets.orElseThrow(() -> noNumbers(place, OFFSETS, "nothing")));
  }

  private static ElementType elementType(String type, String place) {
    return Arrays.stream(ElementType.values())
        .filter(known -> known.name().equals(type))
        .findFirst()
        .orElseThrow(
            () ->
                ConvoyException.data(
                    "%s has dtype %s; Convoy knows %s",
                    place, abbreviated(type), Arrays.toString(ElementType.values())));
  }

  private Tensor tensor(
      String name, ElementType type, String place, List<Long> shape, List<Long> offsets) {
    if (offsets.size() != 2 || offsets.get(0) > offsets.get(1) || offsets.get(1) > dataLength) {
      throw ConvoyException.data(
          "%s: data_offsets must be [begin, end] with 0 <= begin <= end <= %d (bytes of data in"
              + " the file); got %s",
          place, dataLength, offsets);
    }
    long bytes = offsets.get(1) - offsets.get(0);
    if (bytesOf(shape, type) != bytes) {
      throw ConvoyException.data(
          "%s: shape %s in %s does not fill data_offsets %s, which hold %d bytes",
          place, abbreviated(shape.toString()), type, offsets, bytes);
    }
    return new Tensor(name, type, shape, offsets.get(0), offsets.get(1));
  }

  /** No more than {@code most} numbers are kept, so that a header takes no more than its bytes. */
  private static List<Long> wholeNumbers(String place, String field, int most, JsonParser tokens)
      throws IOException {
    if (!tokens.isExpectedStartArrayToken()) {
      throw noNumbers(place, field, abbreviated(tokens.getText()));
    }
    List<Long> numbers = new ArrayList<>();
    while (tokens.nextToken() != JsonToken.END_ARRAY) {
      boolean valid =
          tokens.currentToken() == JsonToken.VALUE_NUMBER_INT
              && tokens.getNumberType() != JsonParser.NumberType.BIG_INTEGER
              && tokens.getLongValue() >= 0;
      if (!valid) {
        throw noNumbers(place, field, abbreviated(tokens.getText()));
      }
      if (numbers.size() == most) {
        throw ConvoyException.data(
            "%s: %s must have at most %d elements; it has more", place, field, most);
      }
      numbers.add(tokens.getLongValue());
    }
    return numbers;
  }

  private static ConvoyException noNumbers(String place, String field, String got) {
    return ConvoyException.data(
        "%s: %s must be an array of whole numbers, at least 0; got %s", place, field, got);
  }

  /** Bytes of a shape, or -1 where they exceed a long. */
  private static long bytesOf(List<Long> shape, ElementType type) {
    if (shape.contains(0L)) {
      return 0;
    }
    long bytes = type.bytes();
    for (long extent : shape) {
      if (bytes > Long.MAX_VALUE / extent) {
        return -1;
      }
      bytes *= extent;
    }
    return bytes;
  }

  /** Checks that the tensors, by their offsets, cover the data section. */
  private SafetensorsHeader finish() {
    tensors.sort(Comparator.comparingLong(Tensor::begin).thenComparingLong(Tensor::end));
    long covered = 0;
    for (Tensor tensor : tensors) {
      if (tensor.begin() != covered) {
        throw ConvoyException.data(
            "%s: tensor %s begins at byte %d of the data, but the tensors before it end at %d: the"
                + " data section allows no %s",
            file,
            abbreviated(tensor.name()),
            tensor.begin(),
            covered,
            tensor.begin() > covered ? "hole" : "overlap");
      }
      covered = tensor.end();
    }
    if (covered != dataLength) {
      throw ConvoyException.data(
          "%s: the header's tensors end at byte %d of the data, the file holds %d",
          file, covered, dataLength);
    }
    return new SafetensorsHeader(tensors, metadata);
  }

  private static String abbreviated(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "...";
  }
}
