package io.convoy.benchmarks.curves;

import io.convoy.recipe.Recipe;

/**
 * A library that trains networks on batches that it is given. Found by {@link
 * java.util.ServiceLoader}: on the class path where the build has the profile {@code peers}.
 */
public interface TrainingPeer {
  /** What tables call it. */
  String name();

  /** Its version. */
  String version();

  /**
   * Starts a training.
   *
   * @param recipe whose network, loss and optimizer it takes
   * @param state initial weights and moving averages, in the layout of {@link
   *     io.convoy.network.Network#layout}
   * @param threads that it may work with
   * @throws io.convoy.error.ConvoyException of kind USAGE where it has no such loss or optimizer
   */
  PeerTraining start(Recipe recipe, float[] state, int threads);
}
