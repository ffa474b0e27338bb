package io.convoy.benchmarks.layers;

/** The three products of a layer's training. */
public enum Direction {
  /** The output, of input and weights. */
  FORWARD("forward"),
  /** The input's gradient, of the output's gradient and the weights. */
  BACKWARD_DATA("data"),
  /** The weights' gradient, of the output's gradient and the input. */
  BACKWARD_WEIGHTS("weights");

  private final String label;

  Direction(String label) {
    this.label = label;
  }

  /** How options, tables and files name it. */
  @Override
  public String toString() {
    return label;
  }
}
