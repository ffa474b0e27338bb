package io.convoy.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How gradients come together; both ways give the same bits. */
public enum Sync {
  /** Executors exchange them among themselves, within one barrier stage. */
  @JsonProperty("peers")
  PEERS,
  /** One Spark job a step; the driver sums and updates. For clusters that allow no peers. */
  @JsonProperty("driver")
  DRIVER
}
