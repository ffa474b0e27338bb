package io.convoy.format.onnx;

import java.util.Locale;

/** Something of a node that Convoy does not have: the node is left out, and told. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Refusal(String why) {
    super(why, null, false, false);
  }

  static Refusal of(String format, Object... values) {
    return new Refusal(String.format(Locale.ROOT, format, values));
  }
}
