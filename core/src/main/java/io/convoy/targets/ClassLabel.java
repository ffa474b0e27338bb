package io.convoy.targets;

/**
 * The sample is of one class.
 *
 * @param label of the class, at least 0
 */
public record ClassLabel(int label) implements Target {
  public ClassLabel {
    if (label < 0) {
      throw new IllegalArgumentException("a label is at least 0; got " + label);
    }
  }
}
