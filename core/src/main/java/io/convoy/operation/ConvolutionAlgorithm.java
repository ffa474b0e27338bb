package io.convoy.operation;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How convolutions are computed. They differ in rounding, so this has a part in the weights. */
public enum ConvolutionAlgorithm {
  /**
   * What follows from the shape: Winograd's minimal filtering for 3x3 and 5x5 at stride 1, the sum
   * itself for all else.
   */
  @JsonProperty("auto")
  AUTO,
  /** The sum itself, always: slower, with smaller rounding errors. */
  @JsonProperty("direct")
  DIRECT
}
