package io.convoy.trainer;

import io.convoy.error.ConvoyException;
import io.convoy.recipe.Recipe;
import java.util.ServiceLoader;

/** Reads a recipe as users write it. The launcher, which knows YAML, provides one. */
public interface RecipeParser {
  /**
   * Reads a recipe.
   *
   * @param recipe its text in YAML or JSON, the path of such a file, or the name of a recipe that
   *     comes with Convoy
   * @throws ConvoyException of kind USAGE when it is none; RESOURCE when a file cannot be read
   */
  Recipe parse(String recipe);

  /**
   * The parser that is on the class path.
   *
   * @throws ConvoyException of kind USAGE when there is none
   */
  static RecipeParser find() {
    return ServiceLoader.load(RecipeParser.class, RecipeParser.class.getClassLoader())
        .findFirst()
        .orElseThrow(
            () ->
                ConvoyException.usage(
                    "recipes in YAML are read by Convoy's launcher, which is not on the class path:"
                        + " add the one jar, or give a Recipe"));
  }
}
