package io.convoy.architecture.circle.below;

import io.convoy.architecture.circle.Above;

/** The other half of the circle. */
public final class Below {
  private Below() {}

  /** Calls upwards; never run. */
  public static int depth() {
    return 1 + Above.depth();
  }
}
