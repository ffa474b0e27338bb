package io.convoy.predict;

import com.fasterxml.jackson.core.JsonGenerator;
import io.convoy.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Rows as CSV, as RFC 4180 has it: quotes around what holds a comma, a quote or a line's end, two
 * quotes for one in quotes. Lists are JSON. What is not there is empty.
 */
final class CsvRows implements RowWriter {
  private final CSVPrinter csv;
  private final PredictOptions options;

  CsvRows(OutputStream out, PredictOptions options) throws IOException {
    this.options = options;
    List<String> header =
        new ArrayList<>(
            List.of(
                PredictedRow.PATH, PredictedRow.LABEL, PredictedRow.PROBABILITY, PredictedRow.TOP));
    if (options.logits()) {
      header.add(PredictedRow.LOGITS);
    }
    if (options.probabilities()) {
      header.add(PredictedRow.PROBABILITIES);
    }
    if (options.embedding() != null) {
      header.add(PredictedRow.EMBEDDING);
    }
    if (options.labels()) {
      header.add(PredictedRow.LABELS);
    }
    header.add(PredictedRow.ERROR);
    csv =
        new CSVPrinter(
            new OutputStreamWriter(out, StandardCharsets.UTF_8),
            CSVFormat.RFC4180.builder().setRecordSeparator('\n').get());
    csv.printRecord(header);
  }

  @Override
  public void write(PredictedRow row) throws IOException {
    csv.print(row.path());
    csv.print(row.label());
    csv.print(row.probability());
    csv.print(json(row.top() == null, out -> JsonRows.top(out, row.top())));
    if (options.logits()) {
      csv.print(json(row.logits() == null, out -> JsonRows.floats(out, row.logits())));
    }
    if (options.probabilities()) {
      csv.print(
          json(row.probabilities() == null, out -> JsonRows.doubles(out, row.probabilities())));
    }
    if (options.embedding() != null) {
      csv.print(json(row.embedding() == null, out -> JsonRows.floats(out, row.embedding())));
    }
    if (options.labels()) {
      csv.print(json(row.labels() == null, out -> JsonRows.texts(out, row.labels())));
    }
    csv.print(row.error());
    csv.println();
  }

  /** A list as JSON. */
  @FunctionalInterface
  private interface Listing {
    void write(JsonGenerator json) throws IOException;
  }

  private static String json(boolean none, Listing list) throws IOException {
    if (none) {
      return null;
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator json = Json.tokens().createGenerator(text)) {
      list.write(json);
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    csv.flush();
  }
}
