package io.convoy.operation.gradient;

/**
 * How a gradient of weights, rows by panels of columns, is cut into blocks, and whether threads
 * share out blocks alone or parts of their sums as well ({@link GradientParts}): what is estimated
 * to take the least time. It has no part in any result.
 *
 * <p>Each block reads the rows and the columns that it joins; the more blocks there are, the more
 * often each is read. Parts read nothing twice, but each leaves a sum as large as the weights,
 * which is written to memory and read again.
 *
 * @param slices rows are cut into
 * @param panelGroups panels are cut into
 * @param whole whether a block's sum is one thread's work
 */
public record GradientSplit(int slices, int panelGroups, boolean whole) {
  /** Multiply-adds in the time in which a thread fetches a float of an operand. */
  private static final int FETCH = 24;

  /** Multiply-adds in the time in which a float of a part is written, fetched and added. */
  private static final int PART = 64;

  /** Fewest rows for which a panel is worth to be fetched. */
  private static final int FEWEST_ROWS = 24;

  /**
   * A gradient.
   *
   * @param groups of channels, whose blocks are apart
   * @param rows of a group
   * @param panels of a group
   * @param width columns of a panel
   */
  public record Shape(int groups, int rows, int panels, int width) {}

  /** What a block may have at the most. */
  public record Limits(int rows, int panels, int sums) {}

  /**
   * The terms of each sum.
   *
   * @param shards along whose tree they are summed
   * @param pieces of a shard
   */
  public record Terms(long count, int shards, int pieces) {
    /** Parts of sums that {@link GradientParts} makes. */
    private int parts(int blocks, int threads) {
      int wanted = (GradientBlocks.ENOUGH * threads + blocks - 1) / blocks;
      return wanted <= shards ? wanted : shards * pieces;
    }
  }

  /** The split of the least estimated time. */
  public static GradientSplit of(Shape shape, Limits limits, Terms terms, int threads) {
    int fewestSlices = (shape.rows + limits.rows - 1) / limits.rows;
    GradientSplit best = null;
    double least = 0;
    int mostSlices = Math.max(fewestSlices, Math.min(2 * threads, shape.rows / FEWEST_ROWS));
    for (int slices = fewestSlices; slices <= mostSlices; slices++) {
      int rows = (shape.rows + slices - 1) / slices;
      int fits = Math.max(1, Math.min(limits.panels, limits.sums / (rows * shape.width)));
      int fewestGroups = (shape.panels + fits - 1) / fits;
      int mostGroups = Math.min(shape.panels, fewestGroups + 2 * threads);
      for (int panelGroups = fewestGroups; panelGroups <= mostGroups; panelGroups++) {
        int columns = (shape.panels + panelGroups - 1) / panelGroups * shape.width;
        int blocks = shape.groups * slices * panelGroups;
        double block = terms.count * ((double) rows * columns + FETCH * (rows + columns));
        double whole = (blocks + threads - 1) / threads * block;
        if (best == null || whole < least) {
          best = new GradientSplit(slices, panelGroups, true);
          least = whole;
        }
        int parts = terms.parts(blocks, threads);
        double sums = (double) parts * blocks * rows * columns;
        double shared =
            (blocks * block + (parts > 1 ? PART * sums : 0)) / Math.min(threads, blocks * parts);
        if (shared < least) {
          best = new GradientSplit(slices, panelGroups, false);
          least = shared;
        }
      }
    }
    return best;
  }
}
