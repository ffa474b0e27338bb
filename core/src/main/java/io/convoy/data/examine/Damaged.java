package io.convoy.data.examine;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of a set with damaged images. */
public enum Damaged {
  /** Nothing is trained; all of them are named. */
  @JsonProperty("refuse")
  REFUSE,
  /** They are left out, and named. */
  @JsonProperty("skip")
  SKIP
}
