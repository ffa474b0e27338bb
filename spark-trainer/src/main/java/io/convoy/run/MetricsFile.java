package io.convoy.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.storage.StoreFolder;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of a {@link MetricsLog}, as its driver writes them. */
final class MetricsFile {
  static final String NAME = "metrics.jsonl";
  static final String TAIL = "metrics.tail.jsonl";

  /** Bytes of a line at the most. */
  static final int LINE_LIMIT = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(MetricsLog.class);
  private static final int BUFFER = 1 << 16;

  /** What stands first in a tail: how many bytes of the log stand before it, in the file. */
  record TailStart(long after) {}

  private final StoreFolder files;
  private final Supplier<RunOwner> owner;
  private final Path file;
  private final Path tail;

  /** Bytes of the file that are known to be whole lines; -1 before the first look at it. */
  private long committed = -1;

  /** Whether an append has failed since lines were last added for good. */
  private boolean appendFailed;

  MetricsFile(StoreFolder files, Supplier<RunOwner> owner) {
    this.files = files;
    this.owner = owner;
    this.file = files.path(NAME);
    this.tail = files.path(TAIL);
  }

  /** Whether there is none yet, and it is going to be appended to. */
  boolean isNew() throws IOException {
    return files.status(file).isEmpty() && files.canAppend(file);
  }

  /** Adds lines; writes the file anew where it cannot be appended to. */
  void add(byte[] lines) throws IOException {
    appendFailed = false;
    if (append(lines)) {
      return;
    }
    rewrite(
        (in, out) -> {
          copy(committed, in, out);
          out.write(lines);
        });
    committed += lines.length;
  }

  /**
   * Adds lines by appending.
   *
   * @return false, with nothing done, where the file system cannot, or the file is not as it was
   *     left
   */
  boolean append(byte[] lines) throws IOException {
    Optional<FileStatus> status = files.status(file);
    long length = status.map(FileStatus::getLen).orElse(0L);
    if (committed < 0) {
      committed = length;
    }
    if (status.isEmpty() || length != committed || appendFailed || !files.canAppend(file)) {
      return false;
    }
    try {
      files.append(file, out -> out.write(lines));
      committed += lines.length;
      return true;
    } catch (IOException e) {
      LOG.info("{} cannot be appended to: {}", file, StoreFolder.reason(e));
      appendFailed = true;
      return false;
    }
  }

  /** Whether the file may end in a part of lines that are to come. */
  boolean appendFailed() {
    return appendFailed;
  }

  /** Has the tail hold these lines, in place of what it held; the file was looked at before. */
  void writeTail(byte[] lines) throws IOException {
    byte[] start = (Json.text(new TailStart(committed)) + "\n").getBytes(StandardCharsets.UTF_8);
    owner
        .get()
        .replace(
            tail,
            out -> {
              out.write(start);
              out.write(lines);
            });
  }

  void removeTail() throws IOException {
    files.fileSystem().delete(tail, false);
  }

  /** Drops lines of later steps, out of those that are known to be there. */
  void cut(long step) throws IOException {
    long known = committed;
    committed = rewrite((in, out) -> copyUpTo(step, known, in, out));
  }

  /** The same out of whatever is there. */
  void cutWhole(long step) throws IOException {
    committed =
        files.status(file).isEmpty()
            ? 0
            : rewrite((in, out) -> copyUpTo(step, Long.MAX_VALUE, in, out));
  }

  private void copy(long bytes, InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (long left = bytes; left > 0; ) {
      int read = in.read(buffer, 0, (int) Math.min(left, BUFFER));
      if (read < 0) {
        throw new EOFException("%s has %s bytes less than were written".formatted(file, left));
      }
      out.write(buffer, 0, read);
      left -= read;
    }
  }

  /** What becomes of the lines that are there. */
  @FunctionalInterface
  private interface Change {
    void copy(InputStream in, OutputStream out) throws IOException;
  }

  /**
   * Replaces the file by what becomes of it, by way of a local file: it may be too large for
   * memory, and where a store overwrites in place it cannot be read meanwhile. Always a new file:
   * on HDFS a killed driver may still hold the lease on the old one.
   *
   * @return its length
   */
  private long rewrite(Change change) throws IOException {
    java.nio.file.Path local = Files.createTempFile("convoy-metrics-", ".jsonl");
    try {
      try (InputStream in = existing();
          OutputStream out = new BufferedOutputStream(Files.newOutputStream(local), BUFFER)) {
        change.copy(in, out);
      }
      owner.get().replace(file, out -> Files.copy(local, out));
      return Files.size(local);
    } finally {
      Files.delete(local);
    }
  }

  private InputStream existing() throws IOException {
    return files.status(file).isEmpty()
        ? InputStream.nullInputStream()
        : new BufferedInputStream(files.fileSystem().open(file), BUFFER);
  }

  /** Copies the whole lines up to a step, of so many bytes at the most. */
  private void copyUpTo(long step, long bytes, InputStream in, OutputStream kept)
      throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int number = 1;
    long left = bytes;
    for (int next = in.read(); next >= 0 && left > 0; next = in.read(), left--) {
      if (line.size() == LINE_LIMIT) {
        throw ConvoyException.data(
            "%s: line %d must have at most %d bytes; it has more", file, number, LINE_LIMIT);
      }
      line.write(next);
      if (next == '\n') {
        if (isUpTo(step, line.toByteArray(), number)) {
          line.writeTo(kept);
        }
        line.reset();
        number++;
      }
    }
    if (line.size() > 0) {
      LOG.warn("{}: the last line, {}, was cut short and is dropped", file, number);
    }
  }

  private boolean isUpTo(long step, byte[] line, int number) {
    try {
      JsonNode found = Json.readFile(line, JsonNode.class, "").path("step");
      if (found.isIntegralNumber()) {
        return found.canConvertToLong() && found.asLong() <= step;
      }
    } catch (ConvoyException e) {
      // A line that is not JSON has no step either.
    }
    LOG.warn("{}: line {} has no step and is dropped", file, number);
    return false;
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
