package io.convoy.predict;

import java.io.IOException;
import java.io.OutputStream;

/** The formats of rows, as Spark reads them. */
public enum RowFormat {
  /** Parquet. */
  PARQUET("parquet"),
  /** A JSON object a line, in UTF-8. */
  JSONL("jsonl"),
  /** CSV as RFC 4180 has it, with a header; lists are JSON in their columns. */
  CSV("csv");

  private final String ending;

  RowFormat(String ending) {
    this.ending = ending;
  }

  /** What the names of files end with, behind a dot. */
  public String ending() {
    return ending;
  }

  /** Starts a file. The stream stays its owner's to close. */
  RowWriter open(OutputStream out, PredictOptions options) throws IOException {
    return switch (this) {
      case PARQUET -> new ParquetRows(out, options);
      case JSONL -> new JsonRows(out, options);
      case CSV -> new CsvRows(out, options);
    };
  }
}
