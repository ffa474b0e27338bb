package io.convoy.format;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The head of a safetensors file: what stands where in its data section. The file is
 *
 * <pre>
 *   8 bytes     length n of the header, little-endian
 *   n bytes     JSON: {"__metadata__": {"key": "value"},
 *                      "conv1.weight": {"dtype": "F32", "shape": [8, 1, 3, 3],
 *                                       "data_offsets": [0, 288]}, ...}, then spaces
 *   the rest    the data section: the tensors one after the other, little-endian, without holes
 * </pre>
 *
 * <p>Offsets count from the start of the data section. The format is described at
 * github.com/huggingface/safetensors; Convoy writes F32 tensors only.
 *
 * @param tensors in the order of their data
 * @param metadata free strings about the file
 */
public record SafetensorsHeader(List<Tensor> tensors, Map<String, String> metadata) {
  /** Bytes of a header at the most, as in the format's reference implementation. */
  public static final int MAX_BYTES = 100_000_000;

  /** The key that holds the metadata and so cannot name a tensor. */
  static final String METADATA = "__metadata__";

  /** Bytes before the header. */
  static final int PREFIX = 8;

  /**
   * One tensor of the file.
   *
   * @param name its name
   * @param type of its elements
   * @param shape its extents; none for a scalar
   * @param begin its first byte in the data section
   * @param end after its last byte
   */
  public record Tensor(String name, ElementType type, List<Long> shape, long begin, long end) {
    public Tensor {
      shape = List.copyOf(shape);
    }

    /** The number of elements, at least 0. */
    public long elements() {
      return (end - begin) / type.bytes();
    }

    /** Whether it holds floats in the extents of {@code other}. */
    public boolean isOf(Shape other) {
      return type == ElementType.F32 && shape.equals(extents(other));
    }
  }

  public SafetensorsHeader {
    tensors = List.copyOf(tensors);
    metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
  }

  /** Lays tensors out one after the other, in the given order. */
  static SafetensorsHeader of(List<NamedShape> shapes, Map<String, String> metadata) {
    List<Tensor> tensors = new ArrayList<>();
    Set<String> names = new HashSet<>();
    long begin = 0;
    for (NamedShape tensor : shapes) {
      if (tensor.name().equals(METADATA) || !names.add(tensor.name())) {
        throw ConvoyException.usage(
            "the tensors of a file must have names that differ from each other and from %s; got %s",
            METADATA, tensor.name());
      }
      long end = begin + (long) tensor.shape().elements() * Float.BYTES;
      tensors.add(new Tensor(tensor.name(), ElementType.F32, extents(tensor.shape()), begin, end));
      begin = end;
    }
    return new SafetensorsHeader(tensors, metadata);
  }

  /** A tensor before it has a place. */
  record NamedShape(String name, Shape shape) {}

  /** Bytes of the data section. */
  public long dataLength() {
    return tensors.isEmpty() ? 0 : tensors.get(tensors.size() - 1).end();
  }

  /** The file's first bytes: length, JSON, and spaces up to a multiple of 8. */
  byte[] encode() {
    byte[] json = json();
    int padded = (json.length + 7) / 8 * 8;
    if (padded > MAX_BYTES) {
      throw ConvoyException.usage(
          "a safetensors header has at most %d bytes; %d tensors need %d",
          MAX_BYTES, tensors.size(), padded);
    }
    ByteBuffer bytes = ByteBuffer.allocate(PREFIX + padded).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(padded).put(json);
    while (bytes.hasRemaining()) {
      bytes.put((byte) ' ');
    }
    return bytes.array();
  }

  private byte[] json() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.tokens().createGenerator(bytes)) {
      json.enable(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature());
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writePOJOField(METADATA, metadata);
      }
      for (Tensor tensor : tensors) {
        json.writeObjectFieldStart(tensor.name());
        json.writeStringField("dtype", tensor.type().name());
        json.writePOJOField("shape", tensor.shape());
        json.writePOJOField("data_offsets", List.of(tensor.begin(), tensor.end()));
        json.writeEndObject();
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen: the header is written to memory", e);
    }
    return bytes.toByteArray();
  }

  private static List<Long> extents(Shape shape) {
    List<Long> extents = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      extents.add((long) shape.extent(axis));
    }
    return extents;
  }
}
