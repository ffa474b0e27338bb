package io.convoy.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.convoy.error.ConvoyException;
import io.convoy.format.SafetensorsHeader.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads a header that nobody vouches for. Every rule of the format is checked before a header is
 * given out: names unique, type F32, shapes that agree with their bytes, offsets that cover the
 * data section without hole or overlap.
 */
final class SafetensorsParser {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY).build();

  private final String file;
  private final long dataLength;
  private final List<Tensor> tensors = new ArrayList<>();
  private final Map<String, String> metadata = new TreeMap<>();
  private final Set<String> names = new HashSet<>();

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
    try (JsonParser tokens = MAPPER.getFactory().createParser(json)) {
      parser.readObject(tokens);
    } catch (JsonProcessingException e) {
      throw new ConvoyException(
          ConvoyException.Kind.DATA,
          "%s: the safetensors header is not JSON: %s".formatted(file, e.getOriginalMessage()),
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
      JsonNode value = MAPPER.readTree(tokens);
      if (!names.add(name)) {
        throw ConvoyException.data("%s: tensor %s stands twice in the header", file, name);
      }
      if (name.equals(SafetensorsHeader.METADATA)) {
        readMetadata(value);
      } else {
        tensors.add(tensor(name, value));
      }
    }
    if (tokens.nextToken() != null) {
      throw ConvoyException.data(
          "%s: only spaces may follow the JSON of a safetensors header; found more", file);
    }
  }

  private void readMetadata(JsonNode value) {
    boolean strings = value.isObject();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      strings &= entry.getValue().isTextual();
      metadata.put(entry.getKey(), entry.getValue().asText());
    }
    if (!strings) {
      throw ConvoyException.data("%s: __metadata__ must map strings to strings", file);
    }
  }

  private Tensor tensor(String name, JsonNode value) {
    String type = value.path("dtype").asText("missing");
    if (!type.equals("F32")) {
      throw ConvoyException.data(
          "%s: tensor %s has dtype %s; Convoy reads F32 only", file, name, type);
    }
    List<Long> shape = wholeNumbers(name, "shape", value);
    List<Long> offsets = wholeNumbers(name, "data_offsets", value);
    if (offsets.size() != 2 || offsets.get(0) > offsets.get(1) || offsets.get(1) > dataLength) {
      throw ConvoyException.data(
          "%s: tensor %s: data_offsets must be [begin, end] with 0 <= begin <= end <= %d (bytes of"
              + " data in the file); got %s",
          file, name, dataLength, offsets);
    }
    long bytes = offsets.get(1) - offsets.get(0);
    if (bytesOf(shape) != bytes) {
      throw ConvoyException.data(
          "%s: tensor %s: shape %s in F32 does not fill data_offsets %s, which hold %d bytes",
          file, name, shape, offsets, bytes);
    }
    return new Tensor(name, shape, offsets.get(0), offsets.get(1));
  }

  private List<Long> wholeNumbers(String name, String field, JsonNode tensor) {
    JsonNode array = tensor.path(field);
    boolean valid = array.isArray();
    List<Long> numbers = new ArrayList<>();
    for (JsonNode number : array) {
      valid &= number.isIntegralNumber() && number.canConvertToLong() && number.asLong() >= 0;
      numbers.add(number.asLong());
    }
    if (!valid) {
      throw ConvoyException.data(
          "%s: tensor %s: %s must be an array of whole numbers, at least 0; got %s",
          file, name, field, array.isMissingNode() ? "nothing" : abbreviated(array.toString()));
    }
    return numbers;
  }

  /** Bytes of a shape in F32, or -1 where they exceed a long. */
  private static long bytesOf(List<Long> shape) {
    if (shape.contains(0L)) {
      return 0;
    }
    long bytes = Float.BYTES;
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
            tensor.name(),
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
