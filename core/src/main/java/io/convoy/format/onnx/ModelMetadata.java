package io.convoy.format.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.data.augment.ImageStatistics;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.recipe.Preprocessing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What a model says of its images and classes, as {@code metadata_props} of an ONNX file:
 *
 * <ul>
 *   <li>{@value #CLASSES}: the names of the classes in the order of the outputs, a JSON list
 *   <li>{@value #PREPROCESSING}: what is done to an image, as in a checkpoint's {@code
 *       preprocessing.json}
 *   <li>{@value #MEAN} and {@value #MATRIX}: what was measured of whole images, where there is
 *       such: {@link ImageStatistics}, little-endian floats in Base64
 * </ul>
 */
final class ModelMetadata {
  static final String CLASSES = "classes";
  static final String PREPROCESSING = "convoy.preprocessing";
  static final String MEAN = "convoy.mean_image";
  static final String MATRIX = "convoy.whitening";

  private ModelMetadata() {}

  static void write(Preprocessing preprocessing, ModelProto.Builder model) {
    if (!preprocessing.classes().isEmpty()) {
      put(CLASSES, Json.text(preprocessing.classes()), model);
    }
    put(PREPROCESSING, Json.text(preprocessing), model);
    Optional<ImageStatistics> measured = preprocessing.standardization().statistics();
    if (measured.isPresent()) {
      put(MEAN, base64(measured.get().mean()), model);
      if (measured.get().matrix() != null) {
        put(MATRIX, base64(measured.get().matrix()), model);
      }
    }
  }

  private static void put(String key, String value, ModelProto.Builder model) {
    model.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(value));
  }

  /**
   * What Convoy wrote of images; empty where the file is none of Convoy's.
   *
   * @throws ConvoyException of kind DATA when it is there and makes no sense
   */
  static Optional<Preprocessing> preprocessing(ModelProto model, String file) {
    String json = value(model, PREPROCESSING, file);
    if (json == null) {
      return Optional.empty();
    }
    Preprocessing read =
        Json.readFile(
            json.getBytes(StandardCharsets.UTF_8), Preprocessing.class, place(file, PREPROCESSING));
    if (read == null) {
      throw ConvoyException.data("%s holds no preprocessing", place(file, PREPROCESSING));
    }
    String mean = value(model, MEAN, file);
    String matrix = value(model, MATRIX, file);
    try {
      Preprocessing whole = mean == null ? read : withStatistics(read, mean, matrix, file);
      if (!whole.standardization().complete()) {
        throw ConvoyException.data("what was measured for its standardization is missing");
      }
      return Optional.of(whole);
    } catch (ConvoyException e) {
      throw new ConvoyException(
          ConvoyException.Kind.DATA, place(file, PREPROCESSING) + ": " + e.getMessage(), e);
    }
  }

  private static Preprocessing withStatistics(
      Preprocessing read, String mean, String matrix, String file) {
    if (read.standardization().parts() == ImageStatistics.Parts.NONE) {
      throw ConvoyException.data("its standardization measures no whole images");
    }
    return read.withStatistics(
        new ImageStatistics(
            read.input(),
            floats(mean, place(file, MEAN)),
            matrix == null ? null : floats(matrix, place(file, MATRIX))));
  }

  /**
   * The names of the classes; none where the file does not say them.
   *
   * @throws ConvoyException of kind DATA when what stands there is no list of names
   */
  static List<String> classes(ModelProto model, String file) {
    String json = value(model, CLASSES, file);
    if (json == null) {
      return List.of();
    }
    JsonNode tree =
        Json.readFile(json.getBytes(StandardCharsets.UTF_8), JsonNode.class, place(file, CLASSES));
    List<String> names = new ArrayList<>();
    if (tree != null && tree.isArray()) {
      tree.forEach(name -> names.add(name.isTextual() ? name.textValue() : null));
    }
    if (names.isEmpty() || names.contains(null)) {
      throw ConvoyException.data(
          "%s must be a JSON list of the classes' names", place(file, CLASSES));
    }
    return names;
  }

  private static String place(String file, String key) {
    return "%s: metadata '%s'".formatted(file, key);
  }

  private static String value(ModelProto model, String key, String file) {
    String value = null;
    for (StringStringEntryProto entry : model.getMetadataPropsList()) {
      if (entry.getKey().equals(key)) {
        if (value != null) {
          throw ConvoyException.data("%s stands there twice", place(file, key));
        }
        value = entry.getValue();
      }
    }
    return value;
  }

  private static String base64(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static float[] floats(String base64, String place) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new ConvoyException(
          ConvoyException.Kind.DATA, place + " must be floats in Base64; it is not", e);
    }
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
