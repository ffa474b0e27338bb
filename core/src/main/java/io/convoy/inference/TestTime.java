package io.convoy.inference;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.convoy.error.ConvoyException;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Augmentation at test time: which versions of an image pass the networks. The probabilities of an
 * image are the plain mean of those of its versions, each of which is what the classifier says of
 * that version by itself; summed in their order, in fp64.
 *
 * <p>Crops are those of Krizhevsky, Sutskever and Hinton 2012, section 4.1: the shorter side of the
 * image is resized to {@code resizeShorter} pixels, a square of that side is cut out of the middle,
 * and of this its four corners and its middle are taken, each as large as the network's input. So a
 * network must see the middle of a larger image.
 */
public enum TestTime {
  /** The image as it is. */
  @JsonProperty("none")
  NONE("none", 1),
  /** The image, and its mirror image, left to right; both as the network sees them. */
  @JsonProperty("flip")
  FLIP("flip", 2),
  /** Its crops: top left, top right, bottom left, bottom right, middle. */
  @JsonProperty("fiveCrops")
  FIVE_CROPS("fiveCrops", 5),
  /** These, and then the mirror image of each. */
  @JsonProperty("tenCrops")
  TEN_CROPS("tenCrops", 10);

  private final String text;
  private final int versions;

  TestTime(String text, int versions) {
    this.text = text;
    this.versions = versions;
  }

  /**
   * Reads a choice as a command line gives it: {@code none}, {@code flip}, {@code fiveCrops} or
   * {@code tenCrops}.
   *
   * @throws ConvoyException of kind USAGE when it is none of them
   */
  public static TestTime of(String text) {
    return Arrays.stream(values())
        .filter(one -> one.text.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                ConvoyException.usage(
                    "augmentation at test time is one of %s; got '%s'",
                    Arrays.stream(values()).map(TestTime::text).collect(Collectors.joining(", ")),
                    text));
  }

  /** How many versions of an image pass the networks. */
  public int versions() {
    return versions;
  }

  /** As {@link #of} reads it. */
  public String text() {
    return text;
  }

  /** Whether versions are cut out of a larger image. */
  boolean crops() {
    return switch (this) {
      case NONE, FLIP -> false;
      case FIVE_CROPS, TEN_CROPS -> true;
    };
  }

  /**
   * Makes sure that images have such versions for a classifier.
   *
   * @throws ConvoyException of kind USAGE when one of its networks sees no more of an image than it
   *     takes, so that there is nothing to crop from
   */
  public void requireFits(Classifier classifier) {
    classifier.models().forEach(model -> View.of(model, this));
  }
}
