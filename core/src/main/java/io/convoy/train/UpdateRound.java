package io.convoy.train;

/**
 * What owners tell each other in the course of an update: figures of each chunk, from which all
 * work out the same norms. Rounds come in the order of the constants.
 */
enum UpdateRound {
  /** Of the gradient, for its limit: the sum of squares. */
  GRADIENT_NORM(Stage.GRADIENT, 1),
  /** Of each parameter: sums of squares of its weights and of the optimizer's direction. */
  PARAMETER_NORMS(Stage.DIRECTION, 2),
  /** Of new weights: sums of squares of the pieces of filters that cross chunks. */
  FILTER_NORMS(Stage.WEIGHTS, 2);

  /** What the gradient of a chunk has become. */
  enum Stage {
    /** The mean gradient, its values limited. */
    GRADIENT,
    /** What the optimizer moves along. */
    DIRECTION,
    /** New weights, their norms not limited yet. */
    WEIGHTS
  }

  private final Stage stage;
  private final int figures;

  UpdateRound(Stage stage, int figures) {
    this.stage = stage;
    this.figures = figures;
  }

  /** What is measured, and kept until the round is over. */
  Stage stage() {
    return stage;
  }

  /** Figures of a chunk. */
  int figures() {
    return figures;
  }
}
