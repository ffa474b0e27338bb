package io.convoy.predict;

import com.fasterxml.jackson.core.JsonGenerator;
import io.convoy.inference.ClassProbability;
import io.convoy.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Rows as JSON objects, one a line. All have the same keys; what is not there is null. */
final class JsonRows implements RowWriter {
  private final JsonGenerator json;
  private final PredictOptions options;

  JsonRows(OutputStream out, PredictOptions options) throws IOException {
    this.options = options;
    json = Json.tokens().createGenerator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.setRootValueSeparator(null);
  }

  @Override
  public void write(PredictedRow row) throws IOException {
    json.writeStartObject();
    json.writeStringField(PredictedRow.PATH, row.path());
    json.writeStringField(PredictedRow.LABEL, row.label());
    json.writeFieldName(PredictedRow.PROBABILITY);
    if (row.probability() == null) {
      json.writeNull();
    } else {
      json.writeNumber(row.probability());
    }
    json.writeFieldName(PredictedRow.TOP);
    top(json, row.top());
    if (options.logits()) {
      json.writeFieldName(PredictedRow.LOGITS);
      floats(json, row.logits());
    }
    if (options.probabilities()) {
      json.writeFieldName(PredictedRow.PROBABILITIES);
      doubles(json, row.probabilities());
    }
    if (options.embedding() != null) {
      json.writeFieldName(PredictedRow.EMBEDDING);
      floats(json, row.embedding());
    }
    if (options.labels()) {
      json.writeFieldName(PredictedRow.LABELS);
      texts(json, row.labels());
    }
    json.writeStringField(PredictedRow.ERROR, row.error());
    json.writeEndObject();
    json.writeRaw('\n');
  }

  static void top(JsonGenerator json, List<ClassProbability> top) throws IOException {
    if (top == null) {
      json.writeNull();
      return;
    }
    json.writeStartArray();
    for (ClassProbability each : top) {
      json.writeStartObject();
      json.writeStringField(PredictedRow.LABEL, each.label());
      json.writeNumberField(PredictedRow.PROBABILITY, each.probability());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static void floats(JsonGenerator json, float[] values) throws IOException {
    if (values == null) {
      json.writeNull();
      return;
    }
    json.writeStartArray();
    for (float value : values) {
      json.writeNumber(value);
    }
    json.writeEndArray();
  }

  static void texts(JsonGenerator json, List<String> values) throws IOException {
    if (values == null) {
      json.writeNull();
    } else {
      json.writeArray(values.toArray(String[]::new), 0, values.size());
    }
  }

  static void doubles(JsonGenerator json, double[] values) throws IOException {
    if (values == null) {
      json.writeNull();
    } else {
      json.writeArray(values, 0, values.length);
    }
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
