package io.convoy.feed;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A few samples of a training in some of its epochs, for people who want to see what the network
 * sees: each in a batch of its own, at position 0, together with the partner that the training's
 * plan gives it in that epoch. Batch {@code i epochs + e} has sample i in epoch e of those given.
 */
public final class ChosenSamples implements SampleOrder {
  private final int[] rows;
  private final int[] epochs;

  /** The row of each sample's partner, by sample and epoch. */
  private final int[][] partners;

  private ChosenSamples(int[] rows, int[] epochs, int[][] partners) {
    this.rows = rows;
    this.epochs = epochs;
    this.partners = partners;
  }

  /**
   * Samples that are mixed with no other.
   *
   * @param rows of the training set, at least one
   * @param epochs from 0, at least one
   */
  public static ChosenSamples alone(int[] rows, int[] epochs) {
    int[][] partners = new int[rows.length][epochs.length];
    for (int i = 0; i < rows.length; i++) {
      Arrays.fill(partners[i], rows[i]);
    }
    return new ChosenSamples(rows.clone(), epochs.clone(), partners);
  }

  /**
   * Samples and their partners. The steps of each epoch are gone through until all are found.
   *
   * @param plan of the training; not used by anyone else in the meantime
   * @param rows of the training set, no two alike, at least one
   * @param epochs from 0, at least one
   */
  public static ChosenSamples withPartners(BatchPlan plan, int[] rows, int[] epochs) {
    int[][] partners = new int[rows.length][epochs.length];
    for (int e = 0; e < epochs.length; e++) {
      find(new ShardOrder(plan, 1, 0), rows, epochs[e], e, partners);
    }
    return new ChosenSamples(rows.clone(), epochs.clone(), partners);
  }

  private static void find(ShardOrder order, int[] rows, int epoch, int column, int[][] partners) {
    Map<Integer, Integer> wanted = new HashMap<>();
    for (int i = 0; i < rows.length; i++) {
      wanted.put(rows[i], i);
    }
    long step = epoch * order.plan().stepsPerEpoch();
    long end = step + order.plan().stepsPerEpoch();
    for (; step < end && !wanted.isEmpty(); step++) {
      Batch batch = order.batch(step, 0);
      for (int position = batch.from(); position < batch.to(); position++) {
        Integer sample = wanted.remove(batch.rows()[position]);
        if (sample != null) {
          partners[sample][column] = batch.rows()[batch.partner(position)];
        }
      }
    }
    if (!wanted.isEmpty()) {
      throw new IllegalArgumentException(
          "epoch %s has no rows %s".formatted(epoch, wanted.keySet()));
    }
  }

  /** The number of the batch of a sample in an epoch, both by their place in what was given. */
  public long number(int sample, int epoch) {
    return (long) sample * epochs.length + epoch;
  }

  @Override
  public Batch batch(long number, int rank) {
    int sample = (int) (number / epochs.length);
    int column = (int) (number % epochs.length);
    int[] together = IntStream.of(rows[sample], partners[sample][column]).distinct().toArray();
    WindowId[] windows = new WindowId[together.length];
    Arrays.fill(windows, new WindowId(0, 0, sample));
    return new Batch(number, epochs[column], together, windows, new int[] {0, together.length});
  }

  @Override
  public long batches() {
    return (long) rows.length * epochs.length;
  }

  @Override
  public int[] rows(WindowId window) {
    int sample = window.number();
    return IntStream.concat(IntStream.of(rows[sample]), Arrays.stream(partners[sample]))
        .sorted()
        .distinct()
        .toArray();
  }

  @Override
  public Optional<WindowId> next(WindowId window) {
    int sample = window.number() + 1;
    return sample < rows.length ? Optional.of(new WindowId(0, 0, sample)) : Optional.empty();
  }

  @Override
  public boolean isOver(WindowId window, long number) {
    return number >= number(window.number() + 1, 0);
  }
}
