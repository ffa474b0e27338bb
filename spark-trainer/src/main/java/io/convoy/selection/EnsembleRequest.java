package io.convoy.selection;

import io.convoy.ensemble.Contender;
import io.convoy.error.ConvoyException;

/**
 * What is asked of a selection.
 *
 * @param images where the runs' training set lies
 * @param validation a set of labelled images of its own that decides; null for what all runs hold
 *     back
 * @param take the name of the candidate that is wanted; null for the one that is recommended
 * @param out a folder that is new or empty
 */
public record EnsembleRequest(String images, String validation, String take, String out) {
  /**
   * Checks the name.
   *
   * @throws ConvoyException of kind USAGE when no candidate is called so
   */
  public EnsembleRequest {
    if (take != null) {
      Contender.requireKey(take);
    }
  }
}
