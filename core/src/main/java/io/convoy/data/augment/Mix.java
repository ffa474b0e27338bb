package io.convoy.data.augment;

import io.convoy.targets.LabelMix;
import io.convoy.targets.Target;

/** How an image is mixed with its partner. */
public sealed interface Mix {
  /** The image's own weight in its target, in [0, 1]; the partner has the rest. */
  float share();

  /** What the mixture is to be taken for. */
  default Target target(Target own, Target partner) {
    return LabelMix.of(own, share(), partner);
  }

  /**
   * Every value is mixed.
   *
   * @param share of the image's own values
   */
  record Blend(float share) implements Mix {}

  /**
   * A rectangle is the partner's; it may be empty.
   *
   * @param share of the area that stays the image's own
   * @param top the first row, from 0
   * @param left the first column, from 0
   * @param bottom the row behind the last
   * @param right the column behind the last
   */
  record Patch(float share, int top, int left, int bottom, int right) implements Mix {}
}
