package io.convoy.launcher.recipe;

import io.convoy.recipe.Recipe;
import io.convoy.trainer.RecipeParser;
import java.util.List;
import java.util.Optional;

/** Recipes in YAML for programs, by the name of this class in the jar's services. */
public final class YamlRecipes implements RecipeParser {
  /** What errors call a recipe that comes from no file. */
  private static final String TEXT = "the recipe";

  @Override
  public Recipe parse(String recipe) {
    boolean text = recipe.contains("\n") || recipe.contains(": ");
    RecipeFile file =
        text ? new RecipeFile(TEXT, "table", recipe) : RecipeFile.find(recipe, Optional.empty());
    return RecipeReader.recipe(RecipeReader.tree(file), file.place(), List.of());
  }
}
