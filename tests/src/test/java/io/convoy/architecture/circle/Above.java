package io.convoy.architecture.circle;

import io.convoy.architecture.circle.below.Below;

/** Sees a package below its own, which sees it: for the rule against cycles to find. */
public final class Above {
  private Above() {}

  /** Calls downwards. */
  public static int depth() {
    return Below.depth();
  }
}
