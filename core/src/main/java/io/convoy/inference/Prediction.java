package io.convoy.inference;

/**
 * What a classifier says of an image, or why it says nothing.
 *
 * @param name as the image had it
 * @param logits one a class; null where there is an error, and of an ensemble or several versions
 *     of the image: a mean of probabilities has no logits
 * @param probabilities one a class, in [0, 1]; all NaN where a network gives anything but finite
 *     numbers; null where there is an error
 * @param embedding the output of the layer that was asked for, in the order channel, row, column;
 *     null where none was, or there is an error
 * @param error why the image cannot be read; null where it can
 */
public record Prediction(
    String name, float[] logits, double[] probabilities, float[] embedding, String error) {
  /** Of an image that cannot be read. */
  static Prediction failed(String name, String error) {
    return new Prediction(name, null, null, null, error);
  }

  /** Whether there are probabilities. */
  public boolean isKnown() {
    return error == null;
  }
}
