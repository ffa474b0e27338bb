package io.convoy.predict;

import io.convoy.data.examine.DamageLimit;
import io.convoy.error.ConvoyException;
import io.convoy.inference.Classifier;
import io.convoy.inference.Model;
import io.convoy.inference.TestTime;
import java.io.Serializable;

/**
 * What comes out for each image.
 *
 * @param format of the files
 * @param top how many classes are named with their probabilities, at least 1
 * @param logits whether all logits come out, too
 * @param probabilities whether all probabilities come out, too
 * @param embedding the layer whose output comes out, too; null for none
 * @param maxFailures how many images may be of no use
 * @param testTime which versions of an image are looked at; logits and an embedding come out of one
 *     version alone
 * @param labels whether the labels come out, too, of an image that may have several
 */
public record PredictOptions(
    RowFormat format,
    int top,
    boolean logits,
    boolean probabilities,
    String embedding,
    DamageLimit maxFailures,
    TestTime testTime,
    boolean labels)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Classes that are named, where nobody says how many. */
  public static final int TOP = 5;

  /** Parquet, five classes, and a hundredth of the images may be of no use. */
  public static final PredictOptions STANDARD =
      new PredictOptions(RowFormat.PARQUET, TOP, false, false, null, DamageLimit.USUAL);

  /** Of images as they are. */
  public PredictOptions(
      RowFormat format,
      int top,
      boolean logits,
      boolean probabilities,
      String embedding,
      DamageLimit maxFailures) {
    this(format, top, logits, probabilities, embedding, maxFailures, TestTime.NONE);
  }

  /** Of other versions of images. */
  public PredictOptions(
      RowFormat format,
      int top,
      boolean logits,
      boolean probabilities,
      String embedding,
      DamageLimit maxFailures,
      TestTime testTime) {
    this(format, top, logits, probabilities, embedding, maxFailures, testTime, false);
  }

  public PredictOptions {
    if (top < 1) {
      throw ConvoyException.usage("top must be at least 1; got %d", top);
    }
    if (testTime.versions() > 1) {
      String what = "augmentation at test time (" + testTime.text() + ")";
      requireProbabilities(what, logits, embedding); // no component is set yet
    }
  }

  /**
   * Makes sure that a classifier has what is to come out.
   *
   * @throws ConvoyException of kind USAGE for logits or an embedding of an ensemble, an embedding
   *     of a layer that a model has not, or versions of images that it sees too little of
   */
  public void requireOf(Classifier classifier) {
    testTime.requireFits(classifier);
    if (!(classifier instanceof Model model)) {
      requireProbabilities("an ensemble (" + classifier.name() + ")", logits, embedding);
      return;
    }
    if (embedding != null) {
      model.network().withOutput(embedding); // throws where there is no such layer
    }
  }

  private static void requireProbabilities(String what, boolean logits, String embedding) {
    if (logits || embedding != null) {
      throw ConvoyException.usage(
          "%s gives a mean of probabilities, which has no %s: leave that out; all probabilities can"
              + " come out",
          what, logits ? "logits" : "embedding");
    }
  }

  /** The same of other versions of images. */
  public PredictOptions withTestTime(TestTime other) {
    return new PredictOptions(
        format, top, logits, probabilities, embedding, maxFailures, other, labels);
  }

  /** The same in another format. */
  public PredictOptions withFormat(RowFormat other) {
    return new PredictOptions(
        other, top, logits, probabilities, embedding, maxFailures, testTime, labels);
  }

  /** The same with another limit. */
  public PredictOptions withMaxFailures(DamageLimit limit) {
    return new PredictOptions(
        format, top, logits, probabilities, embedding, limit, testTime, labels);
  }

  /** The same with all numbers that there are. */
  public PredictOptions withAll(String layer) {
    return new PredictOptions(format, top, true, true, layer, maxFailures, testTime, labels);
  }

  /** The same, with the labels of a classifier that may give an image several. */
  public PredictOptions of(Classifier classifier) {
    return new PredictOptions(
        format,
        top,
        logits,
        probabilities,
        embedding,
        maxFailures,
        testTime,
        classifier.severalLabels());
  }
}
