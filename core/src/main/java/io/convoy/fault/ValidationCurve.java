package io.convoy.fault;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Validations of a training, in bounded memory: the best, and the last ones. */
final class ValidationCurve {
  /** Validations that are kept. */
  static final int LAST = 3;

  /**
   * A validation, and what training was like at that time.
   *
   * @param trained the mean loss of the steps before it
   * @param training the accuracy of the steps before it
   */
  record Point(long step, double loss, Accuracy accuracy, double trained, Accuracy training) {}

  private final Deque<Point> last = new ArrayDeque<>();
  private Point lowest;
  private long count;
  private long sinceLowest;

  void add(Point point) {
    count++;
    sinceLowest++;
    if (lowest == null || point.loss() < lowest.loss()) {
      lowest = point;
      sinceLowest = 0;
    }
    last.addLast(point);
    if (last.size() > LAST) {
      last.removeFirst();
    }
  }

  long count() {
    return count;
  }

  /** That of the smallest loss; null without one. */
  Point lowest() {
    return lowest;
  }

  /** Validations after that one. */
  long sinceLowest() {
    return sinceLowest;
  }

  /** The last ones, in their order. */
  List<Point> last() {
    return List.copyOf(last);
  }

  /** The last one; null without one. */
  Point newest() {
    return last.peekLast();
  }
}
