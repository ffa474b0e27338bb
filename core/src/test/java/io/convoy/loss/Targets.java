package io.convoy.loss;

import io.convoy.target.ClassLabel;
import io.convoy.target.Target;
import java.util.Arrays;

/** Targets of a shard. */
final class Targets {
  private Targets() {}

  static Target[] labels(int... labels) {
    return Arrays.stream(labels).mapToObj(ClassLabel::new).toArray(Target[]::new);
  }
}
