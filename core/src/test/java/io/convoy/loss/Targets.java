package io.convoy.loss;

import io.convoy.targets.ClassLabel;
import io.convoy.targets.Target;
import java.util.Arrays;

/** Targets of a shard. */
final class Targets {
  private Targets() {}

  static Target[] labels(int... labels) {
    return Arrays.stream(labels).mapToObj(ClassLabel::new).toArray(Target[]::new);
  }
}
