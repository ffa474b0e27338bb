package io.convoy.data.reader;

import io.convoy.error.ConvoyException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * CSV as RFC 4180 has it: a header, quotes around what holds a delimiter, a quote or a line's end,
 * two quotes for one in quotes. The delimiter is the one of comma, semicolon and tab that the
 * header has most of. Empty lines and blanks around values are passed over.
 */
final class CsvRows implements TableRows {
  private static final char[] DELIMITERS = {',', ';', '\t'};

  private final String path;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final List<String> columns;

  /**
   * @param path what errors name
   * @throws ConvoyException of kind DATA when the table is empty or no CSV
   */
  CsvRows(String text, String path) {
    this.path = path;
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setDelimiter(delimiter(text))
            .setIgnoreEmptyLines(true)
            .setIgnoreSurroundingSpaces(true)
            .get();
    try {
      parser = CSVParser.parse(new StringReader(text), format);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen: the table is read from memory", e);
    }
    records = parser.iterator();
    if (!hasNext()) {
      throw ConvoyException.data("%s: the table is empty: write a header and rows", path);
    }
    columns = record().toList();
  }

  /** By the first line that is not blank. */
  private static char delimiter(String text) {
    String header = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    int[] counts = new int[DELIMITERS.length];
    boolean quoted = false;
    for (char character : header.toCharArray()) {
      quoted ^= character == '"';
      for (int i = 0; i < DELIMITERS.length; i++) {
        counts[i] += !quoted && character == DELIMITERS[i] ? 1 : 0;
      }
    }
    int most = 0;
    for (int i = 1; i < DELIMITERS.length; i++) {
      most = counts[i] > counts[most] ? i : most;
    }
    return DELIMITERS[most];
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public boolean hasNext() {
    try {
      return records.hasNext();
    } catch (UncheckedIOException e) {
      throw unreadable(e);
    }
  }

  @Override
  public Row next() {
    CSVRecord record = record();
    List<String> values = record.toList();
    String problem =
        values.size() == columns.size()
            ? null
            : "it has %s values, the header %s: put quotes around a value that holds the delimiter"
                .formatted(values.size(), columns.size());
    return new Row(firstLine(record), values, problem);
  }

  private CSVRecord record() {
    try {
      return records.next();
    } catch (UncheckedIOException e) {
      throw unreadable(e);
    } catch (NoSuchElementException e) {
      throw new NoSuchElementException("no more rows");
    }
  }

  /** The parser tells the last line of a record; a value may have several. */
  private long firstLine(CSVRecord record) {
    long ends =
        Arrays.stream(record.values()).flatMapToInt(String::chars).filter(c -> c == '\n').count();
    return parser.getCurrentLineNumber() - ends;
  }

  private ConvoyException unreadable(UncheckedIOException error) {
    return new ConvoyException(
        ConvoyException.Kind.DATA,
        "%s: it is no CSV (%s): mend the quotes, or save it again"
            .formatted(path, error.getCause().getMessage()),
        error);
  }
}
