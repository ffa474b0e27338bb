package io.convoy.train;

import io.convoy.network.StateLayout;
import io.convoy.optimizer.LayerwiseOptimizer;
import io.convoy.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;

/** The norms that a recipe's updates go by, and the rounds in which they come to be known. */
final class UpdateNorms {
  private final GradientClip clip;
  private final ParameterNorms parameters;
  private final FilterNorms filters;
  private final List<UpdateRound> rounds = new ArrayList<>();

  UpdateNorms(Recipe recipe) {
    StateLayout layout = recipe.network().layout();
    clip = new GradientClip(recipe.clip());
    parameters =
        recipe.optimizer() instanceof LayerwiseOptimizer optimizer
            ? new ParameterNorms(layout, optimizer, WeightMatrix.of(recipe))
            : null;
    Float limit = recipe.regularization() == null ? null : recipe.regularization().maxNorm();
    filters = limit == null ? null : new FilterNorms(layout, limit);
    if (clip.byNorm()) {
      rounds.add(UpdateRound.GRADIENT_NORM);
    }
    if (parameters != null) {
      rounds.add(UpdateRound.PARAMETER_NORMS);
    }
    if (filters != null && filters.crossChunks()) {
      rounds.add(UpdateRound.FILTER_NORMS);
    }
  }

  /** The rounds of an update; none where each chunk can be finished by itself. */
  List<UpdateRound> rounds() {
    return rounds;
  }

  /** Figures of a chunk in any round: as many as the one has that has most. */
  int figuresPerChunk() {
    return rounds.stream().mapToInt(UpdateRound::figures).max().orElse(0);
  }

  /**
   * Works out what a round is for.
   *
   * @param figures {@link #figuresPerChunk} of each chunk, in the order of chunks
   * @param step from 1
   * @throws io.convoy.error.ConvoyException of kind DIVERGED when a norm is no finite number
   */
  void combine(UpdateRound round, double[] figures, long step) {
    switch (round) {
      case GRADIENT_NORM -> clip.combine(figures, figuresPerChunk(), step);
      case PARAMETER_NORMS -> parameters.combine(figures, figuresPerChunk(), step);
      case FILTER_NORMS -> filters.combine(figures, figuresPerChunk());
    }
  }

  GradientClip clip() {
    return clip;
  }

  /** Of a recipe with a {@link LayerwiseOptimizer}; else null. */
  ParameterNorms parameters() {
    return parameters;
  }

  /** Of a recipe that limits filters; else null. */
  FilterNorms filters() {
    return filters;
  }
}
