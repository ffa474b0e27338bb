package io.convoy.data;

import io.convoy.data.image.Framing;
import io.convoy.data.image.Pixels;
import io.convoy.error.ConvoyException;
import io.convoy.targets.Target;
import io.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Another source's samples as a stream: a window reads its rows when it is opened, group by group,
 * and gives them back until it is closed. It keeps count, and refuses what no stream can do.
 */
public final class StreamedSource implements SampleSource {
  private final IndexedSource source;
  private final RowGroups groups;
  private final AtomicInteger rowsRead = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();
  private volatile int faulty = -1;
  private volatile Runnable stall = () -> {};

  public StreamedSource(IndexedSource source, RowGroups groups) {
    this.source = source;
    this.groups = groups;
  }

  /** Rows that windows have read. */
  public int rowsRead() {
    return rowsRead.get();
  }

  /** Windows that are open. */
  public int openWindows() {
    return open.get();
  }

  /** The most that were open at a time. */
  public int mostOpenWindows() {
    return mostOpen.get();
  }

  /** From now on a row cannot be read; -1 for none. */
  public void damage(int row) {
    faulty = row;
  }

  /** From now on each read does this first, such as to wait. */
  public void stall(Runnable first) {
    stall = first;
  }

  @Override
  public RowGroups rowGroups() {
    return groups;
  }

  @Override
  public int channels() {
    return source.channels();
  }

  @Override
  public Optional<Shape> commonShape() {
    return Optional.empty();
  }

  @Override
  public List<String> classes() {
    return source.classes();
  }

  @Override
  public int label(int index) {
    return source.label(index);
  }

  @Override
  public SampleWindow open(int[] rows) {
    requireNeighboursTogether(rows);
    Map<Integer, byte[]> images = new HashMap<>();
    for (int row : rows) {
      images.put(row, ReadImages.bytes(source, row));
    }
    rowsRead.addAndGet(rows.length);
    mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
    return new Window(images);
  }

  /**
   * Rows of a group stand together, in their order: else a file would be read twice for a window.
   */
  private void requireNeighboursTogether(int[] rows) {
    int runs = 1;
    for (int i = 1; i < rows.length; i++) {
      runs += rows[i] > rows[i - 1] && group(rows[i]) == group(rows[i - 1]) ? 0 : 1;
    }
    long touched = Arrays.stream(rows).map(this::group).distinct().count();
    if (runs != touched) {
      throw new AssertionError(
          "%s runs in %s groups: %s".formatted(runs, touched, Arrays.toString(rows)));
    }
  }

  private int group(int row) {
    int group = 0;
    while (groups.start(group + 1) <= row) {
      group++;
    }
    return group;
  }

  /** Rows that were read. */
  private final class Window implements SampleWindow {
    private final Map<Integer, byte[]> images;
    private volatile boolean closed;

    Window(Map<Integer, byte[]> images) {
      this.images = images;
    }

    @Override
    public Target target(int row) {
      return source.target(row);
    }

    @Override
    public void read(int row, Framing framing, Pixels into) {
      stall.run();
      if (row == faulty) {
        throw ConvoyException.data("row %s: damaged; fetch it again", row);
      }
      byte[] image = images.get(row);
      if (closed || image == null) {
        throw new AssertionError(
            "row %s of a window that %s".formatted(row, closed ? "is closed" : "has others"));
      }
      Shape shape = source.commonShape().orElseThrow();
      System.arraycopy(image, 0, into.room(shape), 0, image.length);
      into.frame(framing);
    }

    @Override
    public void close() {
      if (closed) {
        throw new AssertionError("closed twice");
      }
      closed = true;
      open.decrementAndGet();
    }
  }

  @Override
  public String fingerprint() {
    return source.fingerprint();
  }

  @Override
  public void close() {
    source.close();
  }
}
