package io.convoy.evaluation;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Comparator;

/**
 * The images whose logit of a class lies in a step. Step s holds logits above (s - 1)/{@value
 * #IN_ONE} up to s/{@value #IN_ONE}; the first and the last one all beyond. In JSON {@code [label,
 * step, with, without]}.
 *
 * @param label of the class
 * @param step from {@code -LAST} to {@code LAST}
 * @param with how many of the images have the label
 * @param without how many have not
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"label", "step", "with", "without"})
record LogitStep(int label, int step, long with, long without) {
  /** Steps of a logit that is larger by one. */
  static final int IN_ONE = 256;

  /** Beyond a logit of 32, a probability differs from 0 or 1 by less than 1e-13. */
  static final int LAST = 32 * IN_ONE;

  /** Class by class, from the highest step down. */
  static final Comparator<LogitStep> ORDER =
      Comparator.comparingInt(LogitStep::label)
          .thenComparing(Comparator.comparingInt(LogitStep::step).reversed());

  LogitStep {
    if (label < 0 || Math.abs(step) > LAST || with < 0 || without < 0 || with + without < 1) {
      throw new IllegalArgumentException(
          "a step is of a class, from 0, and has images: got %s, %s, %s, %s"
              .formatted(label, step, with, without));
    }
  }

  /** The step of a logit. */
  static int of(double logit) {
    return (int) Math.max(-LAST, Math.min(LAST, Math.ceil(logit * IN_ONE)));
  }

  /**
   * That of a probability's logit.
   *
   * @param probability in [0, 1]
   */
  static int ofProbability(double probability) {
    int step = of(StrictMath.log(probability) - StrictMath.log1p(-probability));
    return probability > 0.5 ? Math.max(1, step) : Math.min(0, step); // whatever was rounded
  }

  /** Whether images in a step are given the label: their logits are above 0. */
  static boolean isGiven(int step) {
    return step > 0;
  }

  /** Likewise, of this step. */
  boolean isGiven() {
    return isGiven(step);
  }

  /** The images of the same step of two parts of a set. */
  LogitStep plus(LogitStep other) {
    return new LogitStep(label, step, with + other.with, without + other.without);
  }
}
