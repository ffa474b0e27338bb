package io.convoy.benchmarks.layers;

/** The comparisons that are drawn: problems whose ratios belong into one mean. */
public enum Group {
  DENSE("dense layers, all directions"),
  THREE_BY_THREE("3x3 stride 1, forward and data"),
  THREE_BY_THREE_WEIGHTS("3x3 stride 1, weights"),
  OTHER("other convolutions, all directions"),
  DEPTHWISE("depthwise, all directions");

  private final String label;

  Group(String label) {
    this.label = label;
  }

  @Override
  public String toString() {
    return label;
  }
}
