package io.convoy.predict;

/** Learns how far a prediction is, on the driver's thread. */
public interface PredictListener {
  /** Somebody who wants to know nothing. */
  PredictListener NONE = new PredictListener() {};

  /**
   * The images are known.
   *
   * @param images how many there are; -1 where nobody knows
   * @param parts that they are cut into
   * @param done images that are predicted already, by a job before
   * @param partsDone parts that are
   */
  default void begin(long images, int parts, long done, int partsDone) {}

  /** So many images are predicted, in so many parts. */
  default void at(long images, int parts) {}

  /** Something that the user should read. */
  default void say(String line) {}
}
