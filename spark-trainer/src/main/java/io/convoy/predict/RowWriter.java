package io.convoy.predict;

import java.io.Closeable;
import java.io.IOException;

/** Writes the rows of a file. Closing ends the file, not its stream. */
interface RowWriter extends Closeable {
  /** Adds a row. */
  void write(PredictedRow row) throws IOException;
}
