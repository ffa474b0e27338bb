package io.convoy.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.storage.StoreFolder;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Reads the metrics of a run, of one that still grows as well: each {@link #read} goes on where the
 * last one has ended. It reads {@code metrics.jsonl} and its tail ({@link MetricsLog}) as one log,
 * line by line, in bounded memory.
 *
 * <pre>{@code
 * MetricsReader reader = RunFolder.open(run, configuration).metricsReader();
 * reader.read(line -> draw(line.path("step").asLong(), line.path("loss")));
 * }</pre>
 *
 * <p>A last line without an end is still being written: it is passed over until it has one. Lines
 * that are no JSON objects with a {@code step} are passed over and counted. One thread at a time.
 */
public final class MetricsReader {
  /** Bytes of a tail at the most: what its writer allows, and its first line. */
  private static final int TAIL_LIMIT = MetricsLog.TAIL_LIMIT + 64;

  private static final int BUFFER = 1 << 16;

  /** Takes what is read. */
  @FunctionalInterface
  public interface Lines {
    /** A line, which has a whole number {@code step}. Steps need not come in order. */
    void line(JsonNode line);

    /** Lines that were read before are no longer there: all that are come again, from the first. */
    default void restart() {}
  }

  /** The bytes of the log from {@code after} on, as far as a tail has them. */
  private record Tail(long after, byte[] lines) {
    private static final Tail NONE = new Tail(0, new byte[0]);
  }

  private final StoreFolder files;
  private final Path file;

  /** Bytes of the log that were read, up to the end of a line. */
  private long position;

  /** That line: where it is there no more, the log was cut back meanwhile. */
  private byte[] last = {};

  private long broken;

  MetricsReader(StoreFolder files) {
    this.files = files;
    this.file = files.path(MetricsFile.NAME);
  }

  /**
   * Reads what has come since the last time.
   *
   * @throws ConvoyException of kind RESOURCE when it cannot be read; what was read stays read
   */
  public void read(Lines lines) {
    try {
      Tail tail = tail(); // first: what goes from it is in the file by then
      if (!readFrom(position - last.length, last, tail, lines)) {
        position = 0;
        last = new byte[0];
        broken = 0;
        lines.restart();
        var unused = readFrom(0, last, tail, lines);
      }
    } catch (IOException e) {
      throw files.failed("read", file, e);
    }
  }

  /** Lines so far that were passed over, since nothing could be made of them. */
  public long broken() {
    return broken;
  }

  private Tail tail() throws IOException {
    Path path = files.path(MetricsFile.TAIL);
    byte[] bytes;
    try (InputStream in = files.fileSystem().open(path)) {
      bytes = in.readNBytes(TAIL_LIMIT + 1);
    } catch (FileNotFoundException e) {
      return Tail.NONE;
    }
    int start = 0;
    while (start < bytes.length && bytes[start] != '\n') {
      start++;
    }
    try {
      MetricsFile.TailStart first =
          Json.readFile(Arrays.copyOf(bytes, start), MetricsFile.TailStart.class, "");
      int from = Math.min(start + 1, bytes.length);
      return first == null || bytes.length > TAIL_LIMIT
          ? Tail.NONE
          : new Tail(first.after(), Arrays.copyOfRange(bytes, from, bytes.length));
    } catch (ConvoyException e) {
      return Tail.NONE; // it is just being written
    }
  }

  /**
   * Reads lines from a place in the log on.
   *
   * @param before what must stand there, ahead of them
   * @return false, with nothing read, where it does not
   */
  private boolean readFrom(long from, byte[] before, Tail tail, Lines lines) throws IOException {
    Optional<FileStatus> status = files.status(file);
    boolean inFile = status.isPresent() && from <= status.get().getLen();
    try (FSDataInputStream in = inFile ? files.fileSystem().open(file) : null) {
      if (inFile) {
        in.seek(from);
      }
      InputStream log = new Log(in, from, tail);
      if (!Arrays.equals(before, log.readNBytes(before.length))) {
        return false;
      }
      readLines(log, lines);
      return true;
    }
  }

  /** The file from a place on, and behind its end what stands in the tail. */
  private static final class Log extends InputStream {
    private final InputStream file;
    private final Tail tail;
    private long position;

    /**
     * @param file null where it is shorter than that
     */
    Log(InputStream file, long from, Tail tail) {
      this.file = file;
      this.position = from;
      this.tail = tail;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = file == null ? -1 : file.read(bytes, offset, length);
      if (read < 0) {
        read = readTail(bytes, offset, length);
      }
      position += Math.max(0, read);
      return read;
    }

    private int readTail(byte[] bytes, int offset, int length) {
      long from = position - tail.after();
      if (from < 0 || from >= tail.lines().length) {
        return -1;
      }
      int read = Math.min(length, tail.lines().length - (int) from);
      System.arraycopy(tail.lines(), (int) from, bytes, offset, read);
      return read;
    }
  }

  private void readLines(InputStream log, Lines lines) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    long length = 0; // of the line, however much of it is kept
    byte[] buffer = new byte[BUFFER];
    for (int read = log.read(buffer); read >= 0; read = log.read(buffer)) {
      int from = 0;
      for (int i = 0; i < read; i++) {
        if (buffer[i] != '\n') {
          continue;
        }
        keep(line, buffer, from, i + 1);
        length += i + 1 - from;
        from = i + 1;
        take(line.toByteArray(), length, lines);
        line.reset();
        length = 0;
      }
      keep(line, buffer, from, read);
      length += read - from;
    }
  }

  /** As much of it as a line may have, and a byte more. */
  private static void keep(ByteArrayOutputStream line, byte[] buffer, int from, int to) {
    int room = MetricsFile.LINE_LIMIT + 1 - line.size();
    line.write(buffer, from, Math.min(to - from, room));
  }

  /**
   * Takes a line.
   *
   * @param length its bytes, of which {@code line} may lack some where it is too long
   */
  private void take(byte[] line, long length, Lines lines) {
    position += length;
    last = line.length == length ? line : new byte[0];
    JsonNode found = parsed(line);
    if (found == null) {
      broken++;
    } else {
      lines.line(found);
    }
  }

  /** Null for what is no line of metrics. */
  private static JsonNode parsed(byte[] line) {
    try {
      JsonNode found = Json.readFile(line, JsonNode.class, "");
      return found != null && found.path("step").isIntegralNumber() ? found : null;
    } catch (ConvoyException e) {
      return null;
    }
  }
}
