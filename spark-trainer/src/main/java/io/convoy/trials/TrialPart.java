package io.convoy.trials;

import io.convoy.recipe.Recipe;

/**
 * What a task is told.
 *
 * @param trial its number
 * @param part the fold that is held back, from 0
 * @param epochs that are done at the end
 * @param recipe what is trained, its standardization measured
 * @param statistics the name of what was measured of whole images
 */
record TrialPart(int trial, int part, int epochs, Recipe recipe, String statistics) {}
