package io.convoy.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.json.Json;
import java.util.Arrays;

/**
 * A curve in bounded memory, whatever its length: steps are put together in intervals of equal
 * width, and of each interval the least and the largest value stay, where they stood. So no peak is
 * lost. Where intervals become too many, each two neighbours become one.
 */
public final class ExtremeSeries {
  /** Intervals at the most; each has up to two points. */
  static final int INTERVALS = 1024;

  private final long[] leastAt = new long[INTERVALS];
  private final double[] least = new double[INTERVALS];
  private final long[] largestAt = new long[INTERVALS];
  private final double[] largest = new double[INTERVALS];
  private long width = 1;
  private int used;

  /** An empty one. */
  public ExtremeSeries() {
    Arrays.fill(leastAt, -1);
  }

  /**
   * Adds a point.
   *
   * @param step at least 0
   * @param value a finite number; others are passed over
   */
  public void add(long step, double value) {
    if (step < 0) {
      throw new IllegalArgumentException("a step is at least 0; got " + step);
    }
    if (!Double.isFinite(value)) {
      return;
    }
    while (step / width >= INTERVALS) {
      halve();
    }
    int i = (int) (step / width);
    used = Math.max(used, i + 1);
    if (leastAt[i] < 0 || value < least[i]) {
      least[i] = value;
      if (leastAt[i] < 0) {
        largest[i] = value;
        largestAt[i] = step;
      }
      leastAt[i] = step;
    }
    if (value > largest[i]) {
      largest[i] = value;
      largestAt[i] = step;
    }
  }

  private void halve() {
    for (int i = 0; i < INTERVALS / 2; i++) {
      merge(2 * i, 2 * i + 1, i);
    }
    Arrays.fill(leastAt, INTERVALS / 2, INTERVALS, -1);
    width *= 2;
    used = (used + 1) / 2;
  }

  private void merge(int first, int second, int into) {
    boolean low = leastAt[second] >= 0 && (leastAt[first] < 0 || least[second] < least[first]);
    boolean high = leastAt[second] >= 0 && (leastAt[first] < 0 || largest[second] > largest[first]);
    int lower = low ? second : first;
    int upper = high ? second : first;
    long lowerAt = leastAt[lower];
    double lowest = least[lower];
    long upperAt = largestAt[upper];
    double highest = largest[upper];
    leastAt[into] = lowerAt;
    least[into] = lowest;
    largestAt[into] = upperAt;
    largest[into] = highest;
  }

  /** Whether it has no point. */
  public boolean isEmpty() {
    return used == 0;
  }

  /** The points that are left, in the order of steps: {@code {"x": [step, …], "y": [value, …]}}. */
  public ObjectNode json() {
    ObjectNode object = Json.object();
    ArrayNode x = object.putArray("x");
    ArrayNode y = object.putArray("y");
    for (int i = 0; i < used; i++) {
      if (leastAt[i] < 0) {
        continue;
      }
      boolean lowFirst = leastAt[i] <= largestAt[i];
      x.add(lowFirst ? leastAt[i] : largestAt[i]);
      y.add(lowFirst ? least[i] : largest[i]);
      if (leastAt[i] != largestAt[i]) {
        x.add(lowFirst ? largestAt[i] : leastAt[i]);
        y.add(lowFirst ? largest[i] : least[i]);
      }
    }
    return object;
  }
}
