package io.convoy.inference;

import io.convoy.feed.Batch;
import io.convoy.feed.SampleOrder;
import io.convoy.feed.WindowId;
import io.convoy.shard.Stripe;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A set as it lies, in blocks: each is a batch, and a window.
 *
 * @param blocks that are read here
 * @param size samples of a block
 * @param samples of the set
 */
record BlockOrder(Stripe blocks, int size, int samples) implements SampleOrder {
  @Override
  public Batch batch(long number, int rank) {
    WindowId window = new WindowId(0, 0, (int) number);
    int[] rows = rows(window);
    WindowId[] windows = new WindowId[rows.length];
    Arrays.fill(windows, window);
    return new Batch(number, 0, rows, windows, new int[] {0, rows.length});
  }

  @Override
  public long batches() {
    return blocks.count();
  }

  @Override
  public int[] rows(WindowId window) {
    int first = blocks.unit(window.number()) * size;
    return IntStream.range(first, first + Math.min(size, samples - first)).toArray();
  }

  /** Blocks are batches: they are read ahead as such. */
  @Override
  public Optional<WindowId> next(WindowId window) {
    return Optional.empty();
  }

  @Override
  public boolean isOver(WindowId window, long number) {
    return window.number() < number;
  }
}
