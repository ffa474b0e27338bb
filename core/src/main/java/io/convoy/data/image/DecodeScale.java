package io.convoy.data.image;

import com.fasterxml.jackson.annotation.JsonProperty;

/** At which scale an image is decoded, where its format has several. It changes pixels. */
public enum DecodeScale {
  /** Every stored pixel. */
  @JsonProperty("full")
  FULL,
  /**
   * The smallest of 1/1, 1/2, 1/4 and 1/8 at which the crop is still as large as what it is
   * resampled to. JPEG alone has such scales; other formats are decoded in full.
   */
  @JsonProperty("fit")
  FIT
}
