package io.convoy.inference;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;

/**
 * Augmentation at test time: which versions of an image pass the networks. The probabilities of an
 * image are the plain mean of those of its versions, each of which is what the classifier says of
 * that version by itself; summed in their order, in fp64.
 */
public enum TestTime {
  /** The image as it is. */
  @JsonProperty("none")
  NONE(1),
  /** The image, and its mirror image, left to right; both as the network sees them. */
  @JsonProperty("flip")
  FLIP(2);

  private final int versions;

  TestTime(int versions) {
    this.versions = versions;
  }

  /**
   * Reads a choice as a command line gives it: {@code none} or {@code flip}.
   *
   * @throws ConvoyException of kind USAGE when it is none of them
   */
  public static TestTime of(String text) {
    return switch (text) {
      case "none" -> NONE;
      case "flip" -> FLIP;
      default ->
          throw ConvoyException.usage("augmentation at test time is none or flip; got '%s'", text);
    };
  }

  /** How many versions of an image pass the networks. */
  public int versions() {
    return versions;
  }

  /** As {@link #of} reads it. */
  public String text() {
    return switch (this) {
      case NONE -> "none";
      case FLIP -> "flip";
    };
  }
}
