package io.convoy.run;

import io.convoy.error.ConvoyException;
import io.convoy.inference.Classifier;
import org.apache.hadoop.conf.Configuration;

/**
 * Loads what labels images, whatever it is, from any Hadoop file system and without Spark.
 *
 * <pre>{@code
 * Classifier classifier =
 *     Classifiers.load("ensembles/7", WhichCheckpoint.NEWEST, new Configuration());
 * }</pre>
 */
public final class Classifiers {
  private Classifiers() {}

  /**
   * Loads an ensemble by {@link EnsembleFolder#load}, a model by {@link Models#load}.
   *
   * @param place the folder of a run, a checkpoint or an ensemble
   * @param which of a run's checkpoints; the newest where the place is none of a run
   * @throws ConvoyException of kind USAGE when there is none, or none that is meant; DATA when it
   *     is damaged; RESOURCE when it cannot be reached
   */
  public static Classifier load(String place, WhichCheckpoint which, Configuration configuration) {
    if (!EnsembleFolder.isEnsemble(place, configuration)) {
      return Models.load(place, which, configuration);
    }
    if (!which.equals(WhichCheckpoint.NEWEST)) {
      throw ConvoyException.usage(
          "%s is an ensemble, so there is no checkpoint to choose; got %s: leave that out, or name a"
              + " run",
          place, which);
    }
    return EnsembleFolder.load(place, configuration);
  }
}
