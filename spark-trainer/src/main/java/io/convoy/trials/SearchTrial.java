package io.convoy.trials;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.recipe.Recipe;
import java.util.Map;

/**
 * A trial before it is trained.
 *
 * @param number from 0; 0 is the recipe as it was given
 * @param values of the keys that are searched
 * @param recipe with these values, as its author would train it; null where that is none
 * @param failure why it is none; null where it is one
 */
public record SearchTrial(
    int number, Map<String, JsonNode> values, Recipe recipe, String failure) {}
