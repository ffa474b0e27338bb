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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The run's metrics, {@code metrics.jsonl}: one JSON object a line, each with its {@code step}.
 *
 * <p>Lines wait in memory until {@link #flush()}, which goes with each checkpoint: so a killed
 * driver loses only lines that a resume computes again. A flush appends where the file system can;
 * elsewhere, and after a failed append, it writes the whole file anew.
 *
 * <p>Any thread may append while another one flushes.
 */
public final class MetricsLog {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsLog.class);
  private static final int LINE_LIMIT = 1 << 20;
  private static final int BUFFER = 1 << 16;

  private final StoreFolder files;
  private final Optional<RunOwner> owner;
  private final Path file;
  private final List<byte[]> pending = new ArrayList<>();

  /** Bytes of the file that are known to be whole lines; -1 before the first look at it. */
  private long committed = -1;

  MetricsLog(StoreFolder files, Optional<RunOwner> owner) {
    this.files = files;
    this.owner = owner;
    this.file = files.path("metrics.jsonl");
  }

  /**
   * Adds a line.
   *
   * @param metrics a record or map with a {@code step}
   * @throws IllegalArgumentException when it has no whole number {@code step}
   */
  public void append(Object metrics) {
    JsonNode line = Json.tree(metrics);
    if (!line.path("step").isIntegralNumber()) {
      throw new IllegalArgumentException("a line of metrics has a whole number step; got " + line);
    }
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    synchronized (pending) {
      pending.add(bytes);
    }
  }

  /**
   * Writes out what was appended so far. When it fails, the lines wait for the next time.
   *
   * @throws ConvoyException of kind RESOURCE when the file system does not take them or another
   *     driver owns the run
   */
  public synchronized void flush() {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    int count;
    synchronized (pending) {
      count = pending.size();
      pending.forEach(lines::writeBytes);
    }
    if (count == 0) {
      return;
    }
    requireOwner();
    try {
      add(lines.toByteArray());
    } catch (IOException e) {
      throw files.unwritable(
          "write",
          "%s (%s bytes)".formatted(file, lines.size()),
          e,
          "the checkpoints are kept, so make room or give access and resume");
    }
    synchronized (pending) {
      pending.subList(0, count).clear();
    }
  }

  private void add(byte[] lines) throws IOException {
    Optional<FileStatus> status = files.status(file);
    long length = status.map(FileStatus::getLen).orElse(0L);
    if (committed < 0) {
      committed = length;
    }
    if (status.isPresent() && length == committed && canAppend()) {
      try {
        files.append(file, lines);
        committed += lines.length;
        return;
      } catch (IOException e) {
        LOG.info("{} cannot be appended to and is written anew: {}", file, StoreFolder.reason(e));
      }
    }
    rewriteWith(lines);
    committed += lines.length;
  }

  private boolean canAppend() throws IOException {
    return files.fileSystem().hasPathCapability(file, CommonPathCapabilities.FS_APPEND);
  }

  /** Replaces the file by its whole lines and some more. */
  private void rewriteWith(byte[] lines) throws IOException {
    rewrite(
        (in, out) -> {
          copy(committed, in, out);
          out.write(lines);
        });
  }

  /**
   * Cuts the log back to a checkpoint: lines of later steps and a torn last line are dropped, and
   * so is what waits to be flushed.
   *
   * @param step the checkpoint's; 0 when training starts over
   */
  public synchronized void cutBack(long step) {
    requireOwner();
    synchronized (pending) {
      pending.clear();
    }
    try {
      if (files.status(file).isEmpty()) {
        committed = 0;
        return;
      }
      committed = rewrite((in, out) -> copyUpTo(step, in, out));
    } catch (IOException e) {
      throw files.unwritable(
          "cut back", file, e, "nothing is lost, so make room or give access and resume again");
    }
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
      mine().replace(file, out -> Files.copy(local, out));
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

  /**
   * Reads all lines that are there, in their order; a torn last line is none.
   *
   * @return how many lines are no JSON, or too long, and were passed over
   * @throws ConvoyException of kind RESOURCE when the file cannot be read
   */
  public long read(Consumer<JsonNode> lines) {
    long broken = 0;
    try (InputStream in = existing()) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next != '\n') {
          if (line.size() <= LINE_LIMIT) {
            line.write(next);
          }
          continue;
        }
        broken += take(line.toByteArray(), lines) ? 0 : 1;
        line.reset();
      }
    } catch (IOException e) {
      throw files.failed("read", file, e);
    }
    return broken;
  }

  private static boolean take(byte[] line, Consumer<JsonNode> lines) {
    if (line.length > LINE_LIMIT) {
      return false;
    }
    JsonNode found;
    try {
      found = Json.readFile(line, JsonNode.class, "");
    } catch (ConvoyException e) {
      return false;
    }
    if (found == null || !found.isObject()) {
      return false;
    }
    lines.accept(found);
    return true;
  }

  private void copyUpTo(long step, InputStream in, OutputStream kept) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int number = 1;
    for (int next = in.read(); next >= 0; next = in.read()) {
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

  private void requireOwner() {
    mine().check();
  }

  private RunOwner mine() {
    return owner.orElseThrow(() -> new IllegalStateException("the run is open for reading only"));
  }
}
