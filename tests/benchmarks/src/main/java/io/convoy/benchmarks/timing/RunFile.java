package io.convoy.benchmarks.timing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A run as a file of JSON. */
public final class RunFile {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
          .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
          .build();

  private RunFile() {}

  /**
   * Writes a run anew.
   *
   * @param file null for nowhere
   */
  public static void write(Path file, Object run) {
    if (file == null) {
      return;
    }
    try {
      if (file.toAbsolutePath().getParent() != null) {
        Files.createDirectories(file.toAbsolutePath().getParent());
      }
      JSON.writeValue(file.toFile(), run);
    } catch (IOException e) {
      throw new ConvoyException(
          ConvoyException.Kind.RESOURCE, "cannot write " + file + ": " + e, e);
    }
  }

  /**
   * Reads a run.
   *
   * @throws ConvoyException when the file is none of JSON
   */
  public static JsonNode read(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new ConvoyException(
          ConvoyException.Kind.DATA, "cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * A run as what it was written from.
   *
   * @throws ConvoyException when it is something else
   */
  public static <T> T convert(JsonNode run, Class<T> type) {
    try {
      return JSON.treeToValue(run, type);
    } catch (JsonProcessingException e) {
      throw new ConvoyException(
          ConvoyException.Kind.DATA,
          "no " + type.getSimpleName() + ": " + e.getOriginalMessage(),
          e);
    }
  }
}
