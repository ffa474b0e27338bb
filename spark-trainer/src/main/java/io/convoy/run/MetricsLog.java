package io.convoy.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.storage.StoreFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The run's metrics, {@code metrics.jsonl}: one JSON object a line, each with its {@code step}.
 * docs/metrics.md says which lines there are.
 *
 * <p>Lines wait in memory until they are written: by {@link #flush()}, which goes with each
 * checkpoint, so that a killed driver loses only lines that a resume computes again; and some
 * seconds after they came by {@link #flushLive()}, for those who watch. Both append where the file
 * system can. Elsewhere a flush writes the whole file anew, and what came since the last one lies
 * in {@code metrics.tail.jsonl}, which is small. {@link MetricsReader} reads both as one:
 *
 * <pre>
 *   metrics.jsonl        | bytes 0 up to n of the log |
 *   metrics.tail.jsonl   {"after":n} | bytes n up to its end |
 * </pre>
 *
 * <p>No step stands there twice: {@link #takeBack} and {@link #cutBack} take lines of later steps
 * away before these come again.
 *
 * <p>Any thread may append or take back while another one writes; neither waits for the store.
 */
public final class MetricsLog {
  /** Bytes of lines up to which a tail is written: more are worth a new file. */
  static final int TAIL_LIMIT = 4 << 20;

  private static final long NONE = Long.MAX_VALUE;

  private record Line(long step, byte[] bytes) {}

  private final StoreFolder files;
  private final Optional<RunOwner> owner;
  private final MetricsFile file;

  /** Lines that nobody has begun to write; the lock of these and of {@link #takenBack}. */
  private final List<Line> fresh = new ArrayList<>();

  /** The step behind which lines were taken back since the last write. */
  private long takenBack = NONE;

  /** Lines that are not in the file yet; perhaps in its tail. */
  private final List<Line> waiting = new ArrayList<>();

  /** The step behind which lines must go from the file before more are written. */
  private long cut = NONE;

  /** The last step that this driver has written to the file, or may have. */
  private long newest = -1;

  /** How many of {@link #waiting} stand in the tail, which has no others; -1 where it may have. */
  private int inTail;

  MetricsLog(StoreFolder files, Optional<RunOwner> owner) {
    this.files = files;
    this.owner = owner;
    this.file = new MetricsFile(files, this::mine);
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
    synchronized (fresh) {
      fresh.add(new Line(line.get("step").asLong(), bytes));
    }
  }

  /** Takes back the lines of all later steps, which are going to come again. */
  public void takeBack(long step) {
    synchronized (fresh) {
      fresh.removeIf(line -> line.step() > step);
      takenBack = Math.min(takenBack, step);
    }
  }

  /**
   * Writes out what was appended so far. When it fails, the lines wait for the next time.
   *
   * @throws ConvoyException of kind RESOURCE when the file system does not take them or another
   *     driver owns the run
   */
  public synchronized void flush() {
    take();
    if (!waiting.isEmpty() || cut != NONE || inTail != 0) {
      write(this::writeWhole);
    }
  }

  /**
   * Writes out what was appended so far for those who watch the run, without much ado: a large file
   * is not written anew for it.
   *
   * @throws ConvoyException as {@link #flush}
   */
  synchronized void flushLive() {
    take();
    if (cut != NONE || waiting.size() != inTail) {
      write(this::writeLive);
    }
  }

  /** Goes on with what has come since the last time. */
  private void take() {
    synchronized (fresh) {
      long back = takenBack;
      takenBack = NONE;
      if (waiting.removeIf(line -> line.step() > back) && inTail != 0) {
        inTail = -1;
      }
      if (newest > back) {
        cut = Math.min(cut, back);
      }
      waiting.addAll(fresh);
      fresh.clear();
    }
  }

  /** A way to write lines. */
  @FunctionalInterface
  private interface Write {
    void lines(byte[] lines) throws IOException;
  }

  private void write(Write write) {
    mine().check();
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    waiting.forEach(line -> lines.writeBytes(line.bytes()));
    try {
      if (cut != NONE) {
        removeTail();
        file.cut(cut);
        newest = cut;
        cut = NONE;
      }
      write.lines(lines.toByteArray());
    } catch (IOException e) {
      throw files.unwritable(
          "write",
          "%s (%s bytes)".formatted(file, lines.size()),
          e,
          "the checkpoints are kept, so make room or give access and resume");
    }
  }

  private void writeWhole(byte[] lines) throws IOException {
    if (lines.length > 0) {
      file.add(lines);
      written();
    }
    removeTail();
  }

  private void writeLive(byte[] lines) throws IOException {
    if (lines.length == 0) {
      removeTail();
    } else if (lines.length > TAIL_LIMIT || file.isNew()) {
      writeWhole(lines);
    } else if (file.append(lines)) {
      written();
      removeTail();
    } else {
      if (file.appendFailed()) {
        newest = last();
      }
      inTail = -1;
      file.writeTail(lines);
      inTail = waiting.size();
    }
  }

  /** All that waited is in the file. */
  private void written() {
    newest = last();
    waiting.clear();
    inTail = inTail == 0 ? 0 : -1;
  }

  private long last() {
    return waiting.stream().mapToLong(Line::step).reduce(newest, Math::max);
  }

  private void removeTail() throws IOException {
    if (inTail != 0) {
      file.removeTail();
      inTail = 0;
    }
  }

  /**
   * Cuts the log back to a checkpoint, for a driver that goes on from there: lines of later steps
   * and a torn last line are dropped, and so is what waits to be written. A tail goes: what it has
   * of earlier steps was in the file before the checkpoint was saved.
   *
   * @param step the checkpoint's; 0 when training starts over
   */
  public synchronized void cutBack(long step) {
    mine().check();
    synchronized (fresh) {
      fresh.clear();
      takenBack = NONE;
    }
    waiting.clear();
    try {
      file.removeTail();
      file.cutWhole(step);
    } catch (IOException e) {
      throw files.unwritable(
          "cut back", file, e, "nothing is lost, so make room or give access and resume again");
    }
    inTail = 0;
    newest = step;
    cut = NONE;
  }

  private RunOwner mine() {
    return owner.orElseThrow(() -> new IllegalStateException("the run is open for reading only"));
  }
}
