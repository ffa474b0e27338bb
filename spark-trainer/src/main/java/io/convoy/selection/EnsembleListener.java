package io.convoy.selection;

/** Told of how an ensemble is made, on the driver. */
public interface EnsembleListener {
  /**
   * The executors begin to compute what networks say of images.
   *
   * @param networks how many that will be at the most
   * @param images that each of them sees
   */
  default void begin(int networks, int images) {}

  /** So many of the networks are done. */
  default void at(int networks) {}

  /** Something that the user should know. */
  default void say(String line) {}
}
