package io.convoy.predict;

import io.convoy.data.examine.DamageLimit;
import io.convoy.error.ConvoyException;
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
 */
public record PredictOptions(
    RowFormat format,
    int top,
    boolean logits,
    boolean probabilities,
    String embedding,
    DamageLimit maxFailures)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Classes that are named, where nobody says how many. */
  public static final int TOP = 5;

  /** Parquet, five classes, and a hundredth of the images may be of no use. */
  public static final PredictOptions STANDARD =
      new PredictOptions(RowFormat.PARQUET, TOP, false, false, null, DamageLimit.USUAL);

  public PredictOptions {
    if (top < 1) {
      throw ConvoyException.usage("top must be at least 1; got %d", top);
    }
  }

  /** The same in another format. */
  public PredictOptions withFormat(RowFormat other) {
    return new PredictOptions(other, top, logits, probabilities, embedding, maxFailures);
  }

  /** The same with another limit. */
  public PredictOptions withMaxFailures(DamageLimit limit) {
    return new PredictOptions(format, top, logits, probabilities, embedding, limit);
  }

  /** The same with all numbers that there are. */
  public PredictOptions withAll(String layer) {
    return new PredictOptions(format, top, true, true, layer, maxFailures);
  }
}
