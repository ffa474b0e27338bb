package io.convoy.benchmarks.networks;

/** What is asked of a network. */
public enum Mode {
  /** Forward, loss, backward and the optimizer's update of one batch. */
  TRAINING("training"),
  /** Forward over one batch, by the moving averages. */
  INFERENCE("inference");

  private final String label;

  Mode(String label) {
    this.label = label;
  }

  /** How options, tables and files name it. */
  @Override
  public String toString() {
    return label;
  }
}
